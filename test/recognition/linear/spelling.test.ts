import { describe, expect, it } from "@jest/globals";
import { Spelling, withinOneEdit } from "../../../src/recognition/linear/spelling.ts";

const spelling = new Spelling(
  new Map([
    ["password", 9],
    ["passwords", 1],
    ["order", 5],
    ["cart", 3],
    ["card", 7],
    ["not", 20],
  ]),
);

describe("spelling", () => {
  it.each([
    ["pasword", "password"],
    ["passsword", "password"],
    ["passwrod", "password"],
    ["pazsword", "password"],
    ["odrer", "order"],
    ["carl", "card"],
  ])("mends “%s” to “%s”", (typed, meant) => {
    expect(spelling.mend(typed, () => 0)).toBe(meant);
  });

  it.each(["nto", "ca", "weather", "pwsord", ""])("leaves “%s” alone", (typed) => {
    expect(spelling.mend(typed, () => 0)).toBeUndefined();
  });

  it("prefers the word that was seen beside the same neighbours", () => {
    expect(spelling.mend("carl", (word) => (word === "cart" ? 1 : 0))).toBe("cart");
  });

  it("mends short words only where they fit", () => {
    expect(spelling.mend("nto", (word) => (word === "not" ? 1 : 0))).toBe("not");
  });

  it("takes numbers and placeholders for known", () => {
    expect([
      spelling.knows("####"),
      spelling.knows("‹phone"),
      spelling.knows("order"),
      spelling.knows("weather"),
    ]).toEqual([true, true, true, false]);
  });

  it("tells one edit from two", () => {
    expect([
      withinOneEdit("abcd", "abdc"),
      withinOneEdit("abcd", "badc"),
      withinOneEdit("abcd", "abc"),
      withinOneEdit("abcd", "ab"),
    ]).toEqual([true, false, true, false]);
  });
});

describe("words that were typed together", () => {
  const known = new Spelling(
    new Map([
      ["where", 9],
      ["my", 9],
      ["credit", 4],
      ["score", 3],
      ["a", 30],
      ["way", 2],
    ]),
  );
  const beside = new Set(["where my", "credit score"]);
  const together = (left: string, right: string): boolean => beside.has(`${left} ${right}`);

  it.each([
    ["wheremy", ["where", "my"]],
    ["creditgscore", ["credit", "score"]],
  ])("“%s” are two", (typed, words) => {
    expect(known.apart(typed, together)).toEqual(words);
  });

  it.each(["away", "scoremy", "wheremyscore", "wher"])("“%s” stays one", (typed) => {
    expect(known.apart(typed, together)).toBeUndefined();
  });
});
