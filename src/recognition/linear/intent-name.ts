import { tokensOf } from "./tokens.ts";

/** Names that are mostly numbers or single letters ("intent_17", "q4b") say nothing. */
const LEAST_LETTERS = 4;

/** The words of an intent's name: "order.cancel_item" and "orderCancelItem" are "order cancel item". Empty where it has none. */
export function wordsOfName(intent: string): string[] {
  const spaced = intent.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").replace(/[^\p{L}]+/gu, " ");
  const words = tokensOf(spaced).filter((word) => word.length > 1);
  return words.join("").length < LEAST_LETTERS ? [] : words;
}
