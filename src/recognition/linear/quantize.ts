import { nextTurn } from "../next-turn.ts";

/** Weights as whole multiples of one step, in a byte each. */
export interface Quantized {
  readonly step: number;
  readonly levels: Int8Array;
}

/** Added before rounding down: below 0.5 it makes more zeros, which saved a tenth of the file and cost nothing measurable. */
const ROUNDING = 0.35;

/**
 * Rounds weights to multiples of a step.
 * @param stepShare the step as a share of the weights' root mean square: larger compresses better and loses more
 */
export function quantize(weights: Float32Array, stepShare: number): Quantized {
  let squares = 0;
  let largest = 0;
  let used = 0;
  for (let i = 0; i < weights.length; i += 1) {
    const w = weights[i] ?? 0;
    squares += w * w;
    if (w !== 0) used += 1;
    largest = Math.max(largest, Math.abs(w));
  }
  const step = used === 0 ? 1 : Math.max(Math.sqrt(squares / used) * stepShare, largest / 1_000);
  const levels = new Int8Array(weights.length);
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i] ?? 0;
    levels[i] = Math.max(
      -127,
      Math.min(127, Math.sign(weight) * Math.floor(Math.abs(weight) / step + ROUNDING)),
    );
  }
  return { step, levels };
}

/** Levels as bytes that compress well: two bits a level, and the few that are neither 0, 1 nor -1 by themselves. */
export interface PackedLevels {
  /** Four levels a byte, the first in the lowest bits: 0, 1, 2 for -1, and 3 for the next of `others`. */
  readonly pairs: Uint8Array;
  readonly others: Int8Array;
}

/**
 * Packs levels. Most are zero, and a byte-wise compressor spends a bit at least on each byte: with four levels in a byte the
 * same weights take a fifth less.
 */
export function packLevels(levels: Int8Array): PackedLevels {
  const pairs = new Uint8Array(Math.ceil(levels.length / 4));
  const others = new Int8Array(levels.length);
  let count = 0;
  for (let i = 0; i < levels.length; i += 1) {
    const level = levels[i] ?? 0;
    let code = 3;
    if (level === 0) continue;
    if (level === 1) code = 1;
    else if (level === -1) code = 2;
    else {
      others[count] = level;
      count += 1;
    }
    pairs[i >> 2] = (pairs[i >> 2] ?? 0) | (code << (2 * (i & 3)));
  }
  return { pairs, others: others.slice(0, count) };
}

/** Levels written at a time: a few milliseconds of work. */
const CHUNK = 1 << 19;

/** The levels again, `length` of them; lets the event loop go round now and then. */
export async function unpackLevels({ pairs, others }: PackedLevels, length: number): Promise<Int8Array> {
  const levels = new Int8Array(length);
  let next = 0;
  for (let from = 0; from < length; from += CHUNK) {
    const to = Math.min(from + CHUNK, length);
    for (let i = from; i < to; i += 1) {
      const code = ((pairs[i >> 2] ?? 0) >> (2 * (i & 3))) & 3;
      if (code === 3) {
        levels[i] = others[next] ?? 0;
        next += 1;
      } else if (code !== 0) levels[i] = code === 1 ? 1 : -1;
    }
    await nextTurn();
  }
  return levels;
}
