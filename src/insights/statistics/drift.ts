/** Variance by which everything moves from one period to the next, shift or not, and how surely that is known. */
export interface Drift {
  readonly variance: number;
  readonly df: number;
}

interface Series {
  readonly logRatio: number;
  readonly variance: number;
}

/** Median of the chi-squared distribution with one degree of freedom. */
const medianOfChiSquare = 0.454936;
/** A median tells of a variance what 37 % as many normal values tell by their squares. */
const worthOfMedian = 0.37;
/** Fewer series say nothing of what is usual. */
const fewest = 8;
/**
 * With fewer degrees of freedom no shift could be named however large it is. Six keep the rate of false alarms in
 * simulated traffic that drifts as much as it likes (test/insights/statistics/false-alarms.test.ts).
 */
const leastDf = 6;

function weightedMedian(items: readonly { readonly value: number; readonly weight: number }[]): number {
  const sorted = items.toSorted((x, y) => x.value - y.value);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  for (const { value, weight } of sorted) {
    sum += weight;
    if (sum >= half) return value;
  }
  return 0;
}

/**
 * What customers ask about drifts slowly, beyond what the days within a month can show. How much is read off the bulk
 * of all series: the variance that gives their log ratios the spread which their own variances should have given them
 * (the between-study variance of DerSimonian and Laird 1986, by medians, so that a few real shifts do not widen it; the
 * thought is Efron's empirical null, 2004). Series weigh by what they can tell: one that varies much by itself shows
 * little of a drift.
 */
export function driftOf(series: readonly Series[]): Drift {
  if (series.length < fewest) return { variance: 0, df: leastDf };
  const spread = (extra: number) => {
    const weighed = series.map(({ logRatio, variance }) => ({ logRatio, weight: 1 / (variance + extra) }));
    const middle = weightedMedian(weighed.map(({ logRatio, weight }) => ({ value: logRatio, weight })));
    return weightedMedian(
      weighed.map(({ logRatio, weight }) => ({ value: (logRatio - middle) ** 2 * weight, weight })),
    );
  };
  if (spread(0) <= medianOfChiSquare) return { variance: 0, df: leastDf };
  let [low, high] = [0, 1e-6];
  while (spread(high) > medianOfChiSquare) high *= 2;
  for (let halving = 0; halving < 40; halving++) {
    const extra = (low + high) / 2;
    if (spread(extra) > medianOfChiSquare) low = extra;
    else high = extra;
  }
  const telling = series.reduce((sum, { variance }) => sum + (high / (variance + high)) ** 2, 0);
  return { variance: high, df: Math.max(leastDf, worthOfMedian * (telling - 1)) };
}
