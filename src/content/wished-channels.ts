import type { z } from "zod";
import type { WishedChannels } from "./content.ts";
import { PhraseList, phraseWords } from "./phrase-list.ts";
import type { wishedChannelsLists } from "./shared-schema.ts";

type Written = z.output<typeof wishedChannelsLists>;

/** Stands in a phrase for each of a channel's words. */
const channelMark = "{channel}";
/** A word that may be left out: "pwede (po) sa viber". */
const optionalWord = /\(([^()]*)\)/u;

/** The phrase with and without each of its optional words. */
function spelledOut(phrase: string): readonly string[] {
  return optionalWord.test(phrase)
    ? [phrase.replace(optionalWord, "$1"), phrase.replace(optionalWord, "")].flatMap(spelledOut)
    : [phrase];
}

function withWords(patterns: readonly string[], words: readonly string[]): string[] {
  return patterns
    .flatMap(spelledOut)
    .flatMap((pattern) =>
      pattern.includes(channelMark) ? words.map((word) => pattern.replaceAll(channelMark, word)) : [pattern],
    );
}

/** A word that stands in the phrase and in few other messages: its longest. */
function longestWord(phrase: string): string {
  const words = phraseWords(spelledOut(phrase).at(-1) ?? "");
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), "");
}

function tellingWords({ words, phrases }: Written["channels"][string]): string[] {
  return [...words, ...phrases.filter((phrase) => !phrase.includes(channelMark))].map(longestWord);
}

/**
 * Phrases by channel from the patterns of dialogs/shared.yaml: `{channel}` becomes each of the channel's words, and
 * words in brackets may be left out.
 */
export function wishedChannelsOf(written: Written | undefined): WishedChannels {
  const { phrases = [], except = [], channels = {} } = written ?? {};
  return {
    telling: new Set(Object.values(channels).flatMap(tellingWords)),
    byChannel: new Map(
      Object.entries(channels).map(([channel, own]) => [
        channel,
        new PhraseList(
          withWords([...phrases, ...own.phrases], own.words),
          withWords([...except, ...own.except], own.words),
        ),
      ]),
    ),
  };
}
