import type { Entity } from "../../conversation/recognized.ts";
import { hashOf, hashOfPiece, HashTable } from "../words/hash-table.ts";
import type { Finder } from "./found.ts";
import { cities, placeAliases, provinces } from "./ph-places.ts";

const WORD = /[\p{L}\p{N}]+/gu;
const BEYOND_ASCII = /[^\u0000-\u007f]/;
const plain = (text: string): string =>
  (BEYOND_ASCII.test(text) ? text.normalize("NFD").replace(/\p{M}+/gu, "") : text).toLowerCase();

const isWordCode = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 48 && code <= 57);

/** Whether a word of plain ASCII text has one of these hashes. It runs on every message, so no words are cut out. */
function holdsOneOf(hashes: HashTable, text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const from = at;
    while (at < text.length && isWordCode(text.charCodeAt(at))) at += 1;
    if (at > from && hashes.get(hashOfPiece(text, from, at)) >= 0) return true;
  }
  return false;
}

/** A name that may be an everyday word too: only with “city” after it or a capital letter that does not begin the line. */
const everyday = new Set([
  "bago",
  "antique",
  "laguna",
  "aurora",
  "victorias",
  "mati",
  "bogo",
  "samal",
  "valencia",
  "toledo",
  "carmona",
  "rizal",
  "roxas",
  "passi",
  "santiago",
  "tabuk",
]);

/** Finds names of a list, whatever their case and accents; of two that begin at one word, the longer. */
export function nameFinder(
  type: string,
  names: Iterable<readonly [written: string, value: string]>,
  options: { everyday?: ReadonlySet<string> } = {},
): Finder {
  const values = new Map<string, string>();
  const firstWords = new Set<string>();
  const firstHashes = new HashTable();
  let longest = 1;
  for (const [written, value] of names) {
    const words = plain(written).match(WORD) ?? [];
    const [first] = words;
    if (first === undefined) continue;
    values.set(words.join(" "), value);
    firstWords.add(first);
    firstHashes.set(hashOf(first), 1);
    longest = Math.max(longest, words.length);
  }
  if (values.size === 0) return () => [];
  return (text) => {
    const found: Entity[] = [];
    // Most lines name nothing: no more is made of their words than it takes to see that.
    if (!BEYOND_ASCII.test(text) && !holdsOneOf(firstHashes, plain(text))) return found;
    const words = [...text.matchAll(WORD)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      word: plain(match[0]),
      written: match[0],
    }));
    for (let i = 0; i < words.length; i += 1) {
      if (!firstWords.has(words[i]?.word ?? "")) continue;
      for (let length = Math.min(longest, words.length - i); length > 0; length -= 1) {
        const span = words.slice(i, i + length);
        const value = values.get(span.map(({ word }) => word).join(" "));
        const [first] = span;
        const last = span.at(-1);
        if (value === undefined || first === undefined || last === undefined) continue;
        if (
          options.everyday?.has(first.word) === true &&
          length === 1 &&
          (i === 0 || first.written === first.word)
        )
          continue;
        found.push({
          type,
          text: text.slice(first.start, last.end),
          value,
          start: first.start,
          end: last.end,
        });
        i += length - 1;
        break;
      }
    }
    return found;
  };
}

/** Provinces and cities of the Philippines; the value is the name, with “City” where a province shares it and “City” was written. */
export const findPlaces: Finder = nameFinder(
  "place",
  [
    ...provinces.map((name) => [name, name] as const),
    ...cities.map((name) => [name, name === "Quezon" || name === "Isabela" ? `${name} City` : name] as const),
    ...provinces.map((name) => [name, name] as const),
    ...cities.flatMap((name) => [
      [`${name} City`, `${name} City`] as const,
      [`City of ${name}`, `${name} City`] as const,
    ]),
    ...Object.entries(placeAliases),
  ],
  { everyday },
);
