import { readFile, writeFile } from "node:fs/promises";
import { Command, InvalidArgumentError, Option } from "commander";
import { systemClock } from "../basics/time.ts";
import type { OperatingPoint } from "../recognition/linear/rejector.ts";
import { recognizerKinds, type RecognizerKind } from "../recognition/open-recognizer.ts";
import type { IntentTraits } from "../recognition/training-set.ts";
import { evaluate, type Evaluation } from "../workbench/evaluation/evaluate.ts";
import { contentRows } from "../workbench/evaluation/content-rows.ts";
import { readLabelledRows, type LabelledRow, type RowFault } from "../workbench/evaluation/labelled-rows.ts";
import { parseOperatingPoint } from "../workbench/evaluation/operating-point.ts";
import { reportPage } from "../workbench/evaluation/report-page.ts";
import { reportText } from "../workbench/evaluation/report-text.ts";
import { trainingSetOf } from "../workbench/training-set-of.ts";
import { endCommand, orCannotRun } from "./command-end.ts";
import { contentAt } from "./content-at.ts";
import { progressBar } from "./progress-bar.ts";
import { exitCodes } from "./run-command.ts";

interface Options {
  readonly folds: number;
  readonly recognizer: RecognizerKind;
  readonly data?: string;
  readonly json?: boolean;
  readonly html?: string;
  readonly operatingPoint: OperatingPoint;
}

/** `kumusta evaluate`: exit code 0, 1 when the data has faults, 2 when it cannot run. */
export function evaluateCommand(): Command {
  return new Command("evaluate")
    .description(
      "Measure how well customers' lines are recognized: on the content, by cross-validation, or on a file.",
    )
    .option("--folds <n>", "parts of cross-validation", wholeNumber, 5)
    .addOption(
      new Option("--recognizer <r>", "recognizer to measure").choices([...recognizerKinds]).default("linear"),
    )
    .option(
      "--data <file.tsv>",
      "rows of split (train, val or test), intent (oos: out of scope) and text, between tabs, without header",
    )
    .option("--json", "print one JSON object")
    .option("--html <file>", "write a page with confusions, reliability and learning curve")
    .option(
      "--operating-point <p>",
      "what the threshold optimizes: joint, cost=R or recall=X",
      operatingPoint,
      { kind: "joint" },
    )
    .exitOverride(endCommand)
    .action(async (options: Options) => {
      await orCannotRun(() => run(options));
    });
}

async function run(options: Options): Promise<number> {
  const source = await rowsToMeasure(options.data);
  if (source.faults.length > 0) {
    for (const { line, reason } of source.faults.slice(0, MOST_FAULTS))
      console.error(`${options.data ?? ""}:${line}: ${reason}`);
    if (source.faults.length > MOST_FAULTS) console.error(`… and ${source.faults.length - MOST_FAULTS} more`);
    return exitCodes.foundFaults;
  }
  const bar = progressBar();
  let evaluation: Evaluation;
  try {
    evaluation = await evaluate(source.rows, {
      kind: options.recognizer,
      operatingPoint: options.operatingPoint,
      folds: options.folds,
      learningCurve: options.html !== undefined || (options.data === undefined && options.json !== true),
      clock: systemClock,
      traits: source.traits,
      onProgress: bar.show,
    });
  } finally {
    bar.stop();
  }
  if (options.json === true) console.log(JSON.stringify(evaluation.figures));
  else console.log(reportText(evaluation, { traits: source.traits, most: 15 }));
  if (options.html !== undefined) {
    await writeFile(
      options.html,
      reportPage(evaluation, `${options.recognizer} on ${options.data ?? "the content"}`),
    );
    console.error(`Written: ${options.html}`);
  }
  return exitCodes.fine;
}

const MOST_FAULTS = 20;

interface Source {
  readonly rows: readonly LabelledRow[];
  readonly faults: readonly RowFault[];
  readonly traits?: Readonly<Record<string, IntentTraits>> | undefined;
}

async function rowsToMeasure(file: string | undefined): Promise<Source> {
  if (file !== undefined) return readLabelledRows(await readFile(file));
  const content = contentAt(process.env["CONTENT_DIR"] ?? ".");
  return { rows: contentRows(content), faults: [], traits: trainingSetOf(content).intents };
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 2)
    throw new InvalidArgumentError("It must be a whole number of at least 2.");
  return Number(text);
}

function operatingPoint(text: string): OperatingPoint {
  const parsed = parseOperatingPoint(text);
  if (parsed === undefined)
    throw new InvalidArgumentError(
      "It must be joint, cost=R with R above 0, or recall=X with X from 0 to 1.",
    );
  return parsed;
}
