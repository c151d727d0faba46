import { readFileSync } from "node:fs";
import { tokensOf } from "../../../src/recognition/linear/tokens.ts";
import { chatWords } from "./chat-words.ts";
import { isToken } from "./common-words.ts";

/** So many of the commonest words get a vector. */
const COMMONEST = 20_000;
const glossary = new URL("../../../src/recognition/words/filipino.tsv", import.meta.url);
/** So often a word has to be met in the examples: of one met less often not enough can be learnt. */
const MET_OFTEN = 6;

/**
 * The words that get a vector: the commonest, then those that are frequent in the examples or in chats all the same, and
 * those that translate a Filipino word.
 * @param words the commonest first
 */
export function vocabularyOf(words: readonly string[], examples: readonly string[]): readonly string[] {
  const met = new Map<string, number>();
  for (const word of examples.flatMap(tokensOf)) met.set(word, (met.get(word) ?? 0) + 1);
  const metOften = [...met]
    .filter(([word, times]) => times >= MET_OFTEN && isToken(word))
    .sort(([, a], [, b]) => b - a)
    .map(([word]) => word);
  const translations = readFileSync(glossary, "utf8")
    .split("\n")
    .flatMap((line) => line.split("\t")[1]?.split(" ") ?? []);
  return [...new Set([...words.slice(0, COMMONEST), ...metOften, ...chatWords, ...translations])];
}
