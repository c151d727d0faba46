import { bareWords } from "../../content/bare-words.ts";

/** The character 3-grams of a line's bare words, with a space before and after: order within words counts, capitals don't. */
export function characterGrams(line: string): ReadonlySet<string> {
  const text = ` ${bareWords(line)} `;
  const grams = new Set<string>();
  for (let i = 0; i + 3 <= text.length; i += 1) grams.add(text.slice(i, i + 3));
  return grams;
}

/** The word 3-grams of a line; a line of fewer words is its own single gram. */
export function wordGrams(line: string): ReadonlySet<string> {
  const words = bareWords(line).split(" ");
  if (words.length < 3) return new Set([words.join(" ")]);
  return new Set(words.slice(2).map((word, i) => `${words[i] ?? ""} ${words[i + 1] ?? ""} ${word}`));
}

function common(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let count = 0;
  for (const gram of small) if (large.has(gram)) count += 1;
  return count;
}

/** Jaccard index: what both have, of all that either has; 0 to 1. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = common(a, b);
  const all = a.size + b.size - both;
  return all === 0 ? 0 : both / all;
}

/** What both have, of what the larger one has; 0 to 1. A short line within a long one is no copy of it. */
export function shareOfLarger(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const most = Math.max(a.size, b.size);
  return most === 0 ? 0 : common(a, b) / most;
}
