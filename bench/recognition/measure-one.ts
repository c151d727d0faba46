/** Measures one recognizer on one file and prints JSON; a process of its own, so that memory is its own. */
import { readFile } from "node:fs/promises";
import { resourceUsage } from "node:process";
import { systemClock } from "../../src/basics/time.ts";
import { recognizerKinds } from "../../src/recognition/open-recognizer.ts";
import { evaluate } from "../../src/workbench/evaluation/evaluate.ts";
import { readLabelledRows } from "../../src/workbench/evaluation/labelled-rows.ts";

const [kindName = "", file = ""] = process.argv.slice(2);
const kind = recognizerKinds.find((known) => known === kindName) ?? "linear";
const { rows, faults } = readLabelledRows(await readFile(file));
for (const { line, reason } of faults) console.error(`${file}:${String(line)}: ${reason}`);
const { figures } = await evaluate(rows, {
  kind,
  operatingPoint: { kind: "joint" },
  folds: 5,
  learningCurve: false,
  clock: systemClock,
});
// maxRSS is in kilobytes.
console.log(JSON.stringify({ ...figures, peakMemoryMb: resourceUsage().maxRSS / 1024 }));
