import fc from "fast-check";

/** Code points that are halves of a surrogate pair, no characters: U+D800 to U+DFFF. */
const firstHalf = 0xd800;
const halves = 0x800;
const lastCharacter = 0x10ffff - halves;

/**
 * Any character of Unicode, as a unit of `fc.string`: as likely as those of `unit: "binary"`, for which fast-check first
 * fills a table of a million characters. Leading back from a character to its number is arithmetic.
 */
export const anyCharacter: fc.Arbitrary<string> = fc.nat(lastCharacter).map(
  (n) => String.fromCodePoint(n < firstHalf ? n : n + halves),
  (character) => {
    const point = typeof character === "string" ? (character.codePointAt(0) ?? firstHalf) : firstHalf;
    const n = point < firstHalf ? point : point - halves;
    // What is no single character is nothing that this makes.
    if (n < 0 || (point >= firstHalf && n < firstHalf) || character !== String.fromCodePoint(point))
      throw new RangeError("not one character");
    return n;
  },
);
