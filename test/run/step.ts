import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChildEnd } from "./child.ts";
import { runChild } from "./child.ts";
import { countJest } from "./jest-report.ts";
import type { SystemPackage } from "./system-package.ts";
import { canInstall, findProgram, installCommand, searchPath } from "./system-package.ts";
import { z } from "zod";
import type { Tally } from "./tally.ts";
import { nothing, oneFailed, onePassed } from "./tally.ts";

/** What a step came to. `output` is shown when something failed. */
export interface StepResult {
  readonly tally: Tally;
  readonly output: string;
}

export type StepKind = "static" | "unit" | "contract" | "e2e";

/** One thing that `npm test` does. */
export interface Step {
  readonly title: string;
  readonly kinds: readonly StepKind[];
  run(root: string, signal: AbortSignal): Promise<StepResult>;
}

const SECOND_MS = 1_000;

/** A command that must end with code 0; counts as one test. */
export function commandStep(title: string, kinds: readonly StepKind[], command: readonly string[]): Step {
  const [program = "", ...args] = command;
  return {
    title,
    kinds,
    run: async (cwd, signal) => {
      const end = await runChild(program, args, { cwd, timeLimitMs: 240 * SECOND_MS, signal });
      return { tally: end.code === 0 ? onePassed : oneFailed, output: describe(end) };
    },
  };
}

/** What jest prints when a handle is left open in its own process or in a worker. */
const LEAK = /did not exit one second after|failed to exit gracefully/;

export interface JestLimits {
  readonly timeLimitMs: number;
  /** As jest's `--maxWorkers`; 1 runs the files one after the other in jest's own process. */
  readonly workers: number | string;
}

/** One project of jest.config.js in a fresh process. Without tests it fails: an empty project proves nothing. */
export function jestStep(project: "unit" | "contract" | "e2e", { timeLimitMs, workers }: JestLimits): Step {
  return {
    title: `jest ${project}`,
    kinds: [project],
    run: async (cwd, signal) => {
      const folder = await mkdtemp(join(tmpdir(), "kumusta-test-"));
      const outputFile = join(folder, "report.json");
      try {
        const args = [
          ...["node_modules/jest/bin/jest.js", "--ci", "--selectProjects", project],
          ...[`--maxWorkers=${workers}`, "--json", `--outputFile=${outputFile}`],
        ];
        const end = await runChild(process.execPath, args, {
          cwd,
          timeLimitMs,
          endsSoonAfter: { sign: LEAK, graceMs: 10 * SECOND_MS },
          signal,
        });
        const report = await readFile(outputFile, "utf8").catch(() => undefined);
        const endedWell = end.code === 0 && !end.timedOut && !LEAK.test(end.output);
        return { tally: countJest(report, endedWell), output: describe(end) };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

const conversationReport = z.object({ passed: z.int(), failed: z.int() });

/** `kumusta test`: each conversation test of the sample shop counts as one. It learns first where no model is kept. */
export function conversationStep(kinds: readonly StepKind[], timeLimitMs: number, channel: string): Step {
  return {
    title: `conversation tests on ${channel}`,
    kinds,
    run: async (cwd, signal) => {
      const end = await runChild(
        process.execPath,
        ["bin/kumusta.js", "test", "--json", "--channel", channel],
        {
          cwd,
          timeLimitMs,
          signal,
        },
      );
      const report = conversationReport.safeParse(lastJson(end.output));
      if (!report.success || end.timedOut) return { tally: oneFailed, output: describe(end) };
      const { passed, failed } = report.data;
      const tally = { ...nothing, passed, failed: end.code === 0 ? failed : Math.max(1, failed) };
      return { tally, output: failed === 0 ? "" : describe(end) };
    },
  };
}

/** The last line of an output, where it is one JSON object. */
function lastJson(output: string): unknown {
  try {
    return JSON.parse(output.trimEnd().split("\n").at(-1) ?? "");
  } catch {
    return undefined;
  }
}

/** Makes sure that a system package is there, installing it where this process may; counts as one test. */
export function systemPackageStep(wanted: SystemPackage, kinds: readonly StepKind[]): Step {
  return {
    title: `${wanted.program} is there`,
    kinds,
    run: async (cwd, signal) => {
      const path = searchPath();
      if (findProgram(wanted.program, path) !== undefined) return { tally: onePassed, output: "" };
      const command = installCommand(wanted);
      const byHand = `${wanted.program} is missing. Run as root: ${command}\n`;
      if (!canInstall(process.getuid?.(), path)) return { tally: oneFailed, output: byHand };
      const end = await runChild(
        "sh",
        ["-c", `DEBIAN_FRONTEND=noninteractive; export DEBIAN_FRONTEND; ${command}`],
        {
          cwd,
          timeLimitMs: 240 * SECOND_MS,
          signal,
        },
      );
      const there = end.code === 0 && findProgram(wanted.program, path) !== undefined;
      return there ? { tally: onePassed, output: "" } : { tally: oneFailed, output: describe(end) + byHand };
    },
  };
}

function describe({ code, output, timedOut }: ChildEnd): string {
  if (timedOut) return `${output}\nEnded by the runner: it did not end by itself in time.\n`;
  return code === null ? `${output}\nEnded by a signal.\n` : output;
}
