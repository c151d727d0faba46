/** Days of both periods in order: to which each belongs, and what kind of day it is. */
export interface DayFrame {
  readonly now: readonly boolean[];
  /** Days of the same number are alike: the same weekday group, or a holiday. */
  readonly stratum: readonly number[];
}

/** How one count moved against another one, day class by day class. */
export interface ShareShift {
  /** Of (count : rest) now over (count : rest) before. */
  readonly logRatio: number;
  /** Of `logRatio`, if nothing but chance of counting were at work. */
  readonly variance: number;
  /** Pearson's X² of the days' shares about those of their class and period, and its degrees of freedom. */
  readonly chiSquare: number;
  readonly df: number;
  /** Mean variance of a day's count by chance of counting: how much of an overdispersion could be seen. */
  readonly dailyVariance: number;
  /** Counted on days that have a counterpart in the other period. */
  readonly count: number;
  readonly before: number;
  /** Of both: the part that would lie in this period had nothing moved. */
  readonly expectedPart: number;
  readonly restNow: number;
  readonly restBefore: number;
}

/** One class of days, both periods: [count now, rest now, count before, rest before]. */
type Table = [number, number, number, number];

/**
 * Compares a count with the rest, now and before. Both were counted on the same days, so rhythm, holidays and growth of
 * all traffic cancel; days are compared within their class (Mantel and Haenszel 1959), so that what is asked more on
 * Sundays does not rise for a month with five of them. A class of days that only one period has is left out.
 * Variance: Robins, Breslow and Greenland (1986).
 */
export function shareShift(
  { now, stratum }: DayFrame,
  counts: readonly number[],
  rest: readonly number[],
): ShareShift {
  const tables = new Map<number, Table>();
  for (const [day, isNow] of now.entries()) {
    const table = tables.get(stratum[day] ?? 0) ?? [0, 0, 0, 0];
    tables.set(stratum[day] ?? 0, table);
    table[isNow ? 0 : 2] += counts[day] ?? 0;
    table[isNow ? 1 : 3] += rest[day] ?? 0;
  }
  for (const [key, [a, b, c, d]] of tables) if (a + b === 0 || c + d === 0) tables.delete(key);
  const comparable = [...tables.values()];
  const sum = (of: (table: Table) => number) => comparable.reduce((total, table) => total + of(table), 0);
  const count = sum(([a]) => a);
  const before = sum(([, , c]) => c);
  return {
    ...mantelHaenszel(comparable),
    ...residualsOf({ now, stratum }, counts, rest, tables),
    count,
    before,
    expectedPart:
      count + before === 0
        ? 0.5
        : sum(([a, b, c, d]) => ((a + c) * (a + b)) / (a + b + c + d)) / (count + before),
    restNow: sum(([, b]) => b),
    restBefore: sum(([, , , d]) => d),
  };
}

function mantelHaenszel(tables: readonly Table[]): { logRatio: number; variance: number } {
  let [r, s, pr, mixed, qs] = [0, 0, 0, 0, 0];
  for (const [a, b, c, d] of tables) {
    const n = a + b + c + d;
    const [p, q] = [(a + d) / n, (b + c) / n];
    const [ad, bc] = [(a * d) / n, (b * c) / n];
    r += ad;
    s += bc;
    pr += p * ad;
    mixed += p * bc + q * ad;
    qs += q * bc;
  }
  if (r > 0 && s > 0)
    return { logRatio: Math.log(r / s), variance: pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s) };
  // Nothing counted on one side: half a count everywhere (Haldane 1956, Anscombe 1956) gives a finite ratio.
  const [a, b, c, d] = tables.reduce<Table>(
    (sums, table) => [sums[0] + table[0], sums[1] + table[1], sums[2] + table[2], sums[3] + table[3]],
    [0.5, 0.5, 0.5, 0.5],
  );
  return { logRatio: Math.log((a * d) / (b * c)), variance: 1 / a + 1 / b + 1 / c + 1 / d };
}

function residualsOf(
  { now, stratum }: DayFrame,
  counts: readonly number[],
  rest: readonly number[],
  tables: ReadonlyMap<number, Table>,
): { chiSquare: number; df: number; dailyVariance: number } {
  let [chiSquare, days, varied] = [0, 0, 0];
  const groups = new Set<number>();
  for (const [day, isNow] of now.entries()) {
    const table = tables.get(stratum[day] ?? 0);
    if (table === undefined) continue;
    const [y, others] = isNow ? [table[0], table[1]] : [table[2], table[3]];
    const n = (counts[day] ?? 0) + (rest[day] ?? 0);
    const share = y / (y + others);
    const chance = n * share * (1 - share);
    if (chance === 0) continue;
    groups.add((stratum[day] ?? 0) * 2 + (isNow ? 1 : 0));
    chiSquare += ((counts[day] ?? 0) - n * share) ** 2 / chance;
    days += 1;
    varied += chance;
  }
  return { chiSquare, df: Math.max(0, days - groups.size), dailyVariance: days === 0 ? 0 : varied / days };
}
