import type { Chance } from "../../recognition/linear/chance.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** The line with one random typo in one of its words of three letters or more: a letter swapped with the next, left out, doubled by another, or wrong. */
export function withOneTypo(line: string, chance: Chance): string {
  const words = [...line.matchAll(/[A-Za-z]{3,}/g)];
  const pick = (count: number): number => Math.floor(chance() * count);
  const word = words[pick(words.length)];
  const kind = pick(4);
  const letter = LETTERS[pick(LETTERS.length)] ?? "x";
  if (word === undefined) return line;
  const at = word.index + pick(kind === 0 ? word[0].length - 1 : word[0].length);
  if (kind === 0) return `${line.slice(0, at)}${line[at + 1] ?? ""}${line[at] ?? ""}${line.slice(at + 2)}`;
  if (kind === 1) return line.slice(0, at) + line.slice(at + 1);
  if (kind === 2) return line.slice(0, at) + letter + line.slice(at);
  return line.slice(0, at) + letter + line.slice(at + 1);
}
