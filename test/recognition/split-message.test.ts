import { describe, expect, it } from "@jest/globals";
import { jointsOf } from "../../src/recognition/split-message.ts";
import { clothesRecognizer } from "./clothes-recognizer.ts";
import { oneRequest, twoRequests } from "./joined-messages.ts";

const intentsIn = (message: string): (string | undefined)[] =>
  clothesRecognizer.recognize(message, {}).parts.map(({ candidates }) => candidates[0]?.intent);

describe("two requests in one message", () => {
  it.each<[string, string[]]>([
    ["magkano po sf at paano magbayad", ["shipping-fee", "payment-methods"]],
    ["where is my order and how much is shipping", ["order-status", "shipping-fee"]],
    ["i forgot my password. also cancel my order please", ["reset-password", "cancel-order"]],
    ["nasaan na po ang order ko tsaka magkano ang shipping fee", ["order-status", "shipping-fee"]],
    ["paki-cancel po ng order ko, tapos nakalimutan ko password ko", ["cancel-order", "reset-password"]],
  ])("are recognized apart in “%s”", (message, intents) => {
    const { parts } = clothesRecognizer.recognize(message, {});
    expect(parts.map(({ candidates }) => candidates[0]?.intent)).toEqual(intents);
    for (const { text } of parts) expect(message).toContain(text);
  });

  it("are recognized apart in nine of ten messages of the test set", () => {
    const missed = twoRequests.filter(
      ([message, first, second]) => JSON.stringify(intentsIn(message)) !== JSON.stringify([first, second]),
    );
    expect(twoRequests.length).toBeGreaterThanOrEqual(100);
    expect(missed.length).toBeLessThanOrEqual(twoRequests.length / 10);
  });

  it("are three at most", () => {
    const message = "where is my order. how much is shipping. i forgot my password. are you open on sunday";
    expect(intentsIn(message).length).toBe(3);
  });
});

describe("one request", () => {
  it.each(["hi po, where is my order", "cancel my order. please cancel my order", "pick up at showroom"])(
    "“%s” stays one",
    (message) => {
      expect(clothesRecognizer.recognize(message, {}).parts.map(({ text }) => text)).toEqual([message]);
    },
  );

  it("stays one in all but one in thirty messages that hold a word that may join two", () => {
    const cut = oneRequest.filter((message) => intentsIn(message).length > 1);
    expect(oneRequest.length).toBeGreaterThanOrEqual(60);
    expect(cut.length).toBeLessThanOrEqual(oneRequest.length / 30);
  });
});

describe("places for a cut", () => {
  it.each<[string, string[]]>([
    ["where is my order", []],
    ["hi. where is my order", []],
    ["where is my order? how much is shipping", ["clear"]],
    ["where is my order and how much is shipping", ["opened"]],
    ["magkano po yung blue dress and red shoes", ["unclear"]],
    ["my card was declined and i want to know why", ["dependent"]],
    ["pick up my order at the showroom", ["dependent"]],
  ])("“%s”: %j", (message, kinds) => {
    expect(jointsOf(message).map(({ kind }) => kind)).toEqual(kinds);
  });

  it("are not looked for in a message longer than anybody's two requests", () => {
    expect(jointsOf("where is my order and how much is shipping ".repeat(20))).toEqual([]);
  });
});
