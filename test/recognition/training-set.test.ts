import { describe, expect, it } from "@jest/globals";
import {
  intentsOf,
  packTrainingSet,
  trainingSetHash,
  unpackTrainingSet,
  type TrainingSet,
} from "../../src/recognition/training-set.ts";
import { shop } from "./shop.ts";

describe("a training set", () => {
  it("survives the way to the worker", async () => {
    const set: TrainingSet = {
      utterances: [
        { text: "two\nlines", intent: "a" },
        { text: "", intent: "b" },
      ],
      heldOut: [{ text: "x", intent: "a" }],
      negatives: ["n1", "n2"],
      heldOutNegatives: [],
      intents: { a: { stage: "s" } },
    };
    expect(unpackTrainingSet(await packTrainingSet(set))).toEqual({
      ...set,
      utterances: [
        { text: "two lines", intent: "a" },
        { text: "", intent: "b" },
      ],
    });
  });

  it("of 12,000 lines survives it too, in order", async () => {
    const utterances = Array.from({ length: 12_000 }, (_, i) => ({
      text: `line ${String(i)}`,
      intent: `i${String(i % 7)}`,
    }));
    expect(unpackTrainingSet(await packTrainingSet({ utterances })).utterances).toEqual(utterances);
  });

  it("has another hash when anything of it changes", async () => {
    const variants: TrainingSet[] = [
      shop,
      { ...shop, utterances: shop.utterances.slice(1) },
      { ...shop, heldOut: shop.utterances.slice(0, 1) },
      { ...shop, negatives: [] },
      { ...shop, heldOutNegatives: shop.negatives ?? [] },
      { ...shop, intents: {} },
    ];
    const hashes = await Promise.all(variants.map(trainingSetHash));
    expect(new Set(hashes).size).toBe(variants.length);
    expect(await trainingSetHash({ ...shop })).toBe(hashes[0]);
  });

  it("names its intents once, in alphabetical order", () => {
    expect(intentsOf(shop)).toEqual(["cancel-order", "order-status", "reset-password", "shipping-fee"]);
  });
});
