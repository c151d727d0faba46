import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { groupAlike } from "../../src/insights/likeness.ts";

const same = (line: string) => line;

describe("what was not understood", () => {
  it("is grouped by what it is about, in either language and with typing errors", () => {
    const lines = [
      ...["do you have gift wrap", "may gift wrap kayo?", "can you gift wrapp it pls"],
      ...["are you hiring", "Hiring po ba kayo???", "HIRING po"],
      ...["do you have a store in Davao?", "may store ba kayo sa davao"],
      "what is the weather",
    ];
    expect(groupAlike(lines, same).map((group) => group.toSorted())).toEqual([
      ["can you gift wrapp it pls", "do you have gift wrap", "may gift wrap kayo?"],
      ["HIRING po", "Hiring po ba kayo???", "are you hiring"],
      ["do you have a store in Davao?", "may store ba kayo sa davao"],
      ["what is the weather"],
    ]);
  });

  it("loses nobody's words and is grouped the same way again", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 30 }), { maxLength: 40 }), (lines) => {
        const groups = groupAlike(lines, same);
        expect(groups.flat().toSorted()).toEqual(lines.toSorted());
        expect(groupAlike(lines, same)).toEqual(groups);
      }),
    );
  });
});
