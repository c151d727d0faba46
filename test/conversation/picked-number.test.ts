import { describe, expect, it } from "@jest/globals";
import { pickedNumber } from "../../src/conversation/dialog/picked-number.ts";

describe("an item picked by its number", () => {
  it.each([
    ["2", 3, 1],
    ["yung pangalawa po", 3, 1],
    ["the second one", 3, 1],
    ["the second one please", 3, 1],
    ["the last one po", 3, 2],
    ["one", 3, 0],
    ["number one please", 3, 0],
    ["Pang-apat na lang", 5, 3],
    ["yung huli po", 3, 2],
    ["4", 3, undefined],
    ["one refund", 3, undefined],
    ["yung isa o dalawa", 3, undefined],
    ["po", 3, undefined],
    ["1", 0, undefined],
  ])("%j among %i is %p", (reply, count, place) => {
    expect(pickedNumber(reply, count)).toBe(place);
  });
});
