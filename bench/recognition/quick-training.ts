/**
 * How much worse the quick training of a saved edit is than the whole one, by cross-validation of the sample shop's
 * utterances and shipped out-of-scope lines in five folds. In each fold a model is trained whole on the lines without an
 * edit; then the edit is learnt quickly and, for comparison, whole. No held-out test of the shop is judged.
 * `node bench/recognition/quick-training.ts [CONTENT_DIR]`; takes some minutes.
 */
import { cpuUsage } from "node:process";
import { requireContent } from "../../src/content/load-content.ts";
import { seededChance, shuffled } from "../../src/recognition/linear/chance.ts";
import { decodeModel, encodeModel, type StoredModel } from "../../src/recognition/linear/model-file.ts";
import { judge } from "../../src/recognition/linear/rejector.ts";
import { trainQuick } from "../../src/recognition/linear/train-quick.ts";
import { trainLinear, type LinearModel } from "../../src/recognition/linear/train.ts";
import { defaultSettings } from "../../src/recognition/linear/training-settings.ts";
import type { LabelledLine, TrainingSet } from "../../src/recognition/training-set.ts";
import { trainingSetOf } from "../../src/workbench/training-set-of.ts";

const folds = 5;
const set = trainingSetOf(requireContent(process.argv[2] ?? "."));
const foldChance = seededChance(7);
const intents = [...new Set(set.utterances.map(({ intent }) => intent))];
const dealt = intents
  .flatMap((of) =>
    shuffled(
      set.utterances.filter(({ intent }) => intent === of),
      foldChance,
    ),
  )
  .map((line, i) => ({ line, fold: i % folds }));
const outside = shuffled([...(set.negatives ?? [])], foldChance).map((line, i) => ({
  line,
  fold: i % folds,
}));
const inside = <T>(of: readonly { line: T; fold: number }[], fold: number): T[] =>
  of.filter((one) => one.fold === fold).map(({ line }) => line);
const others = <T>(of: readonly { line: T; fold: number }[], fold: number): T[] =>
  of.filter((one) => one.fold !== fold).map(({ line }) => line);

/** The lines that an edit adds, and those that it takes away. */
interface Edit {
  readonly adds: ReadonlySet<LabelledLine>;
  readonly takes?: readonly LabelledLine[];
}
type Chance = ReturnType<typeof seededChance>;
const anyOf = (chance: Chance) => intents[Math.floor(chance() * intents.length)] ?? "";
const linesOf = (lines: readonly LabelledLine[], of: string) => lines.filter(({ intent }) => intent === of);
const edits: Readonly<Record<string, (lines: readonly LabelledLine[], chance: Chance) => Edit>> = {
  "five lines each of three intents": (lines, chance) => ({
    adds: new Set([1, 2, 3].flatMap(() => shuffled(linesOf(lines, anyOf(chance)), chance).slice(0, 5))),
  }),
  "ten lines of one intent were another's": (lines, chance) => {
    const adds = shuffled(linesOf(lines, anyOf(chance)), chance).slice(0, 10);
    const before = anyOf(chance);
    return { adds: new Set(adds), takes: adds.map((line) => ({ ...line, intent: before })) };
  },
  "one line in ten": (lines, chance) => ({ adds: new Set(lines.filter(() => chance() < 0.1)) }),
  "two new intents": (lines, chance) => ({
    adds: new Set([1, 2].flatMap(() => linesOf(lines, anyOf(chance)))),
  }),
};

/** As it is served: weights rounded and read from the file. */
async function served(model: LinearModel): Promise<StoredModel["model"]> {
  const stored = await decodeModel(encodeModel(model, { contentHash: "", settings: "", figures: {} }));
  if ("refused" in stored) throw new TypeError(stored.refused);
  return stored.model;
}

class Sums {
  readonly #counts: Record<string, number> = {};
  readonly #said: { confidence: number; right: boolean }[] = [];

  add(model: StoredModel["model"], fold: number, adds: ReadonlySet<LabelledLine>, seconds: number): void {
    const { scorer, rejector, shape } = model;
    const touched = new Set([...adds].map(({ intent }) => intent));
    const say = (line: string, intent: string | undefined) => {
      const { best, evidence } = scorer.score(line);
      const { confidence } = judge(rejector, evidence);
      return { right: shape.intents[best] === intent, confidence, answered: confidence >= rejector.accept };
    };
    for (const { text, intent } of inside(dealt, fold)) {
      const { right, confidence, answered } = say(text, intent);
      this.#said.push({ confidence, right });
      this.#count({ lines: 1, right: right ? 1 : 0, rightAnswered: right && answered ? 1 : 0 });
      if (touched.has(intent)) this.#count({ touched: 1, touchedRight: right ? 1 : 0 });
    }
    for (const text of inside(outside, fold)) {
      const { confidence, answered } = say(text, undefined);
      this.#said.push({ confidence, right: false });
      this.#count({ outside: 1, found: answered ? 0 : 1 });
    }
    for (const { text, intent } of adds) {
      const { right, answered } = say(text, intent);
      this.#count({ taught: 1, learnt: right && answered ? 1 : 0 });
    }
    this.#count({ seconds: seconds / folds });
  }

  toString(): string {
    const {
      lines,
      right,
      rightAnswered,
      touched,
      touchedRight,
      outside: all,
      found,
      taught,
      learnt,
      seconds,
    } = this.#counts;
    const percent = (part = 0, whole = 1) => `${((100 * part) / whole).toFixed(1)} %`;
    return [
      `in-scope ${percent(right, lines)}`,
      `at the operating point ${percent(rightAnswered, lines)}`,
      `out of scope found ${percent(found, all)}`,
      `calibration error ${(100 * this.#calibrationError()).toFixed(1)} %`,
      `unseen lines of the edited intents ${percent(touchedRight, touched)}`,
      `the edit's own lines answered ${percent(learnt, taught)}`,
      `${(seconds ?? 0).toFixed(1)} s of processor`,
    ].join(", ");
  }

  #count(more: Readonly<Record<string, number>>): void {
    for (const [name, number] of Object.entries(more))
      this.#counts[name] = (this.#counts[name] ?? 0) + number;
  }

  /** Expected calibration error in fifteen parts of equal size. */
  #calibrationError(): number {
    const parts = 15;
    const said = [...this.#said].sort((a, b) => a.confidence - b.confidence);
    const off = Array.from({ length: parts }, (_, i) =>
      said
        .slice((said.length * i) / parts, (said.length * (i + 1)) / parts)
        .reduce((sum, { confidence, right }) => sum + confidence - (right ? 1 : 0), 0),
    );
    return off.reduce((sum, one) => sum + Math.abs(one), 0) / said.length;
  }
}

async function timed(
  train: () => LinearModel,
): Promise<{ readonly model: StoredModel["model"]; readonly seconds: number }> {
  const before = cpuUsage();
  const model = train();
  return { seconds: cpuUsage(before).user / 1e6, model: await served(model) };
}
const whole = (of: TrainingSet) => timed(() => trainLinear(of, defaultSettings, () => undefined));

const names = ["before the edit", "quick", "whole"] as const;
const table = new Map(
  Object.keys(edits).map((edit) => [
    edit,
    { "before the edit": new Sums(), quick: new Sums(), whole: new Sums() },
  ]),
);
for (let fold = 0; fold < folds; fold += 1) {
  const lines = others(dealt, fold);
  const after: TrainingSet = { ...set, utterances: lines, negatives: others(outside, fold) };
  const wholly = await whole(after);
  for (const [name, edit] of Object.entries(edits)) {
    const { adds, takes = [] } = edit(lines, seededChance(100 + fold));
    const utterances = [...lines.filter((line) => !adds.has(line)), ...takes];
    const base = await whole({ ...after, utterances });
    const fresh = new Set(lines.flatMap((line, i) => (adds.has(line) ? [i] : [])));
    const quick = await timed(() => trainQuick(after, defaultSettings, base.model, fresh));
    const sums = table.get(name);
    sums?.["before the edit"].add(base.model, fold, adds, base.seconds);
    sums?.quick.add(quick.model, fold, adds, quick.seconds);
    sums?.whole.add(wholly.model, fold, adds, wholly.seconds);
  }
}
for (const [edit, sums] of table) {
  console.log(edit);
  for (const name of names) console.log(`  ${name}: ${sums[name].toString()}`);
}
