import type { UtteranceLanguage } from "../../conversation/recognized.ts";
import { englishWords, filipinoWords } from "./language-words.ts";

const LONGEST = 600;
const WORD = /[\p{L}][\p{L}'-]*/gu;

/** In Filipino chat these are Filipino, in English chat English; they say nothing by themselves. */
const shared: ReadonlySet<string> = new Set([
  "at",
  "may",
  "to",
  "no",
  "so",
  "a",
  "pa",
  "bat",
  "san",
  "ate",
  "ka",
  "man",
  "day",
  "sir",
  "boss",
  "bes",
  "sis",
  "pre",
  "un",
  "bago",
  "mahal",
  "mali",
  "hay",
  "ok",
  "okay",
  "hi",
  "hello",
  "sale",
  // Shop talk of both languages.
  ...[
    "hm",
    "sf",
    "cod",
    "gcash",
    "maya",
    "otp",
    "pm",
    "dp",
    "promo",
    "legit",
    "ty",
    "tnx",
    "thx",
    "pls",
    "plz",
    "update",
    "cancel",
    "status",
    "vip",
    "size",
  ],
]);

/** Filipino verb forms: an affix, a hyphen and an English stem (“i-cancel”, “nag-order”), or affixes with doubled syllables. */
const AFFIXED =
  /^(?:(?:nag|mag|pag|naka|maka|naki|paki|pina|ipa|ika|nai|mai|ma|na|pa|i|ka|um|in)-\p{L}{2,}|(?:nagp?a?|magp?a?|pinag|ipinag|nakak?a?|makak?a?|paki|pinaki|ikina|nakapag|makapag|napaka)(?:\p{L}{3,}))$/u;
/** What begins like one and is English. */
const NO_AFFIX =
  /^(?:magazine|magic|magnet|magni|magenta|nagging|nag|makeup|make|maker|making|pakistan|in-|in)/;
const FILIPINO_SHAPE = /^(?:\p{L}*(?:[aeiou]ng|nya|ng)|(?:\p{L}{2})?(\p{L}{2})\1\p{L}+)$/u;
const CONTRACTED = /'(?:s|m|re|ve|ll|d|t)$|n't$/;
const ENGLISH_SHAPE =
  /(?:tion|ing|ment|ness|ight|ould|tch|th|sh|ck|ed|ly|ies|ful|ous|ee|oo|x|[fvz])|^(?:wh|wr|kn|sc|st|sp|str|fr|fl|cl|cr|v|f|j|x|c)/u;

/**
 * The language of a chat line, for choosing the reply's: by words that are of one language only, then by shape. A line with
 * words of both is `mixed` (Taglish).
 */
export function utteranceLanguage(text: string): UtteranceLanguage {
  const line = text
    .slice(0, LONGEST)
    .replace(/‹[^›]*›/g, " ")
    .toLowerCase();
  let english = 0;
  let filipino = 0;
  let englishShapes = 0;
  let filipinoShapes = 0;
  let sharedEnglish = 0;
  for (const word of line.match(WORD) ?? []) {
    if (shared.has(word))
      sharedEnglish +=
        word === "hi" || word === "hello" || word.startsWith("ok") || word === "no" || word === "sale"
          ? 1
          : 0;
    else if (filipinoWords.has(word)) filipino += 1;
    else if (englishWords.has(word) || (word.includes("'") && englishWords.has(word.replace(CONTRACTED, ""))))
      english += 1;
    else if (AFFIXED.test(word) && !NO_AFFIX.test(word)) {
      filipino += 1;
      // The stem after the hyphen is usually English: “i-cancel”.
      if (englishWords.has(word.split("-")[1] ?? "")) english += 1;
    } else if (ENGLISH_SHAPE.test(word)) englishShapes += 1;
    else if (FILIPINO_SHAPE.test(word)) filipinoShapes += 1;
  }
  if (filipino > 0 && english > 0) return "mixed";
  if (filipino > 0) return englishShapes > 0 ? "mixed" : "fil";
  if (english > 0) return filipinoShapes > english ? "mixed" : "en";
  // Letters that look English and are no word ("asdf") tell nothing; a few of them together do.
  if (sharedEnglish > 0 || englishShapes > filipinoShapes + 1) return "en";
  return filipinoShapes > 0 ? "fil" : "unknown";
}
