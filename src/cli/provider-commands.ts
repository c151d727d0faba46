import { resolve } from "node:path";
import { Argument, Command } from "commander";
import { KumustaError } from "../basics/errors.ts";
import type { Finding, Provider, ProviderAccounts } from "../channels/provider.ts";
import { providers } from "../channels/providers.ts";
import type { Config } from "../config/read-config.ts";
import { loadChannels } from "../content/load-channels.ts";
import { endCommand, orCannotRun } from "./command-end.ts";
import { exitCodes } from "./run-command.ts";

type Look = (provider: Provider, accounts: ProviderAccounts) => Promise<readonly Finding[]> | undefined;

/** `kumusta doctor CHANNEL`: looks at everything of a channel that must be right outside of this program. */
export function doctorCommand(config: () => Config): Command {
  return providerCommand(
    "doctor",
    "Look whether a channel's credentials, permissions and webhook are right",
    config,
    (provider, accounts) => provider.examine?.(accounts),
  );
}

/** `kumusta setup CHANNEL`: tells the provider what it shows of us and that its events come to us. */
export function setupCommand(config: () => Config): Command {
  return providerCommand(
    "setup",
    "Write greeting, menu and questions of dialogs/channels.yaml to the provider, and have events sent to us",
    config,
    (provider, accounts) => provider.setUp?.(accounts),
  );
}

function providerCommand(name: string, description: string, config: () => Config, look: Look): Command {
  return new Command(name)
    .description(description)
    .addArgument(new Argument("<channel>").choices(providers.map((provider) => provider.name)))
    .option("--json", "print one JSON object")
    .exitOverride(endCommand)
    .action(async (channel: string, { json }: { json?: boolean }) => {
      await orCannotRun(async () => {
        const findings = await findingsOf(channel, config(), look);
        const fine = findings.every((finding) => finding.fine);
        if (json === true) console.log(JSON.stringify({ channel, fine, findings }));
        else for (const finding of findings) console.log(lineOf(finding));
        return fine ? exitCodes.fine : exitCodes.foundFaults;
      });
    });
}

async function findingsOf(channel: string, config: Config, look: Look): Promise<readonly Finding[]> {
  const provider = providers.find((one) => one.name === channel);
  const accounts = loadChannels(resolve(config.contentDir));
  const looked = provider === undefined ? undefined : look(provider, { config, accounts });
  if (looked === undefined)
    throw new KumustaError("config.invalid", [
      `${channel} is off: its variables are not set, or there is nothing to do for it`,
    ]);
  return looked;
}

function lineOf({ check, fine, found, mend }: Finding): string {
  return `${fine ? "✓" : "✗"} ${check}: ${found}${mend === undefined ? "" : `\n    ${mend}`}`;
}
