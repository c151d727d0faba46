import { beforeAll, describe, expect, it } from "@jest/globals";
import { pickedChoice } from "../../src/recognition/context/picked-choice.ts";
import type { LinearRecognizer } from "../../src/recognition/linear/linear-recognizer.ts";
import type { RecognitionContext } from "../../src/recognition/recognizer.ts";
import { possibleParts } from "../../src/recognition/split-message.ts";
import { shopRecognizer } from "./shop-recognizer.ts";

let recognizer: LinearRecognizer;
beforeAll(async () => {
  recognizer = await shopRecognizer();
});
const best = (utterance: string, context: RecognitionContext = {}): string | undefined =>
  recognizer.recognize(utterance, context).parts[0]?.candidates[0]?.intent;

/** Replies that mean nothing by themselves, the context they come in, and what they then mean. */
const inContext: readonly (readonly [string, RecognitionContext, string])[] = [
  ["2", { offeredIntents: ["order-status", "cancel-order"] }, "cancel-order"],
  ["yung pangalawa po", { offeredIntents: ["order-status", "cancel-order"] }, "cancel-order"],
  ["the first one", { offeredIntents: ["shipping-fee", "cancel-order"] }, "shipping-fee"],
  ["yes", { offeredIntents: ["reset-password"] }, "reset-password"],
  ["opo", { openIntent: "cancel-order" }, "cancel-order"],
  ["yung order po", { offeredIntents: ["order-status", "reset-password"] }, "order-status"],
  ["magkano po", { stage: "delivery" }, "shipping-fee"],
  ["password", { openIntent: "reset-password" }, "reset-password"],
];

/** Lines that say enough; no context may change them. */
const contextFree: readonly (readonly [string, string])[] = [
  ["where is my order", "order-status"],
  ["paki-cancel po ng order ko", "cancel-order"],
  ["how much is shipping", "shipping-fee"],
  ["i forgot my password", "reset-password"],
];
const contexts: readonly RecognitionContext[] = [
  { openIntent: "cancel-order", stage: "ordering" },
  { offeredIntents: ["reset-password", "shipping-fee"], stage: "account-creation" },
  { openIntent: "order-status", expectedSlot: "orderNumber", stage: "delivery" },
];

describe("context", () => {
  it.each(inContext)("makes “%s” with %j mean %s", (utterance, context, intent) => {
    expect(best(utterance, context)).toBe(intent);
  });

  it("never changes a line that says enough by itself", () => {
    for (const [utterance, intent] of contextFree)
      for (const context of contexts)
        expect([utterance, best(utterance, context)]).toEqual([utterance, intent]);
  });

  it("makes what it expects surer, and never excludes the rest", () => {
    const without = recognizer.recognize("magkano po", {}).parts[0];
    const within = recognizer.recognize("magkano po", { stage: "delivery" }).parts[0];
    const confidence = (part: typeof within): number =>
      part?.candidates.find(({ intent }) => intent === "shipping-fee")?.confidence ?? 0;
    expect(confidence(within)).toBeGreaterThan(confidence(without));
    expect(within?.candidates.length).toBe(without?.candidates.length);
    expect(within?.outOfScope).toBeLessThanOrEqual(without?.outOfScope ?? 1);
  });
});

describe("a pick among choices", () => {
  it.each<[string, number, number | undefined]>([
    ["1", 3, 0],
    ["#2", 3, 1],
    ["number 3 po", 3, 2],
    ["the last one", 4, 3],
    ["yung huli", 2, 1],
    ["4", 3, undefined],
    ["yes", 2, undefined],
    ["yes po", 1, 0],
    ["cancel my order", 2, undefined],
    ["", 2, undefined],
    ["2", 0, undefined],
  ])("“%s” of %d is %s", (reply, count, index) => {
    expect(pickedChoice(reply, count)).toBe(index);
  });
});

describe("two requests in one message", () => {
  it.each<[string, string[]]>([
    ["where is my order and how much is shipping", ["order-status", "shipping-fee"]],
    ["i forgot my password. also cancel my order please", ["reset-password", "cancel-order"]],
    ["nasaan na po ang order ko tsaka magkano ang shipping fee", ["order-status", "shipping-fee"]],
    ["paki-cancel po ng order ko, tapos nakalimutan ko password ko", ["cancel-order", "reset-password"]],
  ])("are recognized apart in “%s”", (message, intents) => {
    const { parts } = recognizer.recognize(message, {});
    expect(parts.map(({ candidates }) => candidates[0]?.intent)).toEqual(intents);
    for (const { text } of parts) expect(message).toContain(text);
  });

  it.each([
    "hi po, where is my order",
    "cancel my order. please cancel my order",
    "i want to cancel the order and i mean it",
    "track my order please. thanks and god bless",
  ])("“%s” stays one", (message) => {
    expect(recognizer.recognize(message, {}).parts.map(({ text }) => text)).toEqual([message]);
  });

  it("are looked for only where a message has a joint", () => {
    expect(possibleParts("where is my order").pieces).toEqual([]);
    expect(possibleParts("where is my order? how much is shipping")).toEqual({
      pieces: ["where is my order", "how much is shipping"],
      clear: true,
    });
    expect(possibleParts("where is my order and how much is shipping").clear).toBe(false);
  });
});
