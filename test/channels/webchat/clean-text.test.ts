import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { cleanLine, cleanText } from "../../../src/channels/webchat/clean-text.ts";
import { anyCharacter } from "../../any-character.ts";

describe("text as we keep it", () => {
  it.each([
    ["a\u0000b\u001b[31mc\u009f", "ab[31mc"],
    ["one\r\ntwo\rthree\tfour", "one\ntwothree\tfour"],
    ["<b>bold</b> & 'quoted'", "<b>bold</b> & 'quoted'"],
    ["Niño 👩🏽‍🚀 ₱500", "Niño 👩🏽‍🚀 ₱500"],
    ["half \ud83d", "half \ufffd"],
  ])("%j becomes %j", (given, kept) => {
    expect(cleanText(given)).toBe(kept);
  });

  it("is well-formed and clean whatever came, and stays as it is when cleaned again", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        const cleaned = cleanText(text);
        expect(cleaned.isWellFormed()).toBe(true);
        expect(cleanText(cleaned)).toBe(cleaned);
        expect(cleanLine(text, 20).length).toBeLessThanOrEqual(20);
        expect(cleanLine(text, 20)).not.toMatch(/[\n\t]/u);
      }),
    );
  });
});
