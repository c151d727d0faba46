import { gap, phraseWords, runsOf } from "./phrase-list.ts";
import type { Phrase, Run } from "./phrase.ts";

/** Stands in a pattern for each of a channel's words. */
export const channelMark = "{channel}";
/** Words that may be left out: "pwede (po) sa viber". */
const optionalWords = /\(([^()]*)\)/u;
/** What stands in one place of a pattern: no space but within brackets. */
const place = /(?:\([^()]*\)|[^\s()])+/gu;
/**
 * Patterns whose places hang together: brackets hold brackets or a gap, the channel is named twice, or nothing but
 * brackets stands before a gap or the end, so that no first word is sure. These few are spelled out.
 */
const entangled = /\([^()]*(?:\(|\.\.\.)|\{channel\}.*\{channel\}|^\s*(?:\([^()]*\)\s*)+(?:\.\.\.|$)/u;

/** The phrase with and without each of its optional words. */
export function spelledOut(phrase: string): readonly string[] {
  return optionalWords.test(phrase)
    ? [phrase.replace(optionalWords, "$1"), phrase.replace(optionalWords, "")].flatMap(spelledOut)
    : [phrase];
}

/** What was made of a text, made once: the patterns of a list have most of their places in common. */
function once<Made>(make: (text: string) => Made): (text: string) => Made {
  const made = new Map<string, Made>();
  return (text) => {
    const known = made.get(text) ?? make(text);
    made.set(text, known);
    return known;
  };
}

/**
 * Phrases of patterns: words in (brackets) may be left out, `{channel}` stands for each of the channel's words, `...`
 * for up to three words.
 */
export function phrasesOfPatterns(patterns: readonly string[], channelWords: readonly string[]): Phrase[] {
  const ways = (text: string) =>
    spelledOut(text).flatMap((way) =>
      way.includes(channelMark) ? channelWords.map((word) => way.replaceAll(channelMark, word)) : [way],
    );
  const placeOf = once((text): string | readonly Run[] => {
    const runs = ways(text).map(phraseWords);
    const [[word, ...further] = [], ...others] = runs;
    return word === undefined || further.length > 0 || others.length > 0 ? runs : word;
  });
  const restsOf = once((text) => ways(text).map(runsOf));
  return patterns
    .flatMap((pattern) => (entangled.test(pattern) ? ways(pattern) : [pattern]))
    .map((pattern) => {
      const [head = "", ...rest] = pattern.split(gap).filter((piece) => piece.trim() !== "");
      return {
        head: (head.match(place) ?? []).map(placeOf),
        rests: restsOf(rest.join(gap)),
      };
    });
}
