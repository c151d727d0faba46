import type { z } from "zod";
import type { WishedChannels } from "./content.ts";
import { PhraseList, phraseWords } from "./phrase-list.ts";
import { channelMark, phrasesOfPatterns, spelledOut } from "./phrase-pattern.ts";
import type { wishedChannelsLists } from "./shared-schema.ts";

type Written = z.output<typeof wishedChannelsLists>;

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
          phrasesOfPatterns([...phrases, ...own.phrases], own.words),
          phrasesOfPatterns([...except, ...own.except], own.words),
        ),
      ]),
    ),
  };
}
