/**
 * Ours and node-nlp on the same rows, in the same run: every figure of `kumusta evaluate` side by side, and their ratio.
 * `node bench/recognition/compare.ts FILE.tsv`; rows are split, intent (oos: out of scope), text, between tabs.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";

const file = process.argv[2];
if (file === undefined) {
  console.error("Name a file: node bench/recognition/compare.ts FILE.tsv");
  process.exit(2);
}

const run = promisify(execFile);
const measured = z.record(z.string(), z.number().nullable());

async function measure(kind: string): Promise<z.infer<typeof measured>> {
  const script = new URL("measure-one.ts", import.meta.url).pathname;
  const { stdout } = await run(process.execPath, [script, kind, file ?? ""], {
    maxBuffer: 1 << 24,
    timeout: 1_800_000,
  });
  return measured.parse(JSON.parse(stdout));
}

const ours = await measure("linear");
const theirs = await measure("node-nlp");
const shown = (value: number | null | undefined): string =>
  value === null || value === undefined ? "–" : Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(4);
const ratio = (a: number | null | undefined, b: number | null | undefined): string =>
  typeof a === "number" && typeof b === "number" && b !== 0 ? (a / b).toFixed(2) : "–";

console.log("| figure | linear | node-nlp | linear / node-nlp |\n| --- | --- | --- | --- |");
for (const key of Object.keys(ours)) {
  console.log(`| ${key} | ${shown(ours[key])} | ${shown(theirs[key])} | ${ratio(ours[key], theirs[key])} |`);
}
