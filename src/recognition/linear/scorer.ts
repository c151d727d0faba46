import { Arena, padded, type Bytes, type Floats, type Ints, type Shorts } from "./kernel.ts";
import type { Quantized } from "./quantize.ts";
import type { Spelling } from "./spelling.ts";
import { tokensOf } from "./tokens.ts";
import { MOST_ENTRIES, type Vectorizer } from "./vectorizer.ts";

export interface ModelShape {
  /** Names of the classes; the first `intents` of them are intents, one more (if any) is "out of scope". */
  readonly intents: readonly string[];
  readonly hasNegatives: boolean;
  readonly features: number;
  /** Hidden units of each network member. */
  readonly hidden: readonly number[];
}

/** How much each member's scores count in the common score: first the margins, then each network. */
export type Blend = readonly number[];

/** What the members make of one line. The arrays are reused: copy what you keep. */
export interface ScoredLine {
  /** Probability of each intent, given that it is one of them. */
  readonly probabilities: Float32Array;
  /** Index of the best intent. */
  readonly best: number;
  /** Inputs of the rejector, in the order of `evidenceNames`. */
  readonly evidence: number[];
}

export const evidenceNames = [
  "topLogit",
  "gap",
  "entropy",
  "topMargin",
  "marginGap",
  "negativeMargin",
  "memberTop",
  "memberGapSpread",
  "agreement",
  "negativeShare",
  "unknownShare",
  "mendedShare",
  "logLength",
] as const;

/** Factors of 16 bits stand for numbers from -1 to 1: a line's vector has length one. */
const FACTOR_ONE = 32_767;

/** Where a member's columns are in a row of weights, and what one level of them is worth. */
interface Segment {
  readonly from: number;
  readonly width: number;
  step: number;
}

/**
 * Weights of a model in one arena, and the loops over them. A row holds a feature's weights in all members side by side, a
 * byte each: most of the time of scoring is waiting for rows. Not reentrant.
 */
export class Scorer {
  readonly shape: ModelShape;
  blend: Blend;
  readonly #arena: Arena;
  readonly #vectorizer: Vectorizer;
  readonly #spelling: Spelling;
  readonly #rows: Bytes;
  readonly #rowBytes: number;
  /** First the margins', then each network's. */
  readonly #segments: readonly Segment[];
  readonly #outputs: readonly Floats[];
  readonly #ids: Ints;
  readonly #values: Float32Array;
  readonly #factors: Shorts;
  readonly #sums: Ints;
  /** Of each member, by class. */
  readonly #scores: readonly Floats[];
  readonly #unitIds: Ints;
  readonly #units: Floats;
  readonly #classes: number;
  readonly #common: Float32Array;
  readonly #probabilities: Float32Array;

  constructor(shape: ModelShape, vectorizer: Vectorizer, spelling: Spelling, blend: Blend) {
    this.shape = shape;
    this.#vectorizer = vectorizer;
    this.#spelling = spelling;
    this.blend = blend;
    this.#classes = shape.intents.length + (shape.hasNegatives ? 1 : 0);
    const classWidth = padded(this.#classes);
    let rowBytes = 0;
    this.#segments = [classWidth, ...shape.hidden.map(padded)].map((width) => {
      const from = rowBytes;
      rowBytes += width;
      return { from, width, step: 1 };
    });
    this.#rowBytes = rowBytes;
    const units = padded(Math.max(8, ...shape.hidden)) + 8;
    const most = MOST_ENTRIES + 8;
    const floats =
      most * 2 +
      rowBytes +
      units * 2 +
      shape.hidden.reduce((sum, hidden) => sum + (hidden + 1) * classWidth, 0) +
      (1 + shape.hidden.length) * classWidth +
      512;
    this.#arena = new Arena((shape.features + 1) * rowBytes + floats * 4);
    this.#rows = this.#arena.bytes((shape.features + 1) * rowBytes);
    this.#outputs = shape.hidden.map((hidden) => this.#arena.floats((hidden + 1) * classWidth));
    this.#ids = this.#arena.ints(most);
    this.#values = new Float32Array(most);
    this.#factors = this.#arena.shorts(most);
    this.#sums = this.#arena.ints(rowBytes);
    this.#scores = this.#segments.map(() => this.#arena.floats(classWidth));
    this.#unitIds = this.#arena.ints(units);
    this.#units = this.#arena.floats(units);
    this.#common = new Float32Array(classWidth);
    this.#probabilities = new Float32Array(shape.intents.length);
  }

  /** Length of a member's weights, for reading them from a file: the margins' or a network's input's. */
  weightsOf(member: number): number {
    return (this.shape.features + 1) * (this.#segments[member]?.width ?? 0);
  }

  /** Takes over the weights of the margins (member 0) or of a network's input (from 1). */
  setRows(member: number, { step, levels }: Quantized): void {
    const segment = this.#segments[member];
    if (segment === undefined) return;
    segment.step = step;
    const { from, width } = segment;
    const { bytes } = this.#rows;
    for (let row = 0; row <= this.shape.features; row += 1) {
      const to = row * this.#rowBytes + from;
      for (let c = 0; c < width; c += 1) bytes[to + c] = levels[row * width + c] ?? 0;
    }
  }

  /** Length of the weights of a network's output; the first network is 1, as for `setRows`. */
  outputWeightsOf(member: number): number {
    return this.#outputs[member - 1]?.floats.length ?? 0;
  }

  /** Takes over the weights of a network's output. */
  setOutput(member: number, { step, levels }: Quantized): void {
    const floats = this.#outputs[member - 1]?.floats;
    if (floats !== undefined) for (let i = 0; i < floats.length; i += 1) floats[i] = (levels[i] ?? 0) * step;
  }

  /** Writes one row of the weights that `setRows` took over into `into`, whose length is that of the member's columns. */
  readRow(member: number, row: number, into: Float32Array): void {
    const { from, step } = this.#segments[member] ?? { from: 0, step: 0 };
    const at = row * this.#rowBytes + from;
    for (let c = 0; c < into.length; c += 1) into[c] = (this.#rows.bytes[at + c] ?? 0) * step;
  }

  /** The weights that `setOutput` took over: not to be changed. */
  outputOf(member: number): Float32Array {
    return this.#outputs[member - 1]?.floats ?? new Float32Array(0);
  }

  score(line: string): ScoredLine {
    return this.scoreTokens(tokensOf(line));
  }

  scoreTokens(given: readonly string[]): ScoredLine {
    const { tokens, unknown, mended } = this.#mend(given);
    const count = this.#vectorizer.vectorize(tokens, this.#ids.ints, this.#values);
    this.#ids.ints[count] = this.shape.features;
    this.#values[count] = 1;
    this.#runMembers(count + 1);
    return this.#weigh(tokens.length, unknown, mended);
  }

  /** Unknown words as the known ones that were likely meant; how many were mended, and how many stay unknown. */
  #mend(given: readonly string[]): { tokens: readonly string[]; unknown: number; mended: number } {
    const spelling = this.#spelling;
    // Most lines hold known words alone: they are taken as they are.
    if (given.every((token) => spelling.knows(token))) return { tokens: given, unknown: 0, mended: 0 };
    const vectorizer = this.#vectorizer;
    let unknown = 0;
    let mended = 0;
    const tokens: string[] = [];
    for (const [at, token] of given.entries()) {
      if (spelling.knows(token)) {
        tokens.push(token);
        continue;
      }
      const before = tokens.at(-1);
      const after = given[at + 1];
      const beside = (word: string): number =>
        (vectorizer.knowsPair(before, word) ? 1 : 0) + (vectorizer.knowsPair(word, after) ? 1 : 0);
      const known = spelling.mend(token, beside);
      const words =
        known === undefined
          ? spelling.apart(token, (left, right) => vectorizer.knowsPair(left, right))
          : [known];
      if (words === undefined) unknown += 1;
      else mended += 1;
      tokens.push(...(words ?? [token]));
    }
    return { tokens, unknown, mended };
  }

  /** Raw scores of each member for the last line, by class; for fitting the blend. */
  lastScores(): readonly Float32Array[] {
    return this.#scores.map(({ floats }) => floats.slice(0, this.#classes));
  }

  #runMembers(count: number): void {
    const { kernel } = this.#arena;
    const ids = this.#ids.ints;
    const factors = this.#factors.shorts;
    const sums = this.#sums.ints;
    for (let k = 0; k < count; k += 1) factors[k] = Math.round((this.#values[k] ?? 0) * FACTOR_ONE);
    // Four rows are taken at a time: the rest of the last four count nothing.
    const rows = Math.ceil(count / 4) * 4;
    for (let k = count; k < rows; k += 1) {
      ids[k] = 0;
      factors[k] = 0;
    }
    sums.fill(0);
    kernel.gatherLevels(
      this.#sums.offset,
      this.#rows.offset,
      this.#ids.offset,
      this.#factors.offset,
      rows,
      this.#rowBytes,
    );
    for (let member = 0; member < this.#segments.length; member += 1) {
      const segment = this.#segments[member];
      const scores = this.#scores[member];
      if (segment === undefined || scores === undefined) continue;
      const { from } = segment;
      const worth = segment.step / FACTOR_ONE;
      if (member === 0) {
        for (let c = 0; c < this.#classes; c += 1) scores.floats[c] = (sums[from + c] ?? 0) * worth;
        continue;
      }
      const hidden = this.shape.hidden[member - 1] ?? 0;
      let active = 0;
      for (let h = 0; h < hidden; h += 1) {
        const sum = sums[from + h] ?? 0;
        if (sum <= 0) continue;
        this.#unitIds.ints[active] = h;
        this.#units.floats[active] = sum * worth;
        active += 1;
      }
      this.#unitIds.ints[active] = hidden;
      this.#units.floats[active] = 1;
      scores.floats.fill(0);
      kernel.gather(
        scores.offset,
        this.#outputs[member - 1]?.offset ?? 0,
        this.#unitIds.offset,
        this.#units.offset,
        active + 1,
        scores.floats.length * 4,
      );
    }
  }

  #weigh(length: number, unknown: number, mended: number): ScoredLine {
    const intents = this.shape.intents.length;
    const common = this.#common;
    common.fill(0);
    // Loops over members, not closures for each: those cost a tenth of all that recognition allocates.
    for (let member = 0; member < this.#scores.length; member += 1) {
      const floats = this.#scores[member]?.floats;
      if (floats === undefined) continue;
      const weight = this.blend[member] ?? 0;
      for (let c = 0; c < this.#classes; c += 1) common[c] = (common[c] ?? 0) + weight * (floats[c] ?? 0);
    }
    const [best, second] = twoBest(common, intents);
    const gap = (common[best] ?? 0) - (second < 0 ? 0 : (common[second] ?? 0));
    // Softmax over all classes, and over the intents alone their probabilities and entropy: with s the scores less the
    // largest, that is log(sum of e^s) less the mean of s, one logarithm in place of one for each intent.
    let most = common[best] ?? 0;
    if (this.shape.hasNegatives) most = Math.max(most, common[intents] ?? 0);
    let sum = 0;
    let products = 0;
    for (let c = 0; c < intents; c += 1) {
      const score = (common[c] ?? 0) - most;
      const e = Math.exp(score);
      this.#probabilities[c] = e;
      sum += e;
      products += e * score;
    }
    const outside = this.shape.hasNegatives ? Math.exp((common[intents] ?? 0) - most) : 0;
    const negativeShare = outside / (sum + outside);
    // All intents may be too far below "out of scope" for a number to hold: then none is likelier than another.
    const none = sum === 0;
    const entropy = none ? Math.log(intents) : Math.max(0, Math.log(sum) - products / sum);
    for (let c = 0; c < intents; c += 1)
      this.#probabilities[c] = none ? 1 / intents : (this.#probabilities[c] ?? 0) / sum;
    const top = Math.min(1 - 1e-6, Math.max(1e-6, this.#probabilities[best] ?? 0));
    const margins = this.#scores[0]?.floats ?? common;
    const [marginBest, marginSecond] = twoBest(margins, intents);
    let agreement = 1;
    let memberTop = 0;
    let memberGap = 0;
    if (marginBest !== best) agreement -= 1;
    const networks = this.#scores.length - 1;
    for (let member = 1; member <= networks; member += 1) {
      const floats = this.#scores[member]?.floats;
      if (floats === undefined) continue;
      const [memberBest, memberSecond] = twoBest(floats, intents);
      if (memberBest !== best) agreement -= 1;
      memberTop += (floats[memberBest] ?? 0) / networks;
      memberGap += ((floats[memberBest] ?? 0) - (floats[memberSecond] ?? 0)) / networks;
    }
    const evidence = [
      Math.log(top / (1 - top)),
      gap,
      entropy,
      margins[marginBest] ?? 0,
      (margins[marginBest] ?? 0) - (margins[marginSecond] ?? 0),
      this.shape.hasNegatives ? (margins[intents] ?? 0) : 0,
      memberTop,
      memberGap,
      agreement,
      Math.log(negativeShare + 1e-6),
      length === 0 ? 1 : unknown / length,
      length === 0 ? 0 : mended / length,
      Math.log(1 + length),
    ];
    return { probabilities: this.#probabilities, best, evidence };
  }
}

/** Indices of the largest and second largest of the first `count` numbers; the second is -1 when there is one only. */
function twoBest(scores: Float32Array, count: number): readonly [best: number, second: number] {
  let best = 0;
  let second = -1;
  for (let c = 1; c < count; c += 1) {
    const score = scores[c] ?? 0;
    if (score > (scores[best] ?? 0)) {
      second = best;
      best = c;
    } else if (second < 0 || score > (scores[second] ?? 0)) second = c;
  }
  return [best, second];
}
