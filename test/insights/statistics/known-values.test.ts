import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { binomialTest } from "../../../src/insights/statistics/binomial-test.ts";
import { concentration } from "../../../src/insights/statistics/concentration.ts";
import { holm } from "../../../src/insights/statistics/holm.ts";
import { incompleteBeta } from "../../../src/insights/statistics/incomplete-beta.ts";
import { shareShift } from "../../../src/insights/statistics/share-shift.ts";
import { differenceOfShares, wilson } from "../../../src/insights/statistics/shares.ts";
import { criticalT, twoSidedT } from "../../../src/insights/statistics/student-t.ts";

describe("distributions", () => {
  it("are those of the tables", () => {
    // Sums of binomials by hand: 11/16 and 16/10,000.
    expect(incompleteBeta(0.5, 2, 3)).toBeCloseTo(0.6875, 12);
    expect(incompleteBeta(0.2, 5, 2)).toBeCloseTo(0.0016, 12);
    // Abramowitz and Stegun, table 26.10.
    expect(criticalT(0.05, 10)).toBeCloseTo(2.2281, 4);
    expect(criticalT(0.01, 30)).toBeCloseTo(2.75, 3);
    expect(criticalT(0.05, 1e6)).toBeCloseTo(1.95997, 4);
    expect(twoSidedT(1.812461, 10)).toBeCloseTo(0.1, 6);
  });

  it("mirror each other", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.1, max: 5_000, noNaN: true }),
        fc.double({ min: 0.1, max: 5_000, noNaN: true }),
        (x, a, b) => {
          expect(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a)).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  it("7 heads of 10 are no surprise, 10 of 10 are", () => {
    expect(binomialTest(7, 10, 0.5)).toBeCloseTo(0.34375, 10);
    expect(binomialTest(10, 10, 0.5)).toBeCloseTo(2 / 1024, 10);
    expect(binomialTest(0, 10, 0.5)).toBeCloseTo(2 / 1024, 10);
    expect(binomialTest(5, 10, 0.5)).toBe(1);
  });
});

describe("intervals of shares", () => {
  // Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("of %i of %i are those that Newcombe printed", (count, of, low, high) => {
    expect(wilson(count, of)?.low).toBeCloseTo(low, 4);
    expect(wilson(count, of)?.high).toBeCloseTo(high, 4);
  });

  // The same volume, 873–890, table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
  ])("of %i/%i less %i/%i are those that Newcombe printed", (a, m, b, n, low, high) => {
    const [now, before] = [wilson(a, m), wilson(b, n)];
    if (now === null || before === null) throw new TypeError("Both shares have a denominator");
    const difference = differenceOfShares(now, before);
    expect(difference.low).toBeCloseTo(low, 4);
    expect(difference.high).toBeCloseTo(high, 4);
  });

  it("nothing of nothing is no share", () => {
    expect(wilson(0, 0)).toBeNull();
  });
});

describe("a count against the rest, class by class", () => {
  it("is the common odds ratio of Berkeley's admissions", () => {
    // Bickel, Hammel and O'Connell 1975; R's mantelhaen.test(UCBAdmissions): 0.9046968, 0.7719074 to 1.0603298.
    const departments = [
      [512, 313, 89, 19],
      [353, 207, 17, 8],
      [120, 205, 202, 391],
      [138, 279, 131, 244],
      [53, 138, 94, 299],
      [22, 351, 24, 317],
    ];
    const { logRatio, variance } = shareShift(
      { now: departments.flatMap(() => [true, false]), stratum: departments.flatMap((_, i) => [i, i]) },
      departments.flatMap(([a, , c]) => [a ?? 0, c ?? 0]),
      departments.flatMap(([, b, , d]) => [b ?? 0, d ?? 0]),
    );
    expect(Math.exp(logRatio)).toBeCloseTo(0.9046968, 7);
    const reach = 1.959964 * Math.sqrt(variance);
    expect(Math.exp(logRatio - reach)).toBeCloseTo(0.7719074, 6);
    expect(Math.exp(logRatio + reach)).toBeCloseTo(1.0603298, 6);
  });

  it("does not move when all traffic grows or days of a class are fewer", () => {
    const share = { 0: [10, 90], 1: [30, 70] };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 30 }),
        (weekdays, sundays, growth) => {
          const days = [
            ...Array.from({ length: weekdays }, () => ({ now: true, stratum: 0 as const, growth })),
            ...Array.from({ length: sundays }, () => ({ now: true, stratum: 1 as const, growth })),
            { now: false, stratum: 0 as const, growth: 1 },
            { now: false, stratum: 1 as const, growth: 1 },
          ];
          const shift = shareShift(
            { now: days.map(({ now }) => now), stratum: days.map(({ stratum }) => stratum) },
            days.map(({ stratum, growth: by }) => (share[stratum][0] ?? 0) * by),
            days.map(({ stratum, growth: by }) => (share[stratum][1] ?? 0) * by),
          );
          expect(shift.logRatio).toBeCloseTo(0, 10);
          expect(shift.chiSquare).toBeCloseTo(0, 10);
        },
      ),
    );
  });

  it("leaves out a holiday that has no counterpart", () => {
    const shift = shareShift({ now: [true, true, false], stratum: [0, 9, 0] }, [5, 1_000, 5], [50, 1, 50]);
    expect(shift).toMatchObject({ count: 5, before: 5, logRatio: 0 });
  });
});

describe("many comparisons", () => {
  it("are held to one rate by Holm's steps", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005], 0.05)).toEqual([true, false, false, true]);
    expect(holm([0.026, 0.03], 0.05)).toEqual([false, false]);
    expect(holm([], 0.05)).toEqual([]);
  });
});

describe("where a shift is strongest", () => {
  const phi = { phi: 1, df: 60 };
  const steady = { now: 200, restNow: 2_000, before: 200, restBefore: 2_000 };

  it("is told from what moved everywhere alike", () => {
    const doubled = { ...steady, now: 400 };
    expect(concentration(doubled, steady, phi).p).toBeLessThan(1e-4);
    expect(concentration(doubled, steady, phi).ratio.value).toBeCloseTo(2, 1);
    expect(concentration(doubled, doubled, phi).p).toBeCloseTo(1, 6);
  });
});
