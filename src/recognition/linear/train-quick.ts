import { intentsOf, type TrainingSet } from "../training-set.ts";
import { padded } from "./kernel.ts";
import type { StoredModel } from "./model-file.ts";
import type { NetworkStart } from "./network-member.ts";
import type { LinearModel } from "./train.ts";
import { nameRowsOf, rowsOf, trainMembers, type Row, type WarmStart } from "./train-members.ts";
import type { TrainingSettings } from "./training-settings.ts";

/** Chosen by cross-validation on the sample shop's utterances; docs/recognition.md has the figures. */
const QUICK = {
  margins: 3,
  epochs: 3,
  /** A line that is new is visited so often in a pass that its intent's new lines make this many visits, */
  visitsOfIntent: 80,
  /** but no more often than this. */
  mostVisits: 8,
  /** What a line of the model's own training has added to the squares of its features' rows, and to those of the output. */
  squares: { input: 0.1, output: 0.001 },
  /** Score of an intent that the model does not know, before training. */
  newIntent: -1,
} as const;

/** In place of the settings in a quick model's header: no start takes such a model for a whole one. */
export const quickMark = (settings: TrainingSettings): string => JSON.stringify({ quick: true, ...settings });

/**
 * A model of the whole training set in a tenth of the time: margins in few passes, networks that begin where those of
 * `base` ended, and its blend, rejector and threshold, which take most of the time of `trainLinear`. The same base and the
 * same set give the same model.
 * @param fresh numbers of the utterances that `base` was not trained on; they are visited more often
 */
export function trainQuick(
  set: TrainingSet,
  settings: TrainingSettings,
  base: StoredModel["model"],
  fresh: ReadonlySet<number>,
): LinearModel {
  const intents = intentsOf(set);
  const rows = rowsOf(intents, set.utterances, set.negatives);
  const names = nameRowsOf(intents, set.intents);
  const passes = QUICK.epochs;
  const epochs = { margins: QUICK.margins, few: passes, some: passes, many: passes };
  const members = trainMembers({ intents, rows, names }, { ...settings, epochs }, () => undefined, {
    visits: visitsOf(rows, fresh),
    begin: beginWith(base, intents),
  });
  members.scorer.blend = base.blend;
  return { ...members, blend: base.blend, rejector: base.rejector, figures: {} };
}

/** Each row once, and a new line more often, the more the fewer new lines its intent has. */
function visitsOf(rows: readonly Row[], fresh: ReadonlySet<number>): number[] {
  const freshOf = new Map<number, number>();
  for (const [i, { label }] of rows.entries())
    if (fresh.has(i)) freshOf.set(label, (freshOf.get(label) ?? 0) + 1);
  return rows.flatMap(({ label }, i) => {
    const share = Math.round(QUICK.visitsOfIntent / (freshOf.get(label) ?? 1));
    const times = fresh.has(i) ? Math.max(1, Math.min(QUICK.mostVisits, share)) : 1;
    return Array.from({ length: times }, () => i);
  });
}

/**
 * Takes over what the base knows: rows of features and columns of intents by what they stand for, since both have other
 * numbers now. Steps are small where the base has learnt much; features that are new to it move freely.
 */
function beginWith(base: StoredModel["model"], intents: readonly string[]): WarmStart["begin"] {
  const known = new Map(base.shape.intents.map((intent, i) => [intent, i]));
  const from = intents.map((intent) => known.get(intent));
  if (base.shape.hasNegatives) from.push(base.shape.intents.length);
  const widthBefore = padded(base.shape.intents.length + (base.shape.hasNegatives ? 1 : 0));
  const width = padded(from.length);
  return (member, vectorizer, start: NetworkStart) => {
    const hidden = base.shape.hidden[member - 1] ?? 0;
    const row = new Float32Array(hidden);
    for (let f = 0; f <= vectorizer.size; f += 1) {
      // After the features come the dimensions of meaning, the same in every model, and the bias.
      const hash = vectorizer.hashes[f];
      const before =
        hash === undefined ? base.shape.features - (vectorizer.size - f) : base.vectorizer.featureOf(hash);
      if (before < 0) continue;
      base.scorer.readRow(member, before, row);
      start.input.set(row, f * padded(hidden));
      const lines = hash === undefined ? base.vectorizer.lines : (base.vectorizer.lineCounts[before] ?? 1);
      start.inputSquares[f] = QUICK.squares.input * lines;
    }
    const outputBefore = base.scorer.outputOf(member);
    for (let h = 0; h <= hidden; h += 1) {
      from.forEach((column, c) => {
        start.output[h * width + c] =
          column === undefined
            ? h === hidden
              ? QUICK.newIntent
              : 0
            : (outputBefore[h * widthBefore + column] ?? 0);
      });
      start.outputSquares[h] = QUICK.squares.output * base.vectorizer.lines;
    }
  };
}
