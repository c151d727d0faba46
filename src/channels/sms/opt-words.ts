import { bareWords } from "../../content/bare-words.ts";

/** What a whole message asks of the sender's law: no more texts, texts again, who this is. */
export type OptWord = "stop" | "start" | "help";

/** Twilio's own words, which it also acts on ("Advanced Opt-Out", default keywords), and what Filipinos send. */
const words: Readonly<Record<OptWord, ReadonlySet<string>>> = {
  stop: new Set(
    [
      ["stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "opt out"],
      [
        "stop na",
        "tigil",
        "tigil na",
        "itigil",
        "itigil na",
        "itigil mo na",
        "itigil nyo na",
        "itigil ninyo na",
      ],
      ["ayaw ko na", "ayoko na", "ayaw na", "ayaw ko na ng text", "ayoko na ng text", "wag na mag text"],
      [
        "huwag na mag text",
        "wag na magtext",
        "huwag na magtext",
        "huwag nyo na ako itext",
        "wag nyo na ako itext",
      ],
      [
        "wag nyo na akong itext",
        "huwag nyo na akong itext",
        "huwag na ninyo akong itext",
        "tigilan nyo na ako",
      ],
      [
        "stop texting me",
        "stop texting",
        "stop messaging me",
        "no more texts",
        "do not text me",
        "dont text me",
      ],
    ].flat(),
  ),
  start: new Set(["start", "unstop", "opt in", "optin", "ituloy", "simulan ulit"]),
  help: new Set(["help", "info"]),
};

/** Said around such a word without changing it. */
const polite = /(?: (?:po|please|pls|plz|thanks|thank you|salamat|na lang))+$/u;
/** Characters; the longest of the words above has 26. */
const longest = 60;

/**
 * The word that a whole message is, if any: never one inside a sentence ("cancel my order" is an order's matter).
 * @param optedOut whether the contact gets no texts now: then "yes" asks for them again, as it does at Twilio
 */
export function optWordIn(text: string, optedOut: boolean): OptWord | undefined {
  if (text.length > longest) return undefined;
  // An apostrophe joins: "don't" is one word.
  const said = bareWords(text.replaceAll(/['’]/gu, ""));
  const bare = said.replace(polite, "");
  for (const [word, forms] of [
    ["stop", words.stop],
    ["start", words.start],
    ["help", words.help],
  ] as const)
    if (forms.has(said) || forms.has(bare)) return word;
  return optedOut && ["yes", "oo", "opo"].includes(bare) ? "start" : undefined;
}
