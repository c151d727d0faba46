import type { Estimate } from "../report/report.ts";
import type { DayFrame } from "./share-shift.ts";
import { criticalT, twoSidedT } from "./student-t.ts";

/** Days of one class, both periods. */
interface DayClass {
  readonly now: number[];
  readonly before: number[];
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

/**
 * How a daily total moved, day for day: Mondays against Mondays, holidays against holidays; a class of days that only
 * one period has is left out. Ratio of rates by Mantel and Haenszel with the variance of Greenland and Robins (1985),
 * times the dispersion of the days about the mean of their class (quasi-Poisson, McCullagh and Nelder 1989), times
 * (1 + ρ) / (1 − ρ) for what one day has in common with the next (Zwiers and von Storch 1995). Null where no class of
 * days has anything counted in both periods.
 */
export function totalShift(
  { now, stratum }: DayFrame,
  counts: readonly number[],
): { readonly ratio: Estimate; readonly p: number } | null {
  const classes = new Map<number, DayClass>();
  for (const [day, isNow] of now.entries()) {
    const found = classes.get(stratum[day] ?? 0) ?? { now: [], before: [] };
    classes.set(stratum[day] ?? 0, found);
    (isNow ? found.now : found.before).push(counts[day] ?? 0);
  }
  for (const [key, days] of classes) if (days.now.length * days.before.length === 0) classes.delete(key);
  let [r, s, shared] = [0, 0, 0];
  for (const days of classes.values()) {
    const [n1, n0] = [days.now.length, days.before.length];
    r += (sum(days.now) * n0) / (n1 + n0);
    s += (sum(days.before) * n1) / (n1 + n0);
    shared += ((sum(days.now) + sum(days.before)) * n1 * n0) / (n1 + n0) ** 2;
  }
  if (r === 0 || s === 0) return null;
  const residuals = now.flatMap((isNow, day) => {
    const days = classes.get(stratum[day] ?? 0);
    if (days === undefined) return [];
    const expected = mean(isNow ? days.now : days.before);
    return expected === 0 ? [] : [((counts[day] ?? 0) - expected) / Math.sqrt(expected)];
  });
  const df = Math.max(1, residuals.length - 2 * classes.size);
  const squares = sum(residuals.map((residual) => residual ** 2));
  const inflation = Math.max(1, squares / df) * persistence(residuals, squares);
  const error = Math.sqrt((shared / (r * s)) * inflation);
  const log = Math.log(r / s);
  const reach = criticalT(0.05, df) * error;
  return {
    ratio: { value: Math.exp(log), low: Math.exp(log - reach), high: Math.exp(log + reach) },
    p: twoSidedT(log / error, df),
  };
}

function persistence(residuals: readonly number[], squares: number): number {
  if (squares === 0) return 1;
  const rho = sum(residuals.map((residual, i) => residual * (residuals[i - 1] ?? 0))) / squares;
  // An estimate from so few days is noisy: none below 0, and none so near to 1 that nothing could ever be told.
  const kept = Math.min(0.6, Math.max(0, rho));
  return (1 + kept) / (1 - kept);
}
