import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Clock } from "../../basics/time.ts";
import { KumustaError } from "../../basics/errors.ts";
import { seededChance, shuffled } from "../../recognition/linear/chance.ts";
import type { OperatingPoint } from "../../recognition/linear/rejector.ts";
import { openRecognizer, type RecognizerKind } from "../../recognition/open-recognizer.ts";
import type { IntentTraits, TrainingSet } from "../../recognition/training-set.ts";
import type { TrainedRecognizer } from "../../recognition/trained-recognizer.ts";
import type { LabelledRow } from "./labelled-rows.ts";
import { qualityOf, type Judgement, type Quality } from "./measures.ts";
import { withOneTypo } from "./typo.ts";

/** The keys of `evaluate --json`, exactly; fractions from 0 to 1, null where the data has no such rows. */
export interface Figures extends Quality {
  readonly typoAccuracy: number | null;
  readonly trainSeconds: number;
  /** Longest time that the main loop stood still while the recognizer was trained and loaded. */
  readonly longestBlockMs: number;
  readonly linesPerSecond: number;
  readonly modelBytes: number;
}

export interface LearningPoint {
  /** Share of the training rows that were used. */
  readonly share: number;
  readonly rows: number;
  readonly accuracy: number | null;
}

export interface Evaluation {
  readonly figures: Figures;
  readonly lines: readonly Judgement[];
  readonly learningCurve: readonly LearningPoint[];
  /** How it was measured, in a sentence. */
  readonly method: string;
}

export interface EvaluateOptions {
  readonly kind: RecognizerKind;
  readonly operatingPoint: OperatingPoint;
  readonly folds: number;
  /** Whether to train on a quarter, half and three quarters too. */
  readonly learningCurve: boolean;
  readonly clock: Clock;
  readonly traits?: Readonly<Record<string, IntentTraits>> | undefined;
  readonly onProgress?: ((done: number, total: number, what: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Seed of folds and typos: printed nowhere because it never changes. */
const SEED = 20_150;

/**
 * Trains on `train`, fits thresholds on `val` if there is one (else within `train`), reports on `test`. Without `test`
 * it reports on `val`, and without that it cross-validates `train`.
 * @throws KumustaError `content.invalid` when there is nothing to train on
 */
export async function evaluate(rows: readonly LabelledRow[], options: EvaluateOptions): Promise<Evaluation> {
  const [train, val, test] = (["train", "val", "test"] as const).map((split) =>
    rows.filter((row) => row.split === split),
  );
  if (
    train === undefined ||
    val === undefined ||
    test === undefined ||
    !train.some(({ intent }) => intent !== null)
  ) {
    throw new KumustaError("content.invalid", ["there is no row of the split “train” with an intent"]);
  }
  const kept = test.length > 0 ? { heldOut: val, measured: test } : { heldOut: [], measured: val };
  if (kept.measured.length === 0) return crossValidate(train, options);
  const run = await trainAndMeasure(train, kept.heldOut, kept.measured, options, options.onProgress);
  const method = `trained on ${train.length} rows, thresholds from ${kept.heldOut.length > 0 ? `${kept.heldOut.length} rows of val` : "cross-validation of train"}, measured on ${kept.measured.length} rows of ${test.length > 0 ? "test" : "val"}`;
  const learningCurve = options.learningCurve
    ? await learn(train, kept.heldOut, kept.measured, run, options)
    : [];
  return { figures: figuresOf([run]), lines: run.lines, learningCurve, method };
}

async function crossValidate(rows: readonly LabelledRow[], options: EvaluateOptions): Promise<Evaluation> {
  const folds = stratified(rows, Math.max(2, Math.min(options.folds, rows.length)));
  const runs: Run[] = [];
  for (const [i, measured] of folds.entries()) {
    const within = new Set(measured);
    const train = rows.filter((row) => !within.has(row));
    if (!train.some(({ intent }) => intent !== null)) continue;
    runs.push(
      await trainAndMeasure(train, [], measured, options, (done, total, what) =>
        options.onProgress?.(
          i * total + done,
          folds.length * total,
          `fold ${i + 1} of ${folds.length}: ${what}`,
        ),
      ),
    );
  }
  const [first] = folds;
  const [firstRun] = runs;
  if (first === undefined || firstRun === undefined)
    throw new KumustaError("content.invalid", ["there are too few rows to cross-validate"]);
  const within = new Set(first);
  const learningCurve = options.learningCurve
    ? await learn(
        rows.filter((row) => !within.has(row)),
        [],
        first,
        firstRun,
        options,
      )
    : [];
  return {
    figures: figuresOf(runs),
    lines: runs.flatMap(({ lines }) => lines),
    learningCurve,
    method: `cross-validation of ${rows.length} rows in ${folds.length} folds`,
  };
}

/** What one training and its test gave. */
interface Run {
  readonly lines: readonly Judgement[];
  readonly typoRight: number;
  readonly trainSeconds: number;
  readonly longestBlockMs: number;
  readonly testSeconds: number;
  readonly modelBytes: number;
}

async function trainAndMeasure(
  train: readonly LabelledRow[],
  heldOut: readonly LabelledRow[],
  measured: readonly LabelledRow[],
  options: EvaluateOptions,
  onProgress: EvaluateOptions["onProgress"],
): Promise<Run> {
  const { clock } = options;
  const trainingSet = trainingSetOf(train, heldOut, options.traits);
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const startedAt = clock.elapsed();
  const recognizer = await openRecognizer(options.kind, {
    trainingSet,
    clock,
    onProgress,
    operatingPoint: options.operatingPoint,
    signal: options.signal,
  });
  const trainSeconds = (clock.elapsed() - startedAt) / 1_000;
  delay.disable();
  try {
    const testedAt = clock.elapsed();
    const lines = await judgeAll(recognizer, measured);
    const testSeconds = (clock.elapsed() - testedAt) / 1_000;
    const chance = seededChance(SEED);
    const spoilt = measured
      .filter(({ intent }) => intent !== null)
      .map((row) => ({ ...row, text: withOneTypo(row.text, chance) }));
    const typoRight = (await judgeAll(recognizer, spoilt)).filter(
      ({ intent, predicted }) => intent === predicted,
    ).length;
    const longestBlockMs = Math.max(0, delay.max / 1e6 - RESOLUTION_MS);
    return { lines, typoRight, trainSeconds, longestBlockMs, testSeconds, modelBytes: recognizer.modelBytes };
  } finally {
    await recognizer.close();
  }
}

/** How often the loop is looked at; a block is known to about this. */
const RESOLUTION_MS = 2;

async function judgeAll(recognizer: TrainedRecognizer, rows: readonly LabelledRow[]): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  for (const { text, intent, locale } of rows) {
    // A row has one intent by the data's own word, so it is one request; how messages are cut has a test set of its own.
    const answer = recognizer.recognize(text, { oneRequest: true });
    // Awaiting what is no promise would cost more than recognition itself.
    const { parts } = answer instanceof Promise ? await answer : answer;
    const best = parts[0]?.candidates[0];
    const confidence = best?.confidence ?? 0;
    judgements.push({
      text,
      intent,
      predicted: best?.intent ?? null,
      confidence,
      outOfScope: parts[0]?.outOfScope ?? 1,
      rejected: best === undefined || confidence < recognizer.thresholds.accept,
      locale,
    });
  }
  return judgements;
}

function figuresOf(runs: readonly Run[]): Figures {
  const lines = runs.flatMap((run) => run.lines);
  const inScope = lines.filter(({ intent }) => intent !== null).length;
  const sum = (of: (run: Run) => number): number => runs.reduce((total, run) => total + of(run), 0);
  const {
    inScopeAccuracy,
    accuracyAtOperatingPoint,
    oosRecall,
    oosPrecision,
    oosAuroc,
    joint,
    ece,
    macroF1,
  } = qualityOf(lines);
  return {
    inScopeAccuracy,
    accuracyAtOperatingPoint,
    oosRecall,
    oosPrecision,
    oosAuroc,
    joint,
    typoAccuracy: inScope === 0 ? null : sum(({ typoRight }) => typoRight) / inScope,
    trainSeconds: sum(({ trainSeconds }) => trainSeconds) / runs.length,
    longestBlockMs: Math.max(...runs.map(({ longestBlockMs }) => longestBlockMs)),
    linesPerSecond:
      lines.length /
      Math.max(
        1e-9,
        sum(({ testSeconds }) => testSeconds),
      ),
    modelBytes: Math.max(...runs.map(({ modelBytes }) => modelBytes)),
    ece,
    macroF1,
  };
}

async function learn(
  train: readonly LabelledRow[],
  heldOut: readonly LabelledRow[],
  measured: readonly LabelledRow[],
  whole: Run,
  options: EvaluateOptions,
): Promise<LearningPoint[]> {
  const quarters = stratified(train, 4);
  const points: LearningPoint[] = [];
  for (const used of [1, 2, 3]) {
    const part = quarters.slice(0, used).flat();
    if (!part.some(({ intent }) => intent !== null)) continue;
    const { lines } = await trainAndMeasure(part, heldOut, measured, options, (done, total, what) =>
      options.onProgress?.((used - 1) * total + done, 3 * total, `learning curve: ${what}`),
    );
    points.push({ share: used / 4, rows: part.length, accuracy: qualityOf(lines).inScopeAccuracy });
  }
  return [...points, { share: 1, rows: train.length, accuracy: qualityOf(whole.lines).inScopeAccuracy }];
}

function trainingSetOf(
  train: readonly LabelledRow[],
  heldOut: readonly LabelledRow[],
  traits: EvaluateOptions["traits"],
): TrainingSet {
  const inScope = (rows: readonly LabelledRow[]): TrainingSet["utterances"] =>
    rows.flatMap(({ text, intent, locale }) =>
      intent === null ? [] : [{ text, intent, ...(locale === undefined ? {} : { locale }) }],
    );
  const outside = (rows: readonly LabelledRow[]): string[] =>
    rows.flatMap(({ text, intent }) => (intent === null ? [text] : []));
  return {
    utterances: inScope(train),
    negatives: outside(train),
    heldOut: inScope(heldOut),
    heldOutNegatives: outside(heldOut),
    ...(traits === undefined ? {} : { intents: traits }),
  };
}

/** The rows in `count` parts, each with its share of every intent. */
function stratified(rows: readonly LabelledRow[], count: number): LabelledRow[][] {
  const byIntent = new Map<string | null, LabelledRow[]>();
  for (const row of rows) byIntent.set(row.intent, [...(byIntent.get(row.intent) ?? []), row]);
  const parts = Array.from({ length: count }, (): LabelledRow[] => []);
  const chance = seededChance(SEED);
  let next = 0;
  for (const own of byIntent.values()) {
    for (const row of shuffled(own, chance)) {
      parts[next % count]?.push(row);
      next += 1;
    }
  }
  return parts;
}
