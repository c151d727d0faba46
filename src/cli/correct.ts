import { userInfo } from "node:os";
import { Command, Option } from "commander";
import { z } from "zod";
import { KumustaError } from "../basics/errors.ts";
import type { Config } from "../config/read-config.ts";
import type { CorrectionAnswer, FiledUnder } from "../console/protocol.ts";
import { ApiClient } from "./api-client.ts";
import { endCommand, orCannotRun } from "./command-end.ts";
import { exitCodes } from "./run-command.ts";

interface Correcting {
  readonly intent?: string;
  readonly nothing?: boolean;
  readonly kind?: string;
  readonly stage?: string;
  readonly topic?: string;
  readonly as: string;
  readonly decidedBy: string;
  readonly url?: string;
  readonly json?: boolean;
}

/* The server is ours and of this version: an answer is checked for being one, not field by field. */
const isAnswer = z.custom<CorrectionAnswer>(
  (value) => z.object({ before: z.unknown(), now: z.unknown() }).safeParse(value).success,
);

/** `kumusta correct TURN`: says what a turn was really about. Exit code 0, 1 when the server refused, 2 when it cannot run. */
export function correctCommand(config: () => Config): Command {
  return new Command("correct")
    .description(
      "Say what a logged turn was really about: reports count it so, the bot's own answer stays in the log",
    )
    .argument("<turn>", "its id, as in: cases show CASE --json, export turns")
    .option("--intent <id>", "the intent that it was about")
    .option("--nothing", "it was about nothing that the content knows")
    .option("--kind <kind>", "problem, task, question or other (default: the intent's)")
    .option("--stage <id>", "stage of the journey (default: the intent's)")
    .option("--topic <topic>", "topic (default: the intent's)")
    .option("--as <name>", "who says so", userInfo().username)
    .addOption(
      new Option("--decided-by <who>", "in what role").choices(["agent", "reviewer"]).default("reviewer"),
    )
    .option("--url <address>", "server to speak to (default: this machine, PORT)")
    .option("--json", "print one JSON object")
    .exitOverride(endCommand)
    .action((turn: string, options: Correcting) => orCannotRun(() => run(config(), turn, options)));
}

async function run(config: Config, turn: string, options: Correcting): Promise<number> {
  const { intent, nothing, kind, stage, topic, as: by, decidedBy, url, json } = options;
  if ((intent === undefined) === (nothing !== true))
    throw new KumustaError("request.malformed", ["name either --intent ID or --nothing"]);
  const answer = await new ApiClient(config, url).call(
    "POST",
    `/api/turns/${encodeURIComponent(turn)}/corrections`,
    { intent: intent ?? null, by, decidedBy, kind, stage, topic },
  );
  if (!answer.ok) {
    console.error(answer.sentence);
    return exitCodes.foundFaults;
  }
  const { before, now } = isAnswer.parse(answer.body);
  if (json === true) console.log(JSON.stringify(answer.body));
  else console.log(`Counted from now on as ${inWords(now)}.\nBefore: ${inWords(before)}.`);
  return exitCodes.fine;
}

function inWords({ kind, stage, intent, team }: FiledUnder): string {
  return `${intent ?? "nothing known"} (${[kind, stage, team].filter((part) => part !== null).join(", ")})`;
}
