/**
 * The sample shop's recognizer, trained as `kumusta train` trains it, on the held-out Taglish set
 * (`test/recognition/taglish.tsv`): all figures of `kumusta evaluate`, and how many lines of each intent were missed.
 * `node bench/recognition/taglish.ts [CONTENT_DIR]`. Nothing is trained or chosen on that set.
 */
import { readFile } from "node:fs/promises";
import { cpuUsage } from "node:process";
import { systemClock } from "../../src/basics/time.ts";
import { requireContent } from "../../src/content/load-content.ts";
import { trainingSetOf } from "../../src/workbench/training-set-of.ts";
import { contentRows } from "../../src/workbench/evaluation/content-rows.ts";
import { evaluate } from "../../src/workbench/evaluation/evaluate.ts";
import { readLabelledRows } from "../../src/workbench/evaluation/labelled-rows.ts";

const content = requireContent(process.argv[2] ?? ".");
const set = trainingSetOf(content);
const { rows } = readLabelledRows(
  await readFile(new URL("../../test/recognition/taglish.tsv", import.meta.url)),
);
const heldOut = (set.heldOut ?? []).map(({ text, intent }) => ({ split: "val" as const, intent, text }));
const before = cpuUsage();
const { figures, lines } = await evaluate([...contentRows(content), ...heldOut, ...rows], {
  kind: "linear",
  operatingPoint: { kind: "joint" },
  folds: 5,
  learningCurve: false,
  clock: systemClock,
  traits: set.intents,
});
const { user, system } = cpuUsage(before);
console.log(JSON.stringify({ ...figures, processorSeconds: (user + system) / 1e6 }));

const counts = new Map<string, { lines: number; missed: number }>();
for (const { intent, predicted } of lines) {
  if (intent === null) continue;
  const count = counts.get(intent) ?? { lines: 0, missed: 0 };
  counts.set(intent, {
    lines: count.lines + 1,
    missed: count.missed + (predicted === intent ? 0 : 1),
  });
}
for (const [intent, count] of [...counts]
  .filter(([, { missed }]) => missed > 1)
  .sort((a, b) => b[1].missed - a[1].missed))
  console.log(`${intent}: ${count.missed} of ${count.lines} missed`);
