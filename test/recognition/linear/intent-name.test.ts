import { describe, expect, it } from "@jest/globals";
import { wordsOfName } from "../../../src/recognition/linear/intent-name.ts";

describe("the words of an intent's name", () => {
  it.each([
    ["delivery.where-is-it", ["delivery", "where", "is", "it"]],
    ["card_payment_fee_charged", ["card", "payment", "fee", "charged"]],
    ["cancelOrder", ["cancel", "order"]],
    ["Refund not showing up", ["refund", "not", "showing", "up"]],
  ])("of “%s”", (name, words) => {
    expect(wordsOfName(name)).toEqual(words);
  });

  it.each(["17", "q4", "intent-1.b".slice(7), "a.b.c", ""])("of “%s” are none", (name) => {
    expect(wordsOfName(name)).toEqual([]);
  });
});
