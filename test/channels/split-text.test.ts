import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { splitText } from "../../src/channels/split-text.ts";

const within = (most: number) => (part: string) => part.length <= most;

describe("a text that is too long for one message", () => {
  it("is sent whole when it fits", () => {
    expect(splitText("Nasa Cebu hub na po.", within(40))).toEqual(["Nasa Cebu hub na po."]);
    expect(splitText("  ", within(40))).toEqual([]);
  });

  it("is split between sentences, so that each part can be read alone", () => {
    expect(
      splitText("Your parcel is in Cebu. It arrives tomorrow. Please keep your phone on.", within(50)),
    ).toEqual(["Your parcel is in Cebu. It arrives tomorrow.", "Please keep your phone on."]);
  });

  it("is split between paragraphs first", () => {
    expect(splitText("First answer. With more.\n\nSecond answer.", within(34))).toEqual([
      "First answer. With more.",
      "Second answer.",
    ]);
  });

  it("is cut inside a word only when the word alone is too long, and never inside an emoji", () => {
    expect(splitText("abcdefghij", within(4))).toEqual(["abcd", "efgh", "ij"]);
    expect(splitText("ok👨‍👩‍👧ok", within(9))).toEqual(["ok", "👨‍👩‍👧o", "k"]);
  });

  it("is measured a few times for each part, not at each letter", () => {
    let measured = 0;
    const parts = splitText("Ito po ang sagot namin. ".repeat(170), (part) => {
      measured++;
      return part.length <= 1_000;
    });
    expect(parts.length).toBe(5);
    expect(measured).toBeLessThan(100);
  });

  it("fills each part as far as it goes, wherever the limit falls", () => {
    const word = "abcdefghijklmnopqrstuvwxyz";
    for (let most = 1; most <= word.length; most++)
      expect(splitText(word, within(most))[0]).toBe(word.slice(0, most));
  });

  it("loses no word and exceeds no limit, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 400 }),
        fc.integer({ min: 20, max: 60 }),
        (text, most) => {
          const parts = splitText(text, within(most));
          expect(parts.join("").replace(/\s/gu, "")).toBe(text.replace(/\s/gu, ""));
          for (const part of parts) expect(part.length).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});
