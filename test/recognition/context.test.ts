import { beforeAll, describe, expect, it } from "@jest/globals";
import { isBareQuestion } from "../../src/recognition/context/bare-question.ts";
import { namedChoice, pickedChoice } from "../../src/recognition/context/picked-choice.ts";
import { slotAnswer } from "../../src/recognition/context/slot-answer.ts";
import { entityFinder } from "../../src/recognition/entities/entity-finder.ts";
import type { LinearRecognizer } from "../../src/recognition/linear/linear-recognizer.ts";
import type { RecognitionContext } from "../../src/recognition/recognizer.ts";
import { clothesRecognizer } from "./clothes-recognizer.ts";
import { contextFreeLines, contextTurns, misleading } from "./context-turns.ts";
import { shopRecognizer } from "./shop-recognizer.ts";

let recognizer: LinearRecognizer;
beforeAll(async () => {
  recognizer = await shopRecognizer();
}, 60_000);
const inClothes = (utterance: string, context: RecognitionContext = {}): string | undefined =>
  clothesRecognizer.recognize(utterance, context).parts[0]?.candidates[0]?.intent;

describe("context", () => {
  it.each(contextTurns)("makes “%s” with %j mean %s", (utterance, context, intent) => {
    expect(inClothes(utterance, context)).toBe(intent);
  });

  it("is what most of these replies need", () => {
    const without = contextTurns.filter(([utterance, , intent]) => inClothes(utterance) === intent);
    expect(contextTurns.length).toBeGreaterThanOrEqual(40);
    expect(without.length).toBeLessThan(contextTurns.length / 2);
  });

  it.each(contextFreeLines)("never changes “%s”, which means %s by itself", (utterance, intent) => {
    expect([inClothes(utterance), ...misleading.map((context) => inClothes(utterance, context))]).toEqual(
      new Array<string>(1 + misleading.length).fill(intent),
    );
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

describe("a choice named by what is written on it", () => {
  const labels = ["Track my order", "Cancel my order", "Magkano ang shipping"];
  it.each<[string, number | undefined]>([
    ["track", 0],
    ["yung cancel po", 1],
    ["the shipping one", 2],
    ["order", undefined],
    ["cancel my account", undefined],
    ["po", undefined],
    ["", undefined],
    ["i want to know about something else entirely please", undefined],
  ])("“%s” is %s", (reply, index) => {
    expect(namedChoice(reply, labels)).toBe(index);
  });
});

describe("an answer to what was asked for", () => {
  const now = (): number => Date.UTC(2026, 10, 22);
  const find = entityFinder({ now });
  it.each<[string, string, "whole" | "partly" | "no"]>([
    ["123456", "orderNumber", "whole"],
    ["order number ko po ay 123456", "orderNumber", "whole"],
    ["123456 pero gusto ko na i-cancel", "orderNumber", "partly"],
    ["wala po akong order number", "orderNumber", "no"],
    ["bukas po", "deliveryDate", "whole"],
    ["pwede po ba sa december 3 ng umaga ang delivery", "deliveryDate", "partly"],
    ["where is my order", "orderNumber", "no"],
    ["maria@example.com", "email", "whole"],
    ["2", "quantity", "whole"],
    ["2", "colour", "no"],
    ["", "orderNumber", "no"],
  ])("“%s” for %s: %s", (text, slot, answer) => {
    expect(slotAnswer(text, slot, find(text))).toBe(answer);
  });
});

describe("a question that leaves out what about", () => {
  it.each<[string, boolean]>([
    ["magkano po", true],
    ["how much is it", true],
    ["kailan kaya", true],
    ["magkano po ang shipping", false],
    ["po", false],
    ["", false],
  ])("“%s”: %s", (text, bare) => {
    expect(isBareQuestion(text)).toBe(bare);
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
