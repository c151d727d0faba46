import { hashOf, mixed } from "../words/hash-table.ts";
import { conceptsByWord } from "./concepts.ts";

/**
 * Features of a line: words, pairs of neighbours (the line's ends count as words), pairs with one or two words between
 * them, concepts that words of several languages share and pairs of those, and character 2- to 4-grams within words, each known by a 32-bit hash. Hashes, not strings: no strings are cut at recognition, and a model file holds four bytes a
 * feature. With 100,000 features the chance that a given pair collides is 2^-32, that any does about 2/3; a collision
 * only adds two counts up.
 */
export const featureDescription = {
  wordGrams: [1, 2],
  wordsApart: [2, 3],
  concepts: [1, 2],
  charGrams: [2, 4],
} as const;

const FARTHEST_APART = 3;
const LONGEST_GRAM = 4;

const PRIME = 16_777_619;
const CHAR_SEED = 0x3c6ef372;
const APART_PRIME = 0x9e3779b1;
const CONCEPT_SEED = 0x51ed270b;
/** Concepts are few among many words: counted this often they are heard. Chosen by cross-validation on a shop's lines. */
const CONCEPT_COUNT = 2;

const START = hashOf("^");
const END = hashOf("$");

const conceptHashes = conceptsByWord((concept) => hashOf(concept, CONCEPT_SEED));

/** The hash of the feature "`left`, then `right`"; undefined stands for the end of the line on that side. */
export const pairHash = (left: string | undefined, right: string | undefined): number =>
  mixed(
    Math.imul(left === undefined ? START : hashOf(left), PRIME) ^ (right === undefined ? END : hashOf(right)),
  );

/** Calls `visit` for each word feature. */
export function visitWordFeatures(tokens: readonly string[], visit: (hash: number) => void): void {
  visitConcepts(tokens, visit);
  const hashes = tokens.map((token) => hashOf(token));
  let previous = START;
  for (const hash of hashes) {
    visit(hash);
    visit(mixed(Math.imul(previous, PRIME) ^ hash));
    previous = hash;
  }
  visit(mixed(Math.imul(previous, PRIME) ^ END));
  for (let apart = 2; apart <= FARTHEST_APART; apart += 1) {
    for (let at = apart; at < hashes.length; at += 1)
      visit(mixed(Math.imul(hashes[at - apart] ?? 0, APART_PRIME) ^ (hashes[at] ?? 0)));
  }
}

/** Calls `visit` for each concept, and for each pair of one with the one before it, however far apart in the line. */
function visitConcepts(tokens: readonly string[], visit: (hash: number) => void): void {
  let before: readonly number[] = [START];
  for (const token of tokens) {
    const hashes = conceptHashes.get(token);
    if (hashes === undefined) continue;
    for (const hash of hashes) {
      for (let times = 0; times < CONCEPT_COUNT; times += 1) visit(hash);
      for (const left of before) visit(mixed(Math.imul(left, APART_PRIME) ^ hash));
    }
    before = hashes;
  }
}

/** Calls `visit` for each character feature. */
export function visitCharFeatures(tokens: readonly string[], visit: (hash: number) => void): void {
  for (const token of tokens) {
    const length = token.length + 2;
    for (let start = 0; start < length - 1; start += 1) {
      let hash = CHAR_SEED;
      const stop = Math.min(start + LONGEST_GRAM, length);
      for (let at = start; at < stop; at += 1) {
        const code = at === 0 ? 60 : at === length - 1 ? 62 : token.charCodeAt(at - 1);
        hash = Math.imul(hash ^ code, PRIME);
        if (at > start) visit(mixed(hash));
      }
    }
  }
}
