import { z } from "zod";
import type { Tally } from "./tally.ts";
import { oneFailed } from "./tally.ts";

/** The members we use of what `jest --json` writes (https://jestjs.io/docs/cli#--json). */
const jestJson = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  /** Files that failed as a whole: a syntax error, a failing import, a leak. Their tests are not counted. */
  numRuntimeErrorTestSuites: z.int(),
});

/**
 * Counts what jest reports. A file that failed as a whole counts as one failed test; a run that ended badly
 * though its report names no failure (or wrote none, or left something open) counts as one failed test.
 */
export function countJest(report: string | undefined, endedWell: boolean): Tally {
  if (report === undefined) return oneFailed;
  const counts = jestJson.parse(JSON.parse(report));
  const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  return {
    passed: counts.numPassedTests,
    failed: endedWell ? failed : Math.max(1, failed),
    skipped: counts.numPendingTests + counts.numTodoTests,
  };
}
