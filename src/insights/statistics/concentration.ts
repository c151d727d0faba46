import type { Estimate } from "../report/report.ts";
import { criticalT, twoSidedT } from "./student-t.ts";

/** Counted of something and of the rest, in both periods. */
export interface FourCounts {
  readonly now: number;
  readonly restNow: number;
  readonly before: number;
  readonly restBefore: number;
}

function logRatio({ now, restNow, before, restBefore }: FourCounts): { value: number; variance: number } {
  // Half a count added to each (Haldane 1956, Anscombe 1956): finite, and nearly without bias.
  const [a, b, c, d] = [now + 0.5, restNow + 0.5, before + 0.5, restBefore + 0.5];
  return { value: Math.log((a * d) / (b * c)), variance: 1 / a + 1 / b + 1 / c + 1 / d };
}

/**
 * Whether something moved otherwise inside a place (on mobile) than outside it: the difference of both log ratios
 * (a three-way interaction; Agresti 2013, 2.7 and 3.1), its variance by the counts times the dispersion.
 */
export function concentration(
  inside: FourCounts,
  outside: FourCounts,
  { phi, df }: { readonly phi: number; readonly df: number },
): { readonly ratio: Estimate; readonly excess: number; readonly p: number } {
  const [within, without] = [logRatio(inside), logRatio(outside)];
  const excess = within.value - without.value;
  const reach = criticalT(0.05, df) * Math.sqrt(phi * within.variance);
  return {
    ratio: {
      value: Math.exp(within.value),
      low: Math.exp(within.value - reach),
      high: Math.exp(within.value + reach),
    },
    excess,
    p: twoSidedT(excess / Math.sqrt(phi * (within.variance + without.variance)), df),
  };
}
