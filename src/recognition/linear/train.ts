import { intentsOf, type TrainingSet } from "../training-set.ts";
import { fitBlend } from "./blend.ts";
import { seededChance, shuffled } from "./chance.ts";
import { fitRejector, judge, type Judged, type Rejector } from "./rejector.ts";
import type { Blend, Scorer } from "./scorer.ts";
import { nameRowsOf, rowsOf, sizeOf, trainMembers, type Members, type Row } from "./train-members.ts";
import type { TrainingSettings } from "./training-settings.ts";

/** Everything that recognition needs, ready to score. */
export interface LinearModel extends Members {
  readonly blend: Blend;
  readonly rejector: Rejector;
  /** Measured on lines that the members had not seen; fractions, null where there was nothing to measure. */
  readonly figures: Readonly<Record<string, number | null>>;
}

export type Progress = (done: number, total: number, what: string) => void;

/** A part of the rows kept apart, and the rest. */
interface Fold {
  readonly train: readonly Row[];
  readonly test: readonly Row[];
}

/** Trains on this thread; `train-worker.ts` runs it on another. Throws what `onProgress` throws. */
export function trainLinear(set: TrainingSet, settings: TrainingSettings, onProgress: Progress): LinearModel {
  const intents = intentsOf(set);
  const rows = rowsOf(intents, set.utterances, set.negatives);
  const names = nameRowsOf(intents, set.intents);
  const heldOut = rowsOf(intents, set.heldOut, set.heldOutNegatives);
  // Held-out lines that lack the negatives of the training rows could not teach what out of scope looks like.
  const enough =
    heldOut.length > 0 && ((set.negatives ?? []).length === 0 || (set.heldOutNegatives ?? []).length > 0);
  const folds = enough ? [] : foldsOf(rows, settings.seed);
  const passes = (of: readonly Row[]): number =>
    settings.epochs.margins + settings.hidden[sizeOf(of)].length * settings.epochs[sizeOf(of)];
  const total = passes(rows) + folds.reduce((sum, fold) => sum + passes(fold.train), 0);
  let done = 0;
  const step = (what: string): void => {
    done += 1;
    onProgress(done, total, what);
  };

  const unseen: Unseen[] = folds.map((fold, i) => ({
    scorer: trainMembers({ intents, rows: fold.train, names }, settings, () => {
      step(`checking ${i + 1} of ${folds.length}`);
    }).scorer,
    rows: fold.test,
  }));
  const members = trainMembers({ intents, rows, names }, settings, () => {
    step("training");
  });
  const byServing: Unseen[] = heldOut.length > 0 ? [{ scorer: members.scorer, rows: heldOut }] : [];
  const blend = blendOf([...unseen, ...byServing], members.scorer.blend);
  members.scorer.blend = blend;
  const judgedByServing = judgeAll(byServing, blend);
  const judged = [...judgeAll(unseen, blend), ...judgedByServing];
  const rejector = fitRejector(judged, settings.operatingPoint, judgedByServing);
  return { ...members, blend, rejector, figures: figuresOf(judged, rejector) };
}

/** Rows, and a model that has not seen them. */
interface Unseen {
  readonly scorer: Scorer;
  readonly rows: readonly Row[];
}

function blendOf(unseen: readonly Unseen[], otherwise: Blend): Blend {
  const lines = unseen.flatMap(({ scorer, rows }) =>
    rows.map(({ tokens, label }) => {
      scorer.scoreTokens(tokens);
      return { scores: scorer.lastScores(), label };
    }),
  );
  const intents = unseen[0]?.scorer.shape.intents.length ?? 0;
  return lines.length === 0 ? otherwise : fitBlend(lines, intents);
}

function figuresOf(judged: readonly Judged[], rejector: Rejector): Record<string, number | null> {
  const inScope = judged.filter(({ outcome }) => outcome !== "outOfScope");
  const outside = judged.filter(({ outcome }) => outcome === "outOfScope");
  const share = (part: readonly Judged[], whole: readonly Judged[]): number | null =>
    whole.length === 0 ? null : part.length / whole.length;
  const accepted = (one: Judged): boolean => judge(rejector, one.evidence).confidence >= rejector.accept;
  return {
    unseenLines: judged.length,
    inScopeAccuracy: share(
      inScope.filter(({ outcome }) => outcome === "right"),
      inScope,
    ),
    accuracyAtOperatingPoint: share(
      inScope.filter((one) => one.outcome === "right" && accepted(one)),
      inScope,
    ),
    oosRecall: share(
      outside.filter((one) => !accepted(one)),
      outside,
    ),
  };
}

function judgeAll(unseen: readonly Unseen[], blend: Blend): Judged[] {
  return unseen.flatMap(({ scorer, rows }) => {
    scorer.blend = blend;
    const intents = scorer.shape.intents.length;
    return rows.map(({ tokens, label }): Judged => {
      const { best, evidence } = scorer.scoreTokens(tokens);
      return {
        evidence,
        outcome: label === intents ? "outOfScope" : label === best ? "right" : "wrongIntent",
      };
    });
  });
}

/**
 * Which rows are kept apart to fit the rejector. Few rows: five folds, so that each row is judged once. Many rows: one part,
 * because a fold costs as much as the training itself and a thousand judged lines are enough.
 */
function foldsOf(rows: readonly Row[], seed: number): Fold[] {
  if (rows.length < 10) return [];
  const parts = rows.length <= 8_000 ? 5 : 8;
  const used = rows.length <= 3_000 ? parts : rows.length <= 8_000 ? 2 : 1;
  const byLabel = new Map<number, Row[]>();
  for (const row of rows) byLabel.set(row.label, [...(byLabel.get(row.label) ?? []), row]);
  const chance = seededChance(seed);
  const partOf = new Map<Row, number>();
  let next = 0;
  for (const same of byLabel.values()) {
    for (const row of shuffled(same, chance)) {
      partOf.set(row, next % parts);
      next += 1;
    }
  }
  return Array.from({ length: used }, (_, part) => ({
    train: rows.filter((row) => partOf.get(row) !== part),
    test: rows.filter((row) => partOf.get(row) === part),
  }));
}
