import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { alikePairs } from "../../../src/workbench/check/alike-pairs.ts";
import { characterGrams, jaccard, shareOfLarger, wordGrams } from "../../../src/workbench/check/grams.ts";

const line = fc
  .array(fc.constantFrom("san", "na", "order", "ko", "po", "asan", "odrer", "my", "parcel"), {
    minLength: 1,
    maxLength: 5,
  })
  .map((words) => ({ text: words.join(" ") }));

describe("lines that are alike", () => {
  it("are exactly those that comparing each with each finds", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom(0.5, 0.8, 0.95), (lines, least) => {
        const found = alikePairs(lines, least, () => true).map(({ one, other }) => [
          lines.indexOf(one),
          lines.indexOf(other),
        ]);
        const expected = lines.flatMap((one, i) =>
          lines
            .slice(0, i)
            .flatMap((other, j) =>
              jaccard(characterGrams(one.text), characterGrams(other.text)) >= least ? [[i, j]] : [],
            ),
        );
        expect(found.sort()).toEqual(expected.sort());
      }),
    );
  });

  it("do not depend on capitals and punctuation, and share no more than all", () => {
    expect(jaccard(characterGrams("SAN NA, order ko?!"), characterGrams("san na order ko"))).toBe(1);
    expect(shareOfLarger(wordGrams("where is my order"), wordGrams("where is my order"))).toBe(1);
    expect(shareOfLarger(wordGrams("hm"), wordGrams("hm"))).toBe(1);
    expect(shareOfLarger(wordGrams("where is my order"), wordGrams("where is my money"))).toBe(0.5);
  });
});
