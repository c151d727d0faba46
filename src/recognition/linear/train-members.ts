import type { TrainingSet } from "../training-set.ts";
import { defaultBlend } from "./blend.ts";
import { seededChance } from "./chance.ts";
import { wordsOfName } from "./intent-name.ts";
import { Arena } from "./kernel.ts";
import { marginBytes, trainMargins } from "./margin-member.ts";
import { networkBytes, trainNetwork, type NetworkStart } from "./network-member.ts";
import { quantize, type Quantized } from "./quantize.ts";
import { Scorer, type ModelShape } from "./scorer.ts";
import { Spelling } from "./spelling.ts";
import { tokensOf } from "./tokens.ts";
import type { TrainingSettings } from "./training-settings.ts";
import { FEW_LINES, fitVectorizer, vectorizeAll, type Vectorizer } from "./vectorizer.ts";

/** The members of a model, not yet blended. */
export interface Members {
  readonly shape: ModelShape;
  readonly vectorizer: Vectorizer;
  readonly spelling: Spelling;
  readonly scorer: Scorer;
  readonly weights: StoredWeights;
}

/** All weights as a model file holds them. */
export interface StoredWeights {
  readonly margins: Quantized;
  readonly networks: readonly { readonly input: Quantized; readonly output: Quantized }[];
}

/** A line's tokens and its class: the index of its intent, or the number of intents for a negative. */
export interface Row {
  readonly tokens: readonly string[];
  readonly label: number;
}

/** Lines of intents that are not trained are left out. */
export function rowsOf(
  intents: readonly string[],
  lines: TrainingSet["utterances"] = [],
  negatives: readonly string[] = [],
): Row[] {
  const numbers = new Map(intents.map((intent, i) => [intent, i]));
  return [
    ...lines.flatMap(({ text, intent }) => {
      const label = numbers.get(intent);
      return label === undefined ? [] : [{ tokens: tokensOf(text), label }];
    }),
    ...negatives.map((text) => ({ tokens: tokensOf(text), label: intents.length })),
  ];
}

/**
 * What each intent is called, by its titles or else by the words of its id, as lines of it: it was chosen to tell what is
 * meant, and where there are ten lines an intent it is worth 1.4 points (docs/recognition.md).
 */
export function nameRowsOf(intents: readonly string[], traits: TrainingSet["intents"] = {}): Row[] {
  return intents.flatMap((intent, label) => {
    const titles = traits[intent]?.titles?.map(tokensOf) ?? [wordsOfName(intent)];
    return titles.filter(({ length }) => length > 0).map((tokens) => ({ tokens, label }));
  });
}

/** Networks that begin where those of another model ended. */
export interface WarmStart {
  /** The rows that a pass of a network visits, each as often as it stands here. */
  readonly visits: readonly number[];
  /** Changes what network `member` (the first is 1) begins with. */
  begin(member: number, vectorizer: Vectorizer, start: NetworkStart): void;
}

/** What members learn. */
export interface Lessons {
  readonly intents: readonly string[];
  readonly rows: readonly Row[];
  /** What the intents are called: lines of theirs that are never judged. */
  readonly names: readonly Row[];
}

export function trainMembers(
  { intents, rows, names }: Lessons,
  settings: TrainingSettings,
  onEpoch: () => void,
  warm?: WarmStart,
): Members {
  const size = sizeOf(rows);
  const named = Array.from({ length: NAME_TIMES[size] }, () => names).flat();
  const learnt = [...rows, ...named];
  const lines = learnt.map(({ tokens }) => tokens);
  const labels = Int32Array.from(learnt, ({ label }) => label);
  const vectorizer = fitVectorizer(lines, { words: size === "few" ? 1 : 2, chars: size === "many" ? 3 : 2 });
  const vectors = vectorizeAll(vectorizer, lines);
  const hidden = settings.hidden[size];
  const hasNegatives = rows.some(({ label }) => label === intents.length);
  const shape: ModelShape = { intents, hasNegatives, features: vectorizer.size, hidden };
  const classes = intents.length + (hasNegatives ? 1 : 0);
  const spelling = new Spelling(countWords(lines));
  const scorer = new Scorer(shape, vectorizer, spelling, defaultBlend(1 + hidden.length));
  const marginArena = new Arena(marginBytes(learnt.length, vectorizer.size, classes));
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
      visits: warm === undefined ? undefined : [...warm.visits, ...named.map((_, i) => rows.length + i)],
      begin:
        warm === undefined
          ? undefined
          : (start) => {
              warm.begin(n + 1, vectorizer, start);
            },
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

/** How often a name counts: more where lines are few. Chosen with ten lines an intent of BANKING77 and CLINC150. */
const NAME_TIMES = { few: 2, some: 1, many: 1 } as const;

/** With fewer than 3,000 rows, a word that occurs in one line only is kept: it may be all that tells. */
export const sizeOf = (rows: { readonly length: number }): "few" | "some" | "many" =>
  rows.length < FEW_LINES ? "few" : rows.length < 12_000 ? "some" : "many";

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
