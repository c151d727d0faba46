import type { Estimate } from "../report/report.ts";
import { binomialTest } from "./binomial-test.ts";
import type { Dispersion } from "./dispersion.ts";
import type { ShareShift } from "./share-shift.ts";
import { criticalT, twoSidedT } from "./student-t.ts";

/** A shift with its interval and its test. */
export interface JudgedShift {
  readonly ratio: Estimate;
  readonly p: number;
}

/** Below this many in both periods together no shift is looked for: only one of tenfold could be told from chance. */
export const fewestCounts = 20;
/** From this many in each period the ratio's logarithm is as good as normal; below, the exact test has a say too. */
const manyCounts = 30;

/** Whether there are enough to compare. Looks at both periods together, so it does not favour what moved. */
export function isEnough({ count, before, restNow, restBefore }: ShareShift): boolean {
  return count + before >= fewestCounts && restNow + restBefore >= fewestCounts && restNow * restBefore > 0;
}

/**
 * Judges a shift by its own dispersion and by how much everything drifts. Student's t with the degrees of freedom of
 * the dispersion; for small counts the exact conditional test, on counts divided by the dispersion, where that is the
 * more careful.
 */
export function judgeShift(shift: ShareShift, { phi, df }: Dispersion, drift: number): JudgedShift {
  const own = phi * shift.variance;
  const variance = own + drift;
  const error = Math.sqrt(variance);
  const byT = twoSidedT(shift.logRatio / error, df);
  const reach = criticalT(0.05, df) * error;
  const { count, before, expectedPart } = shift;
  const widened = variance / shift.variance;
  const byCounts =
    Math.min(count, before) < manyCounts
      ? binomialTest(count / widened, (count + before) / widened, expectedPart)
      : 0;
  return {
    ratio: {
      value: Math.exp(shift.logRatio),
      low: Math.exp(shift.logRatio - reach),
      high: Math.exp(shift.logRatio + reach),
    },
    p: Math.max(byT, byCounts),
  };
}
