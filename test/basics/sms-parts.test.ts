import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { smsParts } from "../../src/basics/sms-parts.ts";

const plain = fc.constantFrom(...Array.from("abcXYZ 0189.,?!'\"@£ñÑéüß¿Δ\n"));
const extended = fc.constantFrom(...Array.from("^{}\\[~]|€\f"));
const foreign = fc.constantFrom("₱", "’", "“", "–", "…", "ç", "á", "\t");
const emoji = fc.constantFrom("😀", "🙏", "𝄞");
const textOf = (...of: readonly fc.Arbitrary<string>[]) =>
  fc.array(fc.oneof(...of), { maxLength: 700 }).map((characters) => characters.join(""));

describe("a text sent as text messages", () => {
  it.each([
    ["nothing", 1, ""],
    ["160 plain characters", 1, "a".repeat(160)],
    ["161", 2, "a".repeat(161)],
    ["twice 153", 2, "a".repeat(306)],
    ["one more than that", 3, "a".repeat(307)],
    ["80 of the extension table", 1, "€".repeat(80)],
    ["81 of them", 2, "€".repeat(81)],
    ["70 with a peso sign", 1, `₱${"a".repeat(69)}`],
    ["71 with one", 2, `₱${"a".repeat(70)}`],
    ["twice 67 with one", 2, `₱${"a".repeat(133)}`],
    ["35 emoji", 1, "😀".repeat(35)],
  ])("of %s takes %s parts", (_what, parts, text) => {
    expect(smsParts(text).parts).toBe(parts);
  });

  it("may use ñ, as Filipino does, and may not use the peso sign", () => {
    expect(smsParts("Parañaque, Peñafrancia")).toMatchObject({ encoding: "GSM-7", foreign: [] });
    expect(smsParts("₱85 po, o P85")).toMatchObject({ encoding: "UCS-2", foreign: ["₱"], double: [] });
  });

  it("says which characters cost double, and which make the whole text dear, each once", () => {
    expect(smsParts("[a] {b} [c]")).toMatchObject({ units: 17, double: ["[", "]", "{", "}"] });
    expect(smsParts("“a” – “b”…").foreign).toEqual(["“", "”", "–", "…"]);
  });

  it("is never torn within a character", () => {
    // 152 septets and a euro: the euro does not fit the first part, and the second begins with it.
    expect(smsParts(`${"a".repeat(152)}€${"a".repeat(151)}`)).toMatchObject({ units: 305, parts: 2 });
    expect(smsParts(`${"a".repeat(152)}€${"a".repeat(152)}`)).toMatchObject({ units: 306, parts: 3 });
    // 66 units and an emoji of two: the same in UCS-2.
    expect(smsParts(`₱${"a".repeat(65)}😀${"a".repeat(66)}`).parts).toBe(3);
  });

  it("of plain characters takes as many parts as its length says", () => {
    fc.assert(
      fc.property(textOf(plain), (text) => {
        const { encoding, units, parts } = smsParts(text);
        expect(encoding).toBe("GSM-7");
        expect(units).toBe(text.length);
        expect(parts).toBe(text.length <= 160 ? 1 : Math.ceil(text.length / 153));
      }),
    );
  });

  it("of any characters has room for each of its units, and wastes at most one a part", () => {
    fc.assert(
      fc.property(textOf(plain, extended, foreign, emoji), (text) => {
        const { encoding, units, parts } = smsParts(text);
        const [alone, joined] = encoding === "GSM-7" ? [160, 153] : [70, 67];
        const fits = units <= alone;
        expect(parts === 1).toBe(fits);
        if (fits) return;
        expect(units).toBeLessThanOrEqual(parts * joined);
        expect(units).toBeGreaterThan((parts - 1) * (joined - 1));
      }),
    );
  });

  it("is UCS-2 exactly when it names a foreign character, each of which alone makes it so", () => {
    fc.assert(
      fc.property(textOf(plain, extended, foreign, emoji), (text) => {
        const { encoding, foreign: named } = smsParts(text);
        expect(encoding === "UCS-2").toBe(named.length > 0);
        for (const character of named) expect(smsParts(character).encoding).toBe("UCS-2");
      }),
    );
  });

  it("never becomes cheaper by writing more", () => {
    fc.assert(
      fc.property(textOf(plain, extended, foreign, emoji), textOf(plain, foreign, emoji), (text, more) => {
        expect(smsParts(text + more).parts).toBeGreaterThanOrEqual(smsParts(text).parts);
      }),
    );
  });
});
