import type { Coverage, CoverageKind } from "./coverage.ts";
import { coverageKinds } from "./coverage.ts";
import { textOf } from "./happened.ts";
import type { PlayedStep } from "./play-test.ts";
import type { TestResult, TestRun } from "./run-tests.ts";
import type { TestStep } from "./test-schema.ts";

const indent = (text: string, by: string) =>
  text
    .split("\n")
    .map((line) => (line === "" ? line : `${by}${line}`))
    .join("\n");

function stepText(step: TestStep): string {
  if ("wait" in step) return `(${spanText(step.wait)} pass)`;
  if ("agent" in step)
    return `${step.name} (agent): ${[step.agent, step.text ?? step.script ?? ""].join(" ").trim()}`;
  if ("event" in step) return `(channel: ${step.event})`;
  if ("taps" in step) return `customer taps: ${step.taps}`;
  const sent = (step.sends ?? []).map(({ type, name }) => `[${name ?? type}]`).join(" ");
  return `customer: ${"says" in step ? step.says : ""}${sent === "" ? "" : ` ${sent}`}`.trimEnd();
}

function spanText(ms: number): string {
  const [size, unit] =
    ms % 86_400_000 === 0
      ? [86_400_000, "d"]
      : ms % 3_600_000 === 0
        ? [3_600_000, "h"]
        : ms % 60_000 === 0
          ? [60_000, "m"]
          : [1_000, "s"];
  return `${String(ms / size)} ${unit}`;
}

/** A text after a label; its further lines stand below its first. */
function labelled(label: string, text: string): string {
  const [first = "", ...others] = text.split("\n");
  return [`${label}${first}`, indent(others.join("\n"), " ".repeat(label.length))].join("\n").trimEnd();
}

function playedText({ step, happened, misses }: PlayedStep): string {
  const text = textOf(happened);
  return [
    stepText(step),
    ...(text === "" ? [] : [labelled("bot: ", text)]),
    ...misses.flatMap(({ what, expected, found }) => [
      `✗ ${what}`,
      labelled("  expected  ", expected),
      labelled("  found     ", found),
    ]),
  ].join("\n");
}

/** One failed test: where it stands, and the conversation up to its last fault. */
export function failureText({ placed, played }: TestResult): string {
  const last = played.findLastIndex(({ misses }) => misses.length > 0);
  const first = played.findIndex(({ misses }) => misses.length > 0);
  const place = `${placed.file}:${String(placed.stepLine(first))}`;
  const lines = played.slice(0, last + 1).map(playedText);
  return `✗ ${placed.test.name}\n  ${place}\n${indent(lines.join("\n"), "    ")}`;
}

const words: Readonly<Record<CoverageKind, string>> = {
  intents: "intents",
  scripts: "scripts",
  variants: "wordings",
  steps: "steps of flows",
  transitions: "transitions",
};

export function coverageText(coverage: Coverage, { listed }: { readonly listed: boolean }): string {
  return coverageKinds
    .map((kind) => {
      const { total, passed, missing } = coverage[kind];
      const line = `${words[kind].padEnd(15)} ${String(passed)} of ${String(total)}`;
      return listed && missing.length > 0
        ? `${line}; no test passes:\n${missing.map((one) => `  ${one}`).join("\n")}`
        : line;
    })
    .join("\n");
}

export function reportText({ results, turns, seconds }: TestRun): string {
  const failed = results.filter(({ passed }) => !passed);
  const sum = `${String(results.length - failed.length)} passed, ${String(failed.length)} failed: ${String(turns)} turns in ${seconds.toFixed(1)} s`;
  return [...failed.map(failureText), sum].join("\n\n");
}

/** What `kumusta test --json` prints: the whole run as one object. */
export function reportJson({ results, coverage, turns, seconds }: TestRun) {
  return {
    passed: results.filter(({ passed }) => passed).length,
    failed: results.filter(({ passed }) => !passed).length,
    turns,
    seconds: Math.round(seconds * 1_000) / 1_000,
    failures: results
      .filter(({ passed }) => !passed)
      .map(({ placed, played }) => ({
        test: placed.test.name,
        file: placed.file,
        line: placed.line,
        steps: played.flatMap(({ misses, happened }, index) =>
          misses.length === 0 ? [] : [{ line: placed.stepLine(index), said: textOf(happened), misses }],
        ),
      })),
    coverage,
  };
}
