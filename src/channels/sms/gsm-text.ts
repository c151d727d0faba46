import { smsParts } from "../../basics/sms-parts.ts";

/** What typography writes and GSM-7 lacks, as people type it on a telephone: the meaning stays. */
const plain: readonly (readonly [RegExp, string])[] = [
  [/[“”„‟«»″]/gu, '"'],
  [/[‘’‚‛′`´]/gu, "'"],
  [/[‐‑‒–—―−•·]/gu, "-"],
  [/…/gu, "..."],
  [/₱/gu, "P"],
  [/[\u00a0\u2000-\u200a\u202f\u3000\t]/gu, " "],
  [/[\u200b\u2060\ufeff\u00ad]/gu, ""],
  [/×/gu, "x"],
  [/→/gu, "->"],
  [/\r\n?|\u2028|\u2029/gu, "\n"],
];

/**
 * The text in GSM-7 where rewriting typography gets it there: a single ₱ or curly quote would more than double what
 * it costs. A text that needs UCS-2 anyway (an emoji, á) stays as it was written.
 */
export function gsmText(text: string): string {
  const composed = text.normalize("NFC");
  const rewritten = plain.reduce((rest, [from, to]) => rest.replace(from, to), composed);
  return smsParts(rewritten).encoding === "GSM-7" ? rewritten : composed;
}
