interface Series {
  readonly logRatio: number;
  readonly variance: number;
}

/** A series further off than so many of its deviations counts as one that far off. */
const bend = 1.5;
/** What min(z², bend²) is on average for a normal z. */
const expectedSquare = 0.77846;
/** Of a variance this tells what 70 % as many normal values tell by their squares. */
const worthOfBent = 0.7;
/** Fewer series say nothing of what is usual. */
const fewest = 8;
/** Standard errors by which the drift is taken for larger than it looks: false-alarms.test.ts. */
const caution = 0.4;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function weightedMedian(items: readonly { readonly value: number; readonly weight: number }[]): number {
  const sorted = items.toSorted((x, y) => x.value - y.value);
  const half = sum(sorted.map(({ weight }) => weight)) / 2;
  let passed = 0;
  for (const { value, weight } of sorted) {
    passed += weight;
    if (passed >= half) return value;
  }
  return 0;
}

/**
 * What customers ask about drifts slowly, beyond what the days within a month can show. How much is read off the bulk
 * of all series: the variance that gives their log ratios the spread which their own variances should have given them
 * (the between-study variance of DerSimonian and Laird 1986, with squares bent as in Huber's proposal 2, 1964, so that a
 * few real shifts do not widen it; the thought is Efron's empirical null, 2004). Series weigh by what they can tell: one
 * that varies much by itself shows little of a drift.
 * @returns the variance to add to that of each log ratio; undefined where there are too few series to say
 */
export function driftOf(series: readonly Series[]): number | undefined {
  if (series.length < fewest) return undefined;
  const spread = (extra: number) => {
    const weighed = series.map(({ logRatio, variance }) => ({ logRatio, weight: 1 / (variance + extra) }));
    const middle = weightedMedian(weighed.map(({ logRatio, weight }) => ({ value: logRatio, weight })));
    const bent = weighed.map(
      ({ logRatio, weight }) => weight * Math.min((logRatio - middle) ** 2 * weight, bend ** 2),
    );
    return sum(bent) / sum(weighed.map(({ weight }) => weight));
  };
  let [low, high] = [0, 1e-6];
  if (spread(0) <= expectedSquare) high = 0;
  else {
    while (spread(high) > expectedSquare) high *= 2;
    for (let halving = 0; halving < 40; halving++) {
      const extra = (low + high) / 2;
      if (spread(extra) > expectedSquare) low = extra;
      else high = extra;
    }
  }
  const told = sum(series.map(({ variance }) => 1 / (variance + high) ** 2));
  return high + caution * Math.sqrt(2 / (worthOfBent * told));
}
