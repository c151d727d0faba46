import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { KumustaError } from "../basics/errors.ts";
import { systemClock } from "../basics/time.ts";
import type { Config } from "../config/read-config.ts";
import { severityOf } from "../content/fault.ts";
import { findingKinds } from "../content/finding-kinds.ts";
import { check } from "../workbench/check/check.ts";
import { reportText } from "../workbench/check/report-text.ts";
import { endCommand, orCannotRun } from "./command-end.ts";
import { progressBar } from "./progress-bar.ts";
import { exitCodes } from "./run-command.ts";

interface Options {
  readonly dir?: string;
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly quick?: boolean;
  readonly all?: boolean;
}

/** Of one kind so many are shown: the first ones are mended first anyway. */
const MOST_OF_A_KIND = 10;

/** `kumusta check`: exit code 0, 1 when there are faults (with --strict: or warnings), 2 when it cannot run. */
export function checkCommand(config: () => Pick<Config, "contentDir" | "recognizer">): Command {
  return new Command("check")
    .description(
      "Look for everything wrong in intents/ and dialogs/: where it is, what it harms, how to mend it",
    )
    .option("--dir <folder>", "folder that holds intents/ and dialogs/ (default: CONTENT_DIR)")
    .option("--json", "print one JSON object with every finding")
    .option("--strict", "exit code 1 on warnings too")
    .option("--quick", "leave out what shows only by training")
    .option("--all", `print every finding, not only ${String(MOST_OF_A_KIND)} of a kind`)
    .exitOverride(endCommand)
    .action(async (options: Options) => {
      await orCannotRun(() => run(options, config()));
    });
}

async function run(options: Options, config: Pick<Config, "contentDir" | "recognizer">): Promise<number> {
  const dir = resolve(options.dir ?? config.contentDir);
  if (!existsSync(join(dir, "intents")) && !existsSync(join(dir, "dialogs")))
    throw new KumustaError("content.missing", [dir]);
  const bar = progressBar();
  try {
    const report = await check(dir, {
      recognize:
        options.quick === true
          ? undefined
          : { recognizer: config.recognizer, clock: systemClock, onProgress: bar.show },
    });
    bar.stop();
    if (options.json === true) {
      const findings = report.findings.map((finding) => ({
        severity: severityOf(finding),
        ...finding,
        harm: findingKinds[finding.kind].harm,
      }));
      console.log(JSON.stringify({ dir, ...report, findings }));
    } else {
      console.log(reportText(report, options.all === true ? Infinity : MOST_OF_A_KIND));
    }
    const bad = report.faults > 0 || (options.strict === true && report.warnings > 0);
    return bad ? exitCodes.foundFaults : exitCodes.fine;
  } finally {
    bar.stop();
  }
}
