import { describe, expect, it } from "@jest/globals";
import { utteranceLanguage } from "../../../src/recognition/language/utterance-language.ts";
import type { UtteranceLanguage } from "../../../src/conversation/recognized.ts";

/** Short chat lines, written for this test and not looked at while the word lists were written. */
const lines: Readonly<Record<Exclude<UtteranceLanguage, "unknown">, readonly string[]>> = {
  en: [
    "where is my order",
    "thanks",
    "how long does delivery take",
    "i was charged twice",
    "do you ship to cebu",
    "wrong item received",
    "the link isn't working",
    "can i pay cash on delivery",
    "talk to a human",
    "hello",
    "is this still available",
    "my voucher expired",
    "any discounts?",
    "it arrived broken",
    "what sizes do you have",
    "no",
    "i never got the otp",
    "let me think about it",
    "are you open on sundays",
    "refund please",
    "delivery was fast, great service",
    "how do i create an account",
    "why was my order cancelled",
    "the zipper is stuck",
  ],
  fil: [
    "nasaan na",
    "magkano po",
    "salamat po",
    "hindi pa dumating",
    "paano magbayad",
    "ang tagal naman",
    "gusto ko pong ibalik",
    "bukas ba kayo ngayon",
    "sira yung natanggap ko",
    "kailan darating",
    "ayoko na",
    "may kulang po",
    "pwede ba bukas ng hapon",
    "nakalimutan ko",
    "mali po yung kulay",
    "saan kayo banda",
    "wala pa rin",
    "tulong naman po",
    "magkano lahat",
    "kumusta po",
    "bakit ganito",
    "oo",
    "sino po ito",
    "hindi ako makapasok",
  ],
  mixed: [
    "nasaan na yung order ko",
    "paki-cancel po ng order",
    "magkano shipping fee sa davao",
    "pwede ba mag-return",
    "na-charge ako ng twice",
    "i-track ko sana yung parcel",
    "wala pa yung refund ko",
    "paano mag reset ng password",
    "san na po ang rider",
    "may discount po ba kayo",
    "nag-order ako last week pa",
    "available pa ba yung blue",
    "pa-update naman ng status",
    "di ko ma-open yung app",
    "pwede cod?",
    "wrong item yung dumating",
    "kelan ang restock",
    "ok na po yung payment",
    "hm po sa size large",
    "how much po",
    "sorry po ngayon lang nakareply",
    "gusto ko makausap ang agent",
    "naka-off ba yung gcash payment nyo",
    "legit po ba kayong seller",
  ],
};

describe("the language of a chat line", () => {
  it.each(["en", "fil", "mixed"] as const)("is found for nine of ten lines that are %s", (language) => {
    const missed = lines[language].filter((line) => utteranceLanguage(line) !== language);
    expect({ missed: missed.length <= lines[language].length / 10 ? [] : missed }).toEqual({ missed: [] });
  });

  it.each(["cancel", "COD", "update", "size"])(
    "of the shop talk “%s” is unknown: the reply stays in the language of the conversation",
    (line) => {
      expect(utteranceLanguage(line)).toBe("unknown");
    },
  );

  it.each(["", "123", "😀", "?", "‹phone:1›"])("of “%s” is unknown", (line) => {
    expect(utteranceLanguage(line)).toBe("unknown");
  });
});
