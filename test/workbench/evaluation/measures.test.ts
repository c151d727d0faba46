import { describe, expect, it } from "@jest/globals";
import {
  auroc,
  calibrationError,
  confusedPairs,
  intentScores,
  qualityBy,
  qualityOf,
  reliability,
  type Judgement,
} from "../../../src/workbench/evaluation/measures.ts";

const line = (
  intent: string | null,
  predicted: string | null,
  confidence: number,
  rejected = false,
  locale?: string,
): Judgement => ({
  text: `${intent ?? "outside"} as ${predicted ?? "nothing"}`,
  intent,
  predicted,
  confidence,
  outOfScope: 1 - confidence,
  rejected,
  locale,
});

const lines = [
  line("a", "a", 0.9),
  line("a", "a", 0.8),
  line("a", "b", 0.7),
  line("b", "b", 0.3, true),
  line(null, "a", 0.2, true),
  line(null, "b", 0.6),
];

describe("quality", () => {
  it("counts a rejected in-scope line as wrong at the operating point only", () => {
    expect(qualityOf(lines)).toMatchObject({
      inScopeAccuracy: 0.75,
      accuracyAtOperatingPoint: 0.5,
      oosRecall: 0.5,
      oosPrecision: 0.5,
      joint: 0.5,
    });
  });

  it("is null where there are no such lines", () => {
    expect(qualityOf([])).toEqual({
      inScopeAccuracy: null,
      accuracyAtOperatingPoint: null,
      oosRecall: null,
      oosPrecision: null,
      oosAuroc: null,
      joint: null,
      ece: null,
      macroF1: null,
    });
    expect(qualityOf(lines.slice(0, 4))).toMatchObject({
      oosRecall: null,
      oosPrecision: null,
      oosAuroc: null,
      joint: 0.5,
    });
    expect(qualityOf(lines.slice(4))).toMatchObject({
      inScopeAccuracy: null,
      accuracyAtOperatingPoint: null,
      macroF1: null,
      oosRecall: 0.5,
    });
  });

  it("has as macro F1 the mean over the intents that are meant", () => {
    // a: precision 1, recall 2/3; b: precision 1/2, recall 1.
    expect(qualityOf(lines).macroF1).toBeCloseTo((0.8 + 2 / 3) / 2);
    expect(intentScores(lines.slice(0, 4)).map(({ intent, lines: count }) => [intent, count])).toEqual([
      ["a", 3],
      ["b", 1],
    ]);
  });

  it("is told by group", () => {
    const grouped = qualityBy(
      [line("a", "a", 1, false, "fil"), line("a", "b", 1, false, "en"), line("b", "b", 1)],
      ({ locale }) => locale,
    );
    expect(grouped.map(({ group, quality }) => [group, quality.inScopeAccuracy])).toEqual([
      ["en", 0],
      ["fil", 1],
    ]);
  });
});

describe("AUROC", () => {
  it.each<[string, number[], number[], number | null]>([
    ["1 when all are apart", [0.9, 0.8], [0.1, 0.2], 1],
    ["0 when all are the wrong way round", [0.1], [0.9], 0],
    ["one half when all are equal", [0.5, 0.5], [0.5], 0.5],
    ["the share of pairs in order", [0.3, 0.8], [0.5, 0.1], 0.75],
    ["nothing without lines of both kinds", [], [0.5], null],
  ])("is %s", (_what, positives, negatives, expected) => {
    expect(auroc(positives, negatives)).toBe(expected);
  });
});

describe("calibration", () => {
  it("has no error when confidence is how often it is right", () => {
    expect(
      calibrationError(Array.from({ length: 10 }, (_, i) => line("a", i < 8 ? "a" : "b", 0.8))),
    ).toBeCloseTo(0);
  });

  it("has an error of its distance otherwise, and counts lines out of scope as never right", () => {
    expect(calibrationError([line("a", "a", 0.6), line(null, "a", 0.6)])).toBeCloseTo(0.1);
    expect(calibrationError([line(null, "a", 1)])).toBe(1);
  });

  it("puts a confidence of 1 into the last bar", () => {
    expect(reliability([line("a", "a", 1)])).toEqual([
      { from: 14 / 15, to: 1, lines: 1, meanConfidence: 1, accuracy: 1 },
    ]);
  });
});

describe("confusions", () => {
  it("are listed with their utterances, most frequent first", () => {
    const confused = [
      line("a", "b", 1),
      line("b", "a", 1),
      line("b", "a", 0.5),
      line("a", "a", 1),
      line(null, "a", 1),
      line("a", null, 0),
    ];
    expect(
      confusedPairs(confused).map(({ meant, predicted, utterances }) => [
        meant,
        predicted,
        utterances.length,
      ]),
    ).toEqual([
      ["b", "a", 2],
      ["a", "b", 1],
    ]);
  });
});
