import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { Command, Option } from "commander";
import { openActions } from "../actions/open-actions.ts";
import { KumustaError } from "../basics/errors.ts";
import { systemClock } from "../basics/time.ts";
import type { Config } from "../config/read-config.ts";
import type { TurnMiddleware } from "../turn/host.ts";
import { ChatSession } from "../workbench/rehearsal/chat-session.ts";
import { RehearsalClock } from "../workbench/rehearsal/rehearsal-clock.ts";
import { Rehearsal } from "../workbench/rehearsal/rehearsal.ts";
import { endCommand, orCannotRun } from "./command-end.ts";
import { contentAt } from "./content-at.ts";
import { keptRecognizer } from "./kept-recognizer.ts";
import { exitCodes } from "./run-command.ts";

export interface ChatCommandOptions {
  readonly config: () => Pick<Config, "contentDir" | "dataDir" | "recognizer" | "actions">;
  /** What this business adds to each turn in code. */
  readonly middleware: readonly TurnMiddleware[];
}

interface Asked {
  readonly locale?: string;
  readonly channel: string;
  readonly debug?: boolean;
  readonly actions?: boolean;
}

/** `kumusta chat`: the same engine in the terminal, on a database that is thrown away. */
export function chatCommand(options: ChatCommandOptions): Command {
  return new Command("chat")
    .description(
      "Talk to the bot in the terminal: the same engine and content, nothing kept. /help lists more",
    )
    .option("--locale <locale>", "language of the customer's app, such as fil-PH or en")
    .addOption(
      new Option("--channel <channel>", "as a customer of this channel reads it")
        .choices(["webchat", "messenger", "sms", "telegram", "viber"])
        .default("webchat"),
    )
    .option("--actions", "ask the business at ACTIONS_URL, for real; the sample shop answers without it")
    .option("--debug", "show what was recognized and decided, and how long it took")
    .exitOverride(endCommand)
    .action(async (asked: Asked) => {
      await orCannotRun(() => chat(options, asked));
    });
}

async function chat({ config, middleware }: ChatCommandOptions, asked: Asked): Promise<number> {
  const settings = config();
  const { contentDir, actions: address } = settings;
  // Who tries a flow out does not mean to cancel a real order.
  const business = asked.actions === true ? address : "sampleShop";
  if (business === undefined)
    throw new KumustaError("config.invalid", [
      "ACTIONS_URL and ACTIONS_SECRET are missing: --actions asks that address",
    ]);
  const content = contentAt(resolve(contentDir));
  const recognizer = await keptRecognizer(settings, content);
  const clock = new RehearsalClock(systemClock.now(), { runs: true });
  const actions = openActions(business, clock, (name) => content.actions.get(name));
  const session = new ChatSession({
    channel: asked.channel,
    locale: asked.locale,
    debug: asked.debug === true,
    print: (line) => {
      console.log(line);
    },
  });
  const rehearsal = await Rehearsal.open({
    pair: { content, recognizer },
    clock,
    actions: actions.book,
    middleware,
    onTurn: session.show,
  });
  try {
    await session.begin(rehearsal, clock);
    await talk(session, content.shared.name);
    return exitCodes.fine;
  } finally {
    await rehearsal.close();
    await actions.close();
    await recognizer.close();
  }
}

/** Line by line until the end of the input; a piped conversation is shown with both its sides. */
async function talk(session: ChatSession, name: string): Promise<void> {
  const { stdin, stdout } = process;
  const typed = stdin.isTTY;
  const lines = createInterface({ input: stdin, output: stdout, terminal: typed });
  const ask = () => {
    if (typed) stdout.write("you: ");
  };
  if (typed) console.log(`${name}: write as a customer. /help lists what else you can do; Ctrl+D ends.`);
  ask();
  for await (const line of lines) {
    if (!typed) console.log(`you: ${line}`);
    if (!(await session.hear(line))) break;
    ask();
  }
  lines.close();
}
