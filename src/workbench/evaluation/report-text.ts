import type { Evaluation, Figures } from "./evaluate.ts";
import { confusedPairs, intentScores, qualityBy, type Judgement } from "./measures.ts";
import type { IntentTraits } from "../../recognition/training-set.ts";

const percent = (fraction: number | null): string =>
  fraction === null ? "–" : `${(fraction * 100).toFixed(1)} %`;

const labels: Readonly<Record<keyof Figures, string>> = {
  inScopeAccuracy: "in-scope accuracy, nothing rejected",
  accuracyAtOperatingPoint: "in-scope accuracy at the operating point",
  oosRecall: "out-of-scope lines found",
  oosPrecision: "of the rejected lines, out of scope",
  oosAuroc: "out-of-scope AUROC",
  joint: "right decisions over all lines",
  typoAccuracy: "in-scope accuracy, one typo a line",
  trainSeconds: "training",
  longestBlockMs: "longest block of the main loop",
  linesPerSecond: "lines a second",
  modelBytes: "model file",
  ece: "expected calibration error",
  macroF1: "macro F1",
};

function shown(key: keyof Figures, value: number | null): string {
  if (value === null) return "–";
  if (key === "trainSeconds") return `${value.toFixed(1)} s`;
  if (key === "longestBlockMs") return `${value.toFixed(0)} ms`;
  if (key === "linesPerSecond") return value.toFixed(0);
  if (key === "modelBytes") return `${(value / 1e6).toFixed(2)} MB`;
  return percent(value);
}

/** The figures as rows of [label, value]. */
export const figureRows = (figures: Figures): (readonly [label: string, value: string])[] => [
  [labels.inScopeAccuracy, shown("inScopeAccuracy", figures.inScopeAccuracy)],
  [labels.accuracyAtOperatingPoint, shown("accuracyAtOperatingPoint", figures.accuracyAtOperatingPoint)],
  [labels.oosRecall, shown("oosRecall", figures.oosRecall)],
  [labels.oosPrecision, shown("oosPrecision", figures.oosPrecision)],
  [labels.oosAuroc, shown("oosAuroc", figures.oosAuroc)],
  [labels.joint, shown("joint", figures.joint)],
  [labels.macroF1, shown("macroF1", figures.macroF1)],
  [labels.ece, shown("ece", figures.ece)],
  [labels.typoAccuracy, shown("typoAccuracy", figures.typoAccuracy)],
  [labels.trainSeconds, shown("trainSeconds", figures.trainSeconds)],
  [labels.longestBlockMs, shown("longestBlockMs", figures.longestBlockMs)],
  [labels.linesPerSecond, shown("linesPerSecond", figures.linesPerSecond)],
  [labels.modelBytes, shown("modelBytes", figures.modelBytes)],
];

export interface ReportOptions {
  readonly traits?: Readonly<Record<string, IntentTraits>> | undefined;
  /** How many pairs and intents are listed. */
  readonly most: number;
}

/** An evaluation as lines of text for a terminal. */
export function reportText(evaluation: Evaluation, options: ReportOptions): string {
  const { figures, lines, learningCurve, method } = evaluation;
  const rows = figureRows(figures);
  const width = Math.max(...rows.map(([label]) => label.length));
  const inScope = lines.filter(({ intent }) => intent !== null);
  return [
    `${method[0]?.toUpperCase() ?? ""}${method.slice(1)}.`,
    "",
    ...rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`),
    ...section(
      "Weakest intents",
      [...intentScores(inScope)]
        .sort((a, b) => a.f1 - b.f1)
        .slice(0, options.most)
        .map(({ intent, f1, lines: count }) => `${percent(f1).padStart(7)}  ${intent} (${count})`),
    ),
    ...section(
      "Taken for one another",
      confusedPairs(lines)
        .slice(0, options.most)
        .flatMap(({ meant, predicted, utterances }) => [
          `${meant} → ${predicted}: ${utterances.length}`,
          ...utterances.slice(0, 3).map((text) => `    ${text.slice(0, 100)}`),
        ]),
    ),
    ...groups("By stage", lines, ({ intent }) =>
      intent === null ? undefined : options.traits?.[intent]?.stage,
    ),
    ...groups("By kind", lines, ({ intent }) =>
      intent === null ? undefined : options.traits?.[intent]?.kind,
    ),
    ...groups("By locale", lines, ({ locale }) => locale),
    ...section(
      "Learning curve",
      learningCurve.map(
        ({ rows: used, accuracy }) => `${String(used).padStart(7)} rows  ${percent(accuracy)}`,
      ),
    ),
  ].join("\n");
}

const section = (title: string, body: readonly string[]): string[] =>
  body.length === 0 ? [] : ["", title, ...body.map((line) => `  ${line}`)];

const groups = (
  title: string,
  lines: readonly Judgement[],
  groupOf: (line: Judgement) => string | undefined,
): string[] =>
  section(
    title,
    qualityBy(lines, groupOf).map(
      ({ group, lines: count, quality }) =>
        `${percent(quality.inScopeAccuracy).padStart(7)}  ${group} (${count})`,
    ),
  );
