import { beforeAll, describe, expect, it } from "@jest/globals";
import { systemClock } from "../../src/basics/time.ts";
import { evaluate, type Evaluation } from "../../src/workbench/evaluation/evaluate.ts";
import type { LabelledRow } from "../../src/workbench/evaluation/labelled-rows.ts";
import { reportPage } from "../../src/workbench/evaluation/report-page.ts";
import { reportText } from "../../src/workbench/evaluation/report-text.ts";
import { shop, shopNegatives } from "../recognition/shop.ts";

const rows: LabelledRow[] = [
  ...shop.utterances.map(({ text, intent }, i) => ({
    split: i % 5 === 0 ? ("test" as const) : ("train" as const),
    intent,
    text,
    locale: i % 2 === 0 ? "en" : "fil",
  })),
  ...shopNegatives.map((text, i) => ({
    split: i % 3 === 0 ? ("test" as const) : ("train" as const),
    intent: null,
    text,
  })),
];
const options = {
  kind: "linear",
  operatingPoint: { kind: "joint" },
  folds: 2,
  learningCurve: false,
  clock: systemClock,
} as const;

const keys = [
  "inScopeAccuracy",
  "accuracyAtOperatingPoint",
  "oosRecall",
  "oosPrecision",
  "oosAuroc",
  "joint",
  "typoAccuracy",
  "trainSeconds",
  "longestBlockMs",
  "linesPerSecond",
  "modelBytes",
  "ece",
  "macroF1",
];

let evaluation: Evaluation;
beforeAll(async () => {
  evaluation = await evaluate(rows, { ...options, learningCurve: true, traits: shop.intents });
});

describe("an evaluation", () => {
  it("has exactly the figures that tools read", () => {
    expect(Object.keys(evaluation.figures).sort()).toEqual([...keys].sort());
  });

  it("measures on the test rows, all of them and no others", () => {
    expect(evaluation.lines.map(({ text }) => text)).toEqual(
      rows.filter(({ split }) => split === "test").map(({ text }) => text),
    );
    expect(evaluation.figures.inScopeAccuracy).toBeGreaterThan(0.5);
    expect(evaluation.figures.linesPerSecond).toBeGreaterThan(0);
  });

  it("has a learning curve of four points", () => {
    expect(evaluation.learningCurve.map(({ share }) => share)).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it("cross-validates when there is only the split “train”: every row once; and has no figure for what the data lacks", async () => {
    const all = rows
      .filter(({ intent }) => intent !== null)
      .map((row) => ({ ...row, split: "train" as const }));
    const { lines, method, figures } = await evaluate(all, options);
    expect(lines.map(({ text }) => text).sort()).toEqual(all.map(({ text }) => text).sort());
    expect(method).toContain("2 folds");
    expect(figures).toMatchObject({ oosRecall: null, oosPrecision: null, oosAuroc: null });
  });

  it("cannot do without a row to train on", async () => {
    await expect(
      evaluate(
        rows.filter(({ split }) => split === "test"),
        options,
      ),
    ).rejects.toThrow(/no row of the split “train”/);
  });
});

describe("its reports", () => {
  it("tell a person the figures, the confusions and the groups", () => {
    const text = reportText(evaluation, { traits: shop.intents, most: 5 });
    for (const heading of [
      "in-scope accuracy",
      "Weakest intents",
      "By stage",
      "By kind",
      "By locale",
      "Learning curve",
    ])
      expect(text).toContain(heading);
  });

  it("are one page that loads nothing and escapes what customers wrote", () => {
    const [first] = evaluation.lines;
    const hostile = {
      ...evaluation,
      lines: [
        ...evaluation.lines,
        {
          ...first,
          text: "<script>alert(1)</script>",
          intent: "a",
          predicted: "b",
          confidence: 1,
          outOfScope: 0,
          rejected: false,
        },
      ],
    };
    const page = reportPage(hostile, "linear & <co>");
    expect(page).toContain("linear &amp; &lt;co&gt;");
    expect(page).not.toMatch(/<script|src=|href=|@import|url\(/);
    for (const title of ["Reliability", "Learning curve", "Confusions"]) expect(page).toContain(title);
  });
});
