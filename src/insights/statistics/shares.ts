import type { Estimate } from "../report/report.ts";

/** The normal deviate of a 95 % interval. */
const z95 = 1.959963984540054;

/**
 * A share with Wilson's 95 % score interval (Wilson 1927; recommended by Brown, Cai and DasGupta 2001 also for small
 * numbers). Null where there is nothing to take a share of.
 */
export function wilson(count: number, of: number): Estimate | null {
  if (of <= 0) return null;
  const value = count / of;
  const z2 = z95 * z95;
  const middle = (value + z2 / (2 * of)) / (1 + z2 / of);
  const half = (z95 / (1 + z2 / of)) * Math.sqrt((value * (1 - value)) / of + z2 / (4 * of * of));
  return {
    value,
    low: count <= 0 ? 0 : Math.max(0, middle - half),
    high: count >= of ? 1 : Math.min(1, middle + half),
  };
}

/** `now` less `before` with the 95 % interval of Newcombe (1998), method 10: from the two Wilson intervals. */
export function differenceOfShares(now: Estimate, before: Estimate): Estimate {
  const value = now.value - before.value;
  return {
    value,
    low: value - Math.hypot(now.value - now.low, before.high - before.value),
    high: value + Math.hypot(now.high - now.value, before.value - before.low),
  };
}
