import { describe, expect, it } from "@jest/globals";
import { judge } from "../../../src/recognition/linear/rejector.ts";
import { trainLinear } from "../../../src/recognition/linear/train.ts";
import { decodeModel, encodeModel } from "../../../src/recognition/linear/model-file.ts";
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

describe("knowledge of words", () => {
  const lines: Record<string, string[]> = {
    refund: ["i want my money back", "please refund me", "can i get a refund", "give me back what i paid"],
    track: ["where is my parcel", "track my package", "when will it arrive", "has it been shipped"],
    hours: ["when do you open", "what are your hours", "are you open on sunday", "what time do you close"],
    broken: ["it came broken", "the item is damaged", "it does not work", "there is a crack in it"],
  };
  const english: TrainingSet = {
    utterances: Object.entries(lines).flatMap(([intent, texts]) => texts.map((text) => ({ text, intent }))),
  };
  const { scorer, ...model } = trainLinear(english, defaultSettings, () => undefined);
  const bestOf = (line: string): string | undefined => scorer.shape.intents[scorer.score(line).best];

  it.each([
    ["reimburse the payment", "refund"],
    ["delivery status of the shipment", "track"],
    ["faulty and defective", "broken"],
  ])("recognizes “%s”, of which it saw no word", (line, intent) => {
    expect(bestOf(line)).toBe(intent);
  });

  it.each([
    ["ibalik niyo po pera ko", "refund"],
    ["nasaan na yung padala", "track"],
    ["kailan po kayo bukas", "hours"],
    ["may sira po yung item", "broken"],
  ])("recognizes “%s”, though trained on English alone", (line, intent) => {
    expect(bestOf(line)).toBe(intent);
  });

  it("refuses a model that was trained with other word vectors", async () => {
    const file = encodeModel({ ...model, scorer }, { contentHash: "", settings: "{}", figures: {} });
    const other = file.toString("latin1").replace(/"wordVectors":"\w{12}/, '"wordVectors":"000000000000');
    expect(await decodeModel(file)).not.toHaveProperty("refused");
    expect(await decodeModel(Buffer.from(other, "latin1"))).toEqual({
      refused: "it was trained with other word vectors",
    });
  });
});
