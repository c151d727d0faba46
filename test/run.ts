/**
 * The one test runner, behind `npm test`: static checks, then each jest project in a fresh process. Goes on
 * after a failing step so that all faults are seen. Its last line is `N passed, N failed, N skipped`; its exit
 * code is 0 only if something ran, nothing failed and nothing was skipped.
 *
 *     npm test                        everything
 *     npm test -- static unit         only these kinds: static, unit, contract, e2e
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Step, StepKind } from "./run/step.ts";
import { commandStep, conversationStep, jestStep, systemPackageStep } from "./run/step.ts";
import { chromium } from "./run/system-package.ts";
import type { Tally } from "./run/tally.ts";
import { add, isFine, nothing, tallyLine } from "./run/tally.ts";

const MINUTE_MS = 60_000;

const allKinds: readonly StepKind[] = ["static", "unit", "contract", "e2e"];

/** Steps one after the other. */
type Lane = readonly Step[];

/**
 * Stages in order; the lanes of a stage run beside each other. The build comes first: the checks and the browser tests
 * read what it writes. eslint takes nearly as long as the others of its stage together.
 */
function plan(root: string, scripts: Readonly<Record<string, string>>): readonly (readonly Lane[])[] {
  const build =
    scripts["build"] === undefined ? [] : [commandStep("build", ["static", "e2e"], ["npm", "run", "build"])];
  const checks = [
    commandStep("lock file", ["static"], [process.execPath, ".ci/complete-lock.js", "--check"]),
    commandStep("tsc", ["static"], ["tsc", "--noEmit"]),
    // Browser code has its own settings (DOM, JSX).
    ...(existsSync(join(root, "web/tsconfig.json"))
      ? [commandStep("tsc web", ["static"], ["tsc", "--noEmit", "--project", "web"])]
      : []),
    commandStep("prettier", ["static"], ["prettier", "--check", "."]),
    commandStep("knip", ["static"], ["knip"]),
    // One process each: they fit where eslint would have the second core for itself.
    ...["webchat", "messenger", "sms", "telegram"].map((channel) =>
      conversationStep(["contract"], 4 * MINUTE_MS, channel),
    ),
  ];
  const eslint = commandStep("eslint", ["static"], ["eslint", "--max-warnings", "0", "."]);
  const tests = [
    jestStep("unit", { timeLimitMs: 4 * MINUTE_MS, workers: "100%" }),
    jestStep("contract", { timeLimitMs: 12 * MINUTE_MS, workers: 2 }),
    systemPackageStep(chromium, ["e2e"]),
    // Two of them leave a third of two cores idle: they wait for processes, browsers and clocks.
    jestStep("e2e", { timeLimitMs: 30 * MINUTE_MS, workers: 3 }),
  ];
  return [[build], [checks, [eslint]], [tests]];
}

function chosenKinds(args: readonly string[]): readonly StepKind[] {
  const unknown = args.filter((arg) => !allKinds.some((kind) => kind === arg));
  if (unknown.length > 0) {
    console.error(
      `Unknown: ${unknown.join(" ")}. Choose from: ${allKinds.join(" ")}; or name none to run all.`,
    );
    process.exit(2);
  }
  return args.length === 0 ? allKinds : allKinds.filter((kind) => args.includes(kind));
}

async function runStep(step: Step, root: string, signal: AbortSignal): Promise<Tally> {
  const started = performance.now();
  console.log(`… ${step.title}`);
  const { tally, output } = await step.run(root, signal);
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const mark = isFine(tally) ? "✓" : "✗";
  if (!isFine(tally)) console.log(`\n──── ${step.title} ────\n${output.trimEnd()}\n────`);
  console.log(`${mark} ${step.title}: ${tallyLine(tally)} (${seconds} s)`);
  return tally;
}

const root = join(import.meta.dirname, "..");
const kinds = chosenKinds(process.argv.slice(2));
const packageJson = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(await readFile(join(root, "package.json"), "utf8")));

const givenUp = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => givenUp.abort());

let total = nothing;
const runLane = async (lane: Lane) => {
  for (const step of lane) {
    if (givenUp.signal.aborted || !step.kinds.some((kind) => kinds.includes(kind))) continue;
    const tally = await runStep(step, root, givenUp.signal);
    total = add(total, tally);
  }
};
for (const lanes of plan(root, packageJson.scripts)) await Promise.all(lanes.map(runLane));
if (givenUp.signal.aborted) console.log("Given up: a signal arrived before the end.");
console.log(tallyLine(total));
process.exitCode = isFine(total) && !givenUp.signal.aborted ? 0 : 1;
