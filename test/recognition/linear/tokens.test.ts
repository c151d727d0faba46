import { describe, expect, it } from "@jest/globals";
import { tokensOf } from "../../../src/recognition/linear/tokens.ts";

describe("the tokens of a line", () => {
  it.each([
    ["Where's my ORDER?", ["where", "is", "my", "order"]],
    ["i can't / cannot log in, won't", ["i", "can", "not", "can", "not", "log", "in", "will", "not"]],
    ["Paki-cancel po", ["paki", "cancel", "po"]],
    ["order 12345 sa 2 items", ["order", "#####", "sa", "#", "items"]],
    ["niño café", ["nino", "cafe"]],
    ["plsssss helloooo good", ["pls", "hello", "good"]],
    ["it’s 𝗯𝗼𝗹𝗱", ["it", "is", "bold"]],
    ["tawag sa ‹phone:1› salamat", ["tawag", "sa", "‹phone", "salamat"]],
    ["salamat 👍🏽!", ["salamat", "👍"]],
    ["", []],
  ])("of “%s” are %j", (line, tokens) => {
    expect(tokensOf(line)).toEqual(tokens);
  });

  it("of a very long line end somewhere", () => {
    expect(tokensOf("salamat ".repeat(10_000)).length).toBe(125);
  });
});
