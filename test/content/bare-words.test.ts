import fc from "fast-check";
import { describe, expect, it } from "@jest/globals";
import { bareWords } from "../../src/content/bare-words.ts";

describe("words compared bare", () => {
  it.each([
    ["AGENT!!", "agent"],
    ["  pang-apat   po ", "pang apat po"],
    ["magkano po sf", "magkano po sf"],
    ["Parañaque, ﬁne ①", "parañaque fine 1"],
    ["?!", ""],
  ])("%j is %j", (text, bare) => {
    expect(bareWords(text)).toBe(bare);
  });

  it("plain text goes a shorter way to the same words", () => {
    const letter = fc.constantFrom(
      "az",
      "A",
      "09",
      " ",
      ".",
      "-",
      "_",
      "ñ",
      "Ñ",
      "ﬁ",
      "①",
      "İ",
      "\u212a",
      "ſ",
    );
    /** Below the halves of surrogate pairs. */
    const anyLetter = fc.nat(0xd7ff).map((code) => String.fromCharCode(code));
    const anyText = fc.oneof(fc.string({ unit: letter }), fc.string({ unit: anyLetter }), fc.string());
    fc.assert(
      fc.property(anyText, (text) => {
        const whole = text
          .normalize("NFKC")
          .toLowerCase()
          .replace(/[^\p{L}\p{N}]+/gu, " ")
          .trim();
        expect(bareWords(text)).toBe(whole);
      }),
      { numRuns: 2_000 },
    );
  });
});
