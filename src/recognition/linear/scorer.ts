import { Arena, padded, type Floats, type Ints } from "./kernel.ts";
import { softmax } from "./network-member.ts";
import type { Spelling } from "./spelling.ts";
import { tokensOf } from "./tokens.ts";
import { MOST_FEATURES, type Vectorizer } from "./vectorizer.ts";

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

/** Weights of a model in one arena, and the loops over them. Not reentrant. */
export class Scorer {
  readonly shape: ModelShape;
  readonly margins: Float32Array;
  readonly networks: readonly { readonly hidden: number; readonly input: Floats; readonly output: Floats }[];
  blend: Blend;
  readonly #arena: Arena;
  readonly #vectorizer: Vectorizer;
  readonly #spelling: Spelling;
  readonly #marginRows: Floats;
  readonly #ids: Ints;
  readonly #values: Floats;
  readonly #marginScores: Floats;
  readonly #networkScores: readonly Floats[];
  readonly #units: Floats;
  readonly #everyUnit: Ints;
  readonly #classes: number;
  readonly #bytes: number;
  readonly #common: Float32Array;
  readonly #probabilities: Float32Array;

  constructor(shape: ModelShape, vectorizer: Vectorizer, spelling: Spelling, blend: Blend) {
    this.shape = shape;
    this.#vectorizer = vectorizer;
    this.#spelling = spelling;
    this.blend = blend;
    this.#classes = shape.intents.length + (shape.hasNegatives ? 1 : 0);
    const width = padded(this.#classes);
    this.#bytes = width * 4;
    const widest = padded(Math.max(8, ...shape.hidden)) + 8;
    const floats =
      (shape.features + 1) * width +
      shape.hidden.reduce((sum, h) => sum + (shape.features + 1) * padded(h) + (h + 1 + 1) * width, 0) +
      2 * (MOST_FEATURES + 8) +
      2 * widest +
      (2 + shape.hidden.length) * width +
      256;
    this.#arena = new Arena(floats * 4);
    this.#marginRows = this.#arena.floats((shape.features + 1) * width);
    this.margins = this.#marginRows.floats;
    this.networks = shape.hidden.map((hidden) => ({
      hidden,
      input: this.#arena.floats((shape.features + 1) * padded(hidden)),
      output: this.#arena.floats((hidden + 1) * width),
    }));
    this.#ids = this.#arena.ints(MOST_FEATURES + 1);
    this.#values = this.#arena.floats(MOST_FEATURES + 1);
    this.#marginScores = this.#arena.floats(width);
    this.#networkScores = shape.hidden.map(() => this.#arena.floats(width));
    this.#units = this.#arena.floats(widest);
    this.#everyUnit = this.#arena.ints(widest);
    this.#everyUnit.ints.forEach((_, i) => (this.#everyUnit.ints[i] = i));
    this.#common = new Float32Array(width);
    this.#probabilities = new Float32Array(shape.intents.length);
  }

  score(line: string): ScoredLine {
    return this.scoreTokens(tokensOf(line));
  }

  scoreTokens(given: readonly string[]): ScoredLine {
    let unknown = 0;
    let mended = 0;
    const tokens = [...given];
    given.forEach((token, at) => {
      if (this.#spelling.knows(token)) return;
      const vectorizer = this.#vectorizer;
      const known = this.#spelling.mend(
        token,
        (word) =>
          (vectorizer.knowsPair(tokens[at - 1], word) ? 1 : 0) +
          (vectorizer.knowsPair(word, tokens[at + 1]) ? 1 : 0),
      );
      if (known === undefined) unknown += 1;
      else mended += 1;
      tokens[at] = known ?? token;
    });
    const count = this.#vectorizer.vectorize(tokens, this.#ids.ints, this.#values.floats);
    this.#ids.ints[count] = this.shape.features;
    this.#values.floats[count] = 1;
    this.#runMembers(count + 1);
    return this.#weigh(tokens.length, unknown, mended);
  }

  /** Raw scores of each member for the last line, by class; for fitting the blend. */
  lastScores(): readonly Float32Array[] {
    return [this.#marginScores.floats, ...this.#networkScores.map(({ floats }) => floats)].map((scores) =>
      scores.slice(0, this.#classes),
    );
  }

  #runMembers(count: number): void {
    const { kernel } = this.#arena;
    this.#marginScores.floats.fill(0);
    kernel.gather(
      this.#marginScores.offset,
      this.#marginRows.offset,
      this.#ids.offset,
      this.#values.offset,
      count,
      this.#bytes,
    );
    this.networks.forEach(({ hidden, input, output }, n) => {
      const scores = this.#networkScores[n];
      if (scores === undefined) return;
      const units = this.#units.floats;
      units.fill(0);
      kernel.gather(
        this.#units.offset,
        input.offset,
        this.#ids.offset,
        this.#values.offset,
        count,
        padded(hidden) * 4,
      );
      for (let h = 0; h < hidden; h += 1) if ((units[h] ?? 0) < 0) units[h] = 0;
      units[hidden] = 1;
      scores.floats.fill(0);
      kernel.gather(
        scores.offset,
        output.offset,
        this.#everyUnit.offset,
        this.#units.offset,
        hidden + 1,
        this.#bytes,
      );
    });
  }

  #weigh(length: number, unknown: number, mended: number): ScoredLine {
    const intents = this.shape.intents.length;
    const common = this.#common;
    common.fill(0);
    [this.#marginScores, ...this.#networkScores].forEach(({ floats }, member) => {
      const weight = this.blend[member] ?? 0;
      for (let c = 0; c < this.#classes; c += 1) common[c] = (common[c] ?? 0) + weight * (floats[c] ?? 0);
    });
    const [best, second] = twoBest(common, intents);
    const gap = (common[best] ?? 0) - (second < 0 ? 0 : (common[second] ?? 0));
    softmax(common, this.#classes);
    const negativeShare = this.shape.hasNegatives ? (common[intents] ?? 0) : 0;
    let sum = 0;
    for (let c = 0; c < intents; c += 1) sum += common[c] ?? 0;
    let entropy = 0;
    for (let c = 0; c < intents; c += 1) {
      const p = (common[c] ?? 0) / sum;
      this.#probabilities[c] = p;
      if (p > 1e-9) entropy -= p * Math.log(p);
    }
    const top = Math.min(1 - 1e-6, Math.max(1e-6, this.#probabilities[best] ?? 0));
    const margins = this.#marginScores.floats;
    const [marginBest, marginSecond] = twoBest(margins, intents);
    let agreement = 1;
    let memberTop = 0;
    let memberGap = 0;
    if (marginBest !== best) agreement -= 1;
    for (const { floats } of this.#networkScores) {
      const [memberBest, memberSecond] = twoBest(floats, intents);
      if (memberBest !== best) agreement -= 1;
      memberTop += (floats[memberBest] ?? 0) / this.#networkScores.length;
      memberGap += ((floats[memberBest] ?? 0) - (floats[memberSecond] ?? 0)) / this.#networkScores.length;
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
