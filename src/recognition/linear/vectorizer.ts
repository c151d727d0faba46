import { HashTable } from "../words/hash-table.ts";
import { wordVectors } from "../words/word-vectors.ts";
import { pairHash, visitCharFeatures, visitWordFeatures } from "./features.ts";

/** Share of the squared length of a line's vector that its character features have; chosen on validation data. */
export const CHAR_SHARE = 0.6;
/**
 * Share of it that the meaning of its words has, where they have one; the features share the rest. More where lines are few
 * and most words of a customer were never seen; chosen likewise.
 */
const MEANING_SHARE = { few: 0.45, more: 0.3 } as const;
/** With fewer training lines than this, they are few. */
export const FEW_LINES = 3_000;
/** No line has more distinct features than this: 1,000 characters give at most 3,000 character and 2,500 word features. */
const MOST_FEATURES = 8_192;
/** And its vector no more entries. */
export const MOST_ENTRIES = MOST_FEATURES + 128;

/** Sparse vectors of many lines, one after the other. */
export interface SparseRows {
  /** Row r is at starts[r] to starts[r + 1]. */
  readonly starts: Int32Array;
  readonly ids: Int32Array;
  readonly values: Float32Array;
  /** Entries numbered from here on are the meaning's: one of them alone means nothing. */
  readonly meaningFrom: number;
}

/**
 * Turns tokens into a vector of length one: sublinear TF-IDF, words and characters as two blocks, then what the words mean
 * together, the same few entries for every line.
 */
export class Vectorizer {
  /** Hashes of the features in the order of their numbers: first the words, then the characters. */
  readonly hashes: Uint32Array;
  readonly wordFeatures: number;
  /** In how many training lines each feature occurs. */
  readonly lineCounts: Uint32Array;
  /** How many training lines there were. */
  readonly lines: number;
  readonly #idf: Float32Array;
  readonly #table: HashTable;
  readonly #counts: Uint16Array;
  readonly #words = wordVectors;
  readonly #meaning = new Float32Array(this.#words.dimensions);
  #ids: Int32Array;
  #found = 0;

  constructor(hashes: Uint32Array, wordFeatures: number, lineCounts: Uint32Array, lines: number) {
    this.hashes = hashes;
    this.wordFeatures = wordFeatures;
    this.lineCounts = lineCounts;
    this.lines = lines;
    this.#idf = Float32Array.from(lineCounts, (count) => Math.log((1 + lines) / (1 + count)) + 1);
    this.#table = new HashTable(hashes.length);
    hashes.forEach((hash, id) => this.#table.set(hash, id));
    this.#counts = new Uint16Array(hashes.length);
    this.#ids = new Int32Array(MOST_FEATURES);
  }

  /** How many entries a vector may have: features and dimensions of meaning. */
  get size(): number {
    return this.hashes.length + this.#words.dimensions;
  }

  get meaningShare(): number {
    return this.lines < FEW_LINES ? MEANING_SHARE.few : MEANING_SHARE.more;
  }

  /** The number of the feature with this hash, or -1. */
  featureOf(hash: number): number {
    return this.#table.get(hash);
  }

  /** Whether these two words stood side by side in training; undefined is the end of the line on that side. */
  knowsPair(left: string | undefined, right: string | undefined): boolean {
    return this.#table.get(pairHash(left, right)) >= 0;
  }

  /** Writes the line's vector and returns how many entries it has; zero when no feature is known. */
  vectorize(tokens: readonly string[], ids: Int32Array, values: Float32Array): number {
    this.#found = 0;
    visitWordFeatures(tokens, this.#count);
    const words = this.#found;
    visitCharFeatures(tokens, this.#count);
    const all = this.#found;
    const meant = this.#words.meaningOf(tokens, this.#meaning);
    const rest = meant && all > 0 ? 1 - this.meaningShare : 1;
    this.#write(0, words, Math.sqrt(rest * (words === all ? 1 : 1 - CHAR_SHARE)), ids, values);
    this.#write(words, all, Math.sqrt(rest * (words === 0 ? 1 : CHAR_SHARE)), ids, values);
    if (!meant) return all;
    const length = Math.sqrt(this.meaningShare);
    for (let d = 0; d < this.#meaning.length; d += 1) {
      ids[all + d] = this.hashes.length + d;
      values[all + d] = (this.#meaning[d] ?? 0) * length;
    }
    return all + this.#meaning.length;
  }

  readonly #count = (hash: number): void => {
    const id = this.#table.get(hash);
    if (id < 0) return;
    if (this.#counts[id] === 0) {
      if (this.#found === MOST_FEATURES) return;
      this.#ids[this.#found] = id;
      this.#found += 1;
    }
    this.#counts[id] = (this.#counts[id] ?? 0) + 1;
  };

  #write(from: number, to: number, length: number, ids: Int32Array, values: Float32Array): void {
    let squares = 0;
    for (let i = from; i < to; i += 1) {
      const id = this.#ids[i] ?? 0;
      const count = this.#counts[id] ?? 1;
      this.#counts[id] = 0;
      const value = (count === 1 ? 1 : 1 + Math.log(count)) * (this.#idf[id] ?? 0);
      ids[i] = id;
      values[i] = value;
      squares += value * value;
    }
    const scale = squares > 0 ? length / Math.sqrt(squares) : 0;
    for (let i = from; i < to; i += 1) values[i] = (values[i] ?? 0) * scale;
  }
}

/** Learns the vocabulary of `lines`: features in at least `leastLines` of them. */
export function fitVectorizer(
  lines: readonly (readonly string[])[],
  leastLines: { words: number; chars: number },
): Vectorizer {
  const words = countLines(lines, visitWordFeatures, leastLines.words);
  const known = new Set(words.map(([hash]) => hash));
  const chars = countLines(lines, visitCharFeatures, leastLines.chars).filter(([hash]) => !known.has(hash));
  const all = [...words, ...chars];
  return new Vectorizer(
    Uint32Array.from(all, ([hash]) => hash),
    words.length,
    Uint32Array.from(all, ([, count]) => count),
    lines.length,
  );
}

type Visit = (tokens: readonly string[], visit: (hash: number) => void) => void;

/** In how many lines each feature occurs, in ascending order of hash (so that they compress well). */
function countLines(
  lines: readonly (readonly string[])[],
  visitFeatures: Visit,
  least: number,
): (readonly [hash: number, lines: number])[] {
  const counts = new HashTable(65_536);
  const lastSeen = new HashTable(65_536);
  lines.forEach((tokens, line) => {
    visitFeatures(tokens, (hash) => {
      if (lastSeen.get(hash) === line) return;
      lastSeen.set(hash, line);
      counts.set(hash, Math.max(0, counts.get(hash)) + 1);
    });
  });
  return [...counts.entries()].filter(([, count]) => count >= least).sort(([a], [b]) => a - b);
}

/** Vectors of all lines. */
export function vectorizeAll(vectorizer: Vectorizer, lines: readonly (readonly string[])[]): SparseRows {
  const starts = new Int32Array(lines.length + 1);
  const rowIds = new Int32Array(MOST_ENTRIES);
  const rowValues = new Float32Array(MOST_ENTRIES);
  let ids = new Int32Array(lines.length * 250 + MOST_ENTRIES);
  let values = new Float32Array(ids.length);
  lines.forEach((tokens, line) => {
    const start = starts[line] ?? 0;
    const count = vectorizer.vectorize(tokens, rowIds, rowValues);
    if (start + count > ids.length) {
      const longer = (start + count) * 2;
      ids = grown(ids, new Int32Array(longer));
      values = grown(values, new Float32Array(longer));
    }
    ids.set(rowIds.subarray(0, count), start);
    values.set(rowValues.subarray(0, count), start);
    starts[line + 1] = start + count;
  });
  return { starts, ids, values, meaningFrom: vectorizer.hashes.length };
}

function grown<T extends Int32Array | Float32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
