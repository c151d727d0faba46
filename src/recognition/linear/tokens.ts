/**
 * One normalizer for every language: Taglish mixes them within a word ("i-cancel", "nag-order"), so nothing here asks
 * which language a line is in.
 */

/** Longer lines are cut here: nobody asks for one thing in more, and the time for one line stays bounded. */
const LONGEST_LINE = 1_000;
/** Tokens longer than this are cut; what is longer is a link, a key or noise. */
const LONGEST_TOKEN = 24;

const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bwon't\b/g, "will not"],
  [/\bcan(?:'|no)t\b/g, "can not"],
  [/\bdont\b/g, "do not"],
  [/\bdoesnt\b/g, "does not"],
  [/\bdidnt\b/g, "did not"],
  [/\bcant\b/g, "can not"],
  [/\bwhats\b/g, "what is"],
  [/\bim\b/g, "i am"],
  [/\bive\b/g, "i have"],
  [/n't\b/g, " not"],
  [/'re\b/g, " are"],
  [/'m\b/g, " am"],
  [/'ll\b/g, " will"],
  [/'ve\b/g, " have"],
  [/'d\b/g, " would"],
  [/\b(what|where|who|how|when|that|it|there|here|he|she|let)'s\b/g, "$1 is"],
  [/'s\b/g, " s"],
];
const MAY_CONTRACT = /'|(?:dont|doesnt|didnt|cant|cannot|whats|im|ive)\b/;
const BEYOND_ASCII = /[^\u0000-\u007f]/;
const TOKEN = /‹[a-z]+|\p{L}+|\p{N}+|\p{Extended_Pictographic}/gu;
const NUMBER = /^\p{N}/u;
const THRICE = /(.)\1\1/u;
const EACH_THRICE = /(.)\1{2,}/gu;
const ASCII_TOKEN = /[a-z]+|[0-9]+/g;

/**
 * The tokens of a line, lower case and without accents: words, emoji, placeholders of masked entities (`‹phone:1›` is the
 * token `‹phone`), and digits masked by their number (`2026` is `####`), since which number it is never tells the intent.
 */
export function tokensOf(line: string): string[] {
  let text = line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE) : line;
  const beyondAscii = BEYOND_ASCII.test(text);
  if (beyondAscii)
    text = text
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .replace(/[‘’ʼ`]/g, "'")
      .replace(/(‹[a-z]+):\d+›/giu, "$1 ");
  text = text.toLowerCase();
  if (MAY_CONTRACT.test(text))
    for (const [pattern, replacement] of CONTRACTIONS) text = text.replace(pattern, replacement);
  const tokens: string[] = text.match(beyondAscii ? TOKEN : ASCII_TOKEN) ?? [];
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i] ?? "";
    if (NUMBER.test(token)) tokens[i] = "#".repeat(Math.min(token.length, 8));
    else if (token.length > 2)
      tokens[i] = (THRICE.test(token) ? token.replace(EACH_THRICE, "$1") : token).slice(0, LONGEST_TOKEN);
  }
  return tokens;
}
