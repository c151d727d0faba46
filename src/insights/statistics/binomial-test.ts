import { incompleteBeta } from "./incomplete-beta.ts";

/**
 * Exact two-sided p value of `count` of `of` where the share `expected` was due: twice the smaller tail (Clopper and
 * Pearson 1934). Counts need not be whole: overdispersed ones are divided by their dispersion first, which keeps the
 * test on the careful side (a step of one is then more than one of the counts).
 */
export function binomialTest(count: number, of: number, expected: number): number {
  const atLeast = count <= 0 ? 1 : incompleteBeta(expected, count, of - count + 1);
  const atMost = count >= of ? 1 : 1 - incompleteBeta(expected, count + 1, of - count);
  return Math.min(1, 2 * Math.min(atLeast, atMost));
}
