import { resolve } from "node:path";
import { Command, Option } from "commander";
import { reasonOf } from "../basics/errors.ts";
import type { Config } from "../config/read-config.ts";
import { faultLine } from "../content/fault.ts";
import { ContentWatch } from "../content/watch-content.ts";
import type { TurnMiddleware } from "../turn/host.ts";
import type { ConversationTest } from "../workbench/conversation-tests/test-schema.ts";
import { runTests } from "../workbench/conversation-tests/run-tests.ts";
import { readTests, testFilesIn } from "../workbench/conversation-tests/test-files.ts";
import { coverageText, reportJson, reportText } from "../workbench/conversation-tests/test-report.ts";
import { endCommand, orCannotRun } from "./command-end.ts";
import { contentAt } from "./content-at.ts";
import { keptRecognizer } from "./kept-recognizer.ts";
import { progressBar } from "./progress-bar.ts";
import { exitCodes } from "./run-command.ts";

interface Options {
  readonly watch?: boolean;
  readonly json?: boolean;
  readonly coverage?: boolean;
  readonly channel?: ConversationTest["channel"];
}

export interface TestCommandOptions {
  readonly config: () => Pick<Config, "contentDir" | "dataDir" | "recognizer">;
  /** What this business adds to each turn in code. */
  readonly middleware: readonly TurnMiddleware[];
}

/** The tests are played again when it has been quiet for so long, ms. */
const quietMs = 200;

/** `kumusta test`: plays the conversation tests. Exit code 0, 1 when one fails, 2 when it cannot run. */
export function testCommand(options: TestCommandOptions): Command {
  return new Command("test")
    .description(
      "Play the conversation tests (dialogs/**/*.test.yaml) on the real engine, in time that is set",
    )
    .argument("[files...]", "test files or folders; all of them unless named")
    .option("--watch", "play them again whenever a file of the content changes")
    .addOption(
      new Option(
        "--channel <name>",
        "play the tests that name no channel as if on this one: every reply must fit there",
      ).choices(["webchat", "messenger", "sms", "telegram"]),
    )
    .option("--json", "print one JSON object")
    .option("--coverage", "list what no test passes: intents, scripts, wordings, steps, transitions")
    .exitOverride(endCommand)
    .action(async (files: string[], asked: Options) => {
      if (asked.watch === true) await watched(options, files, asked);
      else await orCannotRun(() => runOnce(options, files, asked));
    });
}

async function runOnce(
  options: TestCommandOptions,
  files: readonly string[],
  asked: Options,
): Promise<number> {
  const settings = options.config();
  const root = resolve(settings.contentDir);
  const content = contentAt(root);
  const { tests, faults } = readTests(root, testFilesIn(root, files));
  if (faults.length > 0) {
    for (const fault of faults) console.error(faultLine(fault));
    return exitCodes.cannotRun;
  }
  const recognizer = await keptRecognizer(settings, content);
  const bar = progressBar();
  try {
    const run = await runTests(tests, {
      pair: { content, recognizer },
      middleware: options.middleware,
      channel: asked.channel,
      onProgress: bar.show,
    });
    bar.stop();
    if (asked.json === true) console.log(JSON.stringify(reportJson(run)));
    else {
      console.log(reportText(run));
      if (files.length === 0 || asked.coverage === true)
        console.log(`\n${coverageText(run.coverage, { listed: asked.coverage === true })}`);
    }
    return run.results.every(({ passed }) => passed) ? exitCodes.fine : exitCodes.foundFaults;
  } finally {
    bar.stop();
    await recognizer.close();
  }
}

/** Plays them now and after each change, until a signal ends the process. */
async function watched(options: TestCommandOptions, files: readonly string[], asked: Options): Promise<void> {
  let playing = orCannotRun(() => runOnce(options, files, asked));
  new ContentWatch({
    contentDir: resolve(options.config().contentDir),
    quietMs,
    onChange: () => {
      playing = playing.then(() => orCannotRun(() => runOnce(options, files, asked)));
    },
    onError: (thrown) => {
      console.error(reasonOf(thrown));
    },
  });
  await playing;
}
