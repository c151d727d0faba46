import { intentsOf, type TrainingSet } from "../training-set.ts";
import { seededChance, shuffled } from "./chance.ts";
import { Arena } from "./kernel.ts";
import { marginBytes, trainMargins } from "./margin-member.ts";
import { networkBytes, trainNetwork } from "./network-member.ts";
import { defaultBlend, fitBlend } from "./blend.ts";
import { quantize, type Quantized } from "./quantize.ts";
import { fitRejector, judge, type Judged, type OperatingPoint, type Rejector } from "./rejector.ts";
import { Scorer, type Blend, type ModelShape } from "./scorer.ts";
import { Spelling } from "./spelling.ts";
import { tokensOf } from "./tokens.ts";
import { fitVectorizer, vectorizeAll, type Vectorizer } from "./vectorizer.ts";

export interface TrainingSettings {
  /** Hidden units of each network, by how many rows there are: where training is short, another network is worth its time. */
  readonly hidden: {
    readonly few: readonly number[];
    readonly some: readonly number[];
    readonly many: readonly number[];
  };
  /** Passes over the rows; of the networks by how many rows there are. */
  readonly epochs: {
    readonly margins: number;
    readonly few: number;
    readonly some: number;
    readonly many: number;
  };
  readonly operatingPoint: OperatingPoint;
  readonly seed: number;
}

/** Chosen on the validation splits of CLINC150 and BANKING77; docs/recognition.md has the figures. */
export const defaultSettings: TrainingSettings = {
  hidden: { few: [128, 128, 128], some: [80, 80, 80], many: [128, 128] },
  epochs: { margins: 7, few: 18, some: 18, many: 18 },
  operatingPoint: { kind: "joint" },
  seed: 1,
};

/** Everything that recognition needs, ready to score. */
export interface LinearModel {
  readonly shape: ModelShape;
  readonly vectorizer: Vectorizer;
  readonly spelling: Spelling;
  readonly scorer: Scorer;
  readonly blend: Blend;
  readonly weights: StoredWeights;
  readonly rejector: Rejector;
  /** Measured on lines that the members had not seen; fractions, null where there was nothing to measure. */
  readonly figures: Readonly<Record<string, number | null>>;
}

/** All weights as a model file holds them. */
export interface StoredWeights {
  readonly margins: Quantized;
  readonly networks: readonly { readonly input: Quantized; readonly output: Quantized }[];
}

export type Progress = (done: number, total: number, what: string) => void;

/** A line's tokens and its class: the index of its intent, or the number of intents for a negative. */
interface Row {
  readonly tokens: readonly string[];
  readonly label: number;
}

/** A part of the rows kept apart, and the rest. */
interface Fold {
  readonly train: readonly Row[];
  readonly test: readonly Row[];
}

/** Trains on this thread; `train-worker.ts` runs it on another. Throws what `onProgress` throws. */
export function trainLinear(set: TrainingSet, settings: TrainingSettings, onProgress: Progress): LinearModel {
  const intents = intentsOf(set);
  const numbers = new Map(intents.map((intent, i) => [intent, i]));
  const rowsOf = (lines: TrainingSet["utterances"], negatives: readonly string[]): Row[] => [
    ...lines.flatMap(({ text, intent }) => {
      const label = numbers.get(intent);
      return label === undefined ? [] : [{ tokens: tokensOf(text), label }];
    }),
    ...negatives.map((text) => ({ tokens: tokensOf(text), label: intents.length })),
  ];
  const rows = rowsOf(set.utterances, set.negatives ?? []);
  const heldOut = rowsOf(set.heldOut ?? [], set.heldOutNegatives ?? []);
  // Held-out lines that lack the negatives of the training rows could not teach what out of scope looks like.
  const enough =
    heldOut.length > 0 && ((set.negatives ?? []).length === 0 || (set.heldOutNegatives ?? []).length > 0);
  const folds = enough ? [] : foldsOf(rows, settings.seed);
  const passes = (of: readonly Row[]): number =>
    settings.epochs.margins + settings.hidden[sizeOf(of)].length * settings.epochs[sizeOf(of)];
  const total = passes(rows) + folds.reduce((sum, fold) => sum + passes(fold.train), 0);
  let done = 0;
  const step = (what: string): void => {
    done += 1;
    onProgress(done, total, what);
  };

  const unseen: Unseen[] = folds.map((fold, i) => ({
    scorer: trainMembers(fold.train, intents, settings, () => {
      step(`checking ${i + 1} of ${folds.length}`);
    }).scorer,
    rows: fold.test,
  }));
  const members = trainMembers(rows, intents, settings, () => {
    step("training");
  });
  const byServing: Unseen[] = heldOut.length > 0 ? [{ scorer: members.scorer, rows: heldOut }] : [];
  const blend = blendOf([...unseen, ...byServing], members.scorer.blend);
  members.scorer.blend = blend;
  const judgedByServing = judgeAll(byServing, blend);
  const judged = [...judgeAll(unseen, blend), ...judgedByServing];
  const rejector = fitRejector(judged, settings.operatingPoint, judgedByServing);
  return { ...members, blend, rejector, figures: figuresOf(judged, rejector) };
}

/** Rows, and a model that has not seen them. */
interface Unseen {
  readonly scorer: Scorer;
  readonly rows: readonly Row[];
}

function blendOf(unseen: readonly Unseen[], otherwise: Blend): Blend {
  const lines = unseen.flatMap(({ scorer, rows }) =>
    rows.map(({ tokens, label }) => {
      scorer.scoreTokens(tokens);
      return { scores: scorer.lastScores(), label };
    }),
  );
  const intents = unseen[0]?.scorer.shape.intents.length ?? 0;
  return lines.length === 0 ? otherwise : fitBlend(lines, intents);
}

function figuresOf(judged: readonly Judged[], rejector: Rejector): Record<string, number | null> {
  const inScope = judged.filter(({ outcome }) => outcome !== "outOfScope");
  const outside = judged.filter(({ outcome }) => outcome === "outOfScope");
  const share = (part: readonly Judged[], whole: readonly Judged[]): number | null =>
    whole.length === 0 ? null : part.length / whole.length;
  const accepted = (one: Judged): boolean => judge(rejector, one.evidence).confidence >= rejector.accept;
  return {
    unseenLines: judged.length,
    inScopeAccuracy: share(
      inScope.filter(({ outcome }) => outcome === "right"),
      inScope,
    ),
    accuracyAtOperatingPoint: share(
      inScope.filter((one) => one.outcome === "right" && accepted(one)),
      inScope,
    ),
    oosRecall: share(
      outside.filter((one) => !accepted(one)),
      outside,
    ),
  };
}

function judgeAll(unseen: readonly Unseen[], blend: Blend): Judged[] {
  return unseen.flatMap(({ scorer, rows }) => {
    scorer.blend = blend;
    const intents = scorer.shape.intents.length;
    return rows.map(({ tokens, label }): Judged => {
      const { best, evidence } = scorer.scoreTokens(tokens);
      return {
        evidence,
        outcome: label === intents ? "outOfScope" : label === best ? "right" : "wrongIntent",
      };
    });
  });
}

/**
 * Which rows are kept apart to fit the rejector. Few rows: five folds, so that each row is judged once. Many rows: one part,
 * because a fold costs as much as the training itself and a thousand judged lines are enough.
 */
function foldsOf(rows: readonly Row[], seed: number): Fold[] {
  if (rows.length < 10) return [];
  const parts = rows.length <= 8_000 ? 5 : 8;
  const used = rows.length <= 3_000 ? parts : rows.length <= 8_000 ? 2 : 1;
  const byLabel = new Map<number, Row[]>();
  for (const row of rows) byLabel.set(row.label, [...(byLabel.get(row.label) ?? []), row]);
  const chance = seededChance(seed);
  const partOf = new Map<Row, number>();
  let next = 0;
  for (const same of byLabel.values()) {
    for (const row of shuffled(same, chance)) {
      partOf.set(row, next % parts);
      next += 1;
    }
  }
  return Array.from({ length: used }, (_, part) => ({
    train: rows.filter((row) => partOf.get(row) !== part),
    test: rows.filter((row) => partOf.get(row) === part),
  }));
}

type Members = Pick<LinearModel, "shape" | "vectorizer" | "spelling" | "scorer" | "weights">;

function trainMembers(
  rows: readonly Row[],
  intents: readonly string[],
  settings: TrainingSettings,
  onEpoch: () => void,
): Members {
  const lines = rows.map(({ tokens }) => tokens);
  const labels = Int32Array.from(rows, ({ label }) => label);
  const size = sizeOf(rows);
  const vectorizer = fitVectorizer(lines, { words: size === "few" ? 1 : 2, chars: size === "many" ? 3 : 2 });
  const vectors = vectorizeAll(vectorizer, lines);
  const hidden = settings.hidden[size];
  const hasNegatives = rows.some(({ label }) => label === intents.length);
  const shape: ModelShape = { intents, hasNegatives, features: vectorizer.size, hidden };
  const classes = intents.length + (hasNegatives ? 1 : 0);
  const spelling = new Spelling(countWords(lines));
  const scorer = new Scorer(shape, vectorizer, spelling, defaultBlend(1 + hidden.length));
  const marginArena = new Arena(marginBytes(rows.length, vectorizer.size, classes));
  const margins = trainMargins(marginArena, vectors, labels, vectorizer.size, classes, {
    cost: 1,
    positiveWeight: 3,
    epochs: settings.epochs.margins,
    chance: seededChance(settings.seed),
    onEpoch,
  });
  // Rounded at once: what is measured is what is stored.
  const roundedMargins = quantize(margins.weights.floats, STEP.margins);
  scorer.setRows(0, roundedMargins);
  const networks = hidden.map((units, n) => {
    const arena = new Arena(networkBytes(vectorizer.size, classes, units));
    const trained = trainNetwork(arena, vectors, labels, vectorizer.size, classes, {
      dropout: 0.6,
      hiddenDropout: 0,
      rate: 0.05,
      smoothing: SMOOTHING[size],
      hidden: units,
      epochs: settings.epochs[size],
      chance: seededChance(settings.seed + 1 + n),
      onEpoch,
    });
    const rounded = {
      input: quantize(trained.input.floats, STEP.input[size]),
      output: quantize(trained.output.floats, STEP.output),
    };
    scorer.setRows(n + 1, rounded.input);
    scorer.setOutput(n + 1, rounded.output);
    return rounded;
  });
  return { shape, vectorizer, spelling, scorer, weights: { margins: roundedMargins, networks } };
}

/** With fewer than 3,000 rows, a word that occurs in one line only is kept: it may be all that tells. */
const sizeOf = (rows: readonly Row[]): "few" | "some" | "many" =>
  rows.length < 3_000 ? "few" : rows.length < 12_000 ? "some" : "many";

/** Share of each label that is spread over all classes: many rows can afford more, and out-of-scope lines stand out then. */
const SMOOTHING = { few: 0.05, some: 0.05, many: 0.1 } as const;

function countWords(lines: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const tokens of lines) for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

/**
 * Steps of rounding as shares of the root mean square weight; docs/recognition.md has what they cost. Two wide networks in a
 * coarser step are worth more than two narrow ones, in a file of the same size.
 */
const STEP = { margins: 1, input: { few: 1.15, some: 1.15, many: 1.8 }, output: 0.1 } as const;
