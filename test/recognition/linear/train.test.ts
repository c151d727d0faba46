import { describe, expect, it } from "@jest/globals";
import { judge } from "../../../src/recognition/linear/rejector.ts";
import { trainLinear } from "../../../src/recognition/linear/train.ts";
import { defaultSettings } from "../../../src/recognition/linear/training-settings.ts";
import type { TrainingSet } from "../../../src/recognition/training-set.ts";

describe("training", () => {
  it.each<[string, TrainingSet]>([
    [
      "one intent only",
      {
        utterances: [
          { text: "hello", intent: "greet" },
          { text: "hi there", intent: "greet" },
        ],
      },
    ],
    ["one line only", { utterances: [{ text: "hello", intent: "greet" }] }],
    [
      "two identical intents",
      {
        utterances: ["a", "b"].flatMap((intent) =>
          ["hello there", "good day", "hi"].map((text) => ({ text, intent })),
        ),
      },
    ],
    [
      "empty lines",
      {
        utterances: [
          { text: "", intent: "a" },
          { text: " ", intent: "b" },
        ],
      },
    ],
    [
      "emoji lines",
      {
        utterances: [
          { text: "👍", intent: "yes" },
          { text: "👎", intent: "no" },
        ],
      },
    ],
    [
      "held-out lines of intents that are not trained",
      { utterances: [{ text: "hello", intent: "greet" }], heldOut: [{ text: "bye", intent: "part" }] },
    ],
  ])("copes with %s", (_what, trainingSet) => {
    const { scorer, rejector } = trainLinear(trainingSet, defaultSettings, () => undefined);
    const { probabilities, evidence } = scorer.score("hello there");
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1);
    const { confidence, outOfScope } = judge(rejector, evidence);
    expect(confidence + outOfScope).toBeGreaterThanOrEqual(0);
    expect(confidence + outOfScope).toBeLessThanOrEqual(1.000_001);
  });
});
