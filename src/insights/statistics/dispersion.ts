import type { ShareShift } from "./share-shift.ts";

type Residuals = Pick<ShareShift, "chiSquare" | "df" | "dailyVariance">;

/** How many times as much as chance of counting the days of a series vary, and how surely that is known. */
export interface Dispersion {
  /** At least 1. */
  readonly phi: number;
  readonly df: number;
}

/** Days of its own that a series needs to weigh as much as what all series together say. */
const priorDf = 20;

/**
 * A day's squared residual has the variance 2 + 1/μ for a Poisson count of mean μ, not the 2 of a normal one: sparse
 * counts tell less of their own dispersion.
 */
function worthOf({ df, dailyVariance }: Residuals): number {
  return dailyVariance === 0 ? 0 : (2 * df) / (2 + 1 / dailyVariance);
}

/**
 * Dispersion of each series by its days' residuals (McCullagh and Nelder 1989, 9.2), drawn towards what all series say
 * together: a common coefficient of variation, φ = 1 + a·μ, as for counts of the negative binomial. Drawing variances
 * together by their degrees of freedom: Smyth (2004).
 */
export function dispersions(series: readonly Residuals[]): Dispersion[] {
  const told = series.filter(({ df }) => df > 0);
  let a = 0;
  // Weighted least squares, the weights by the fit before it; five rounds settle it to a few per mille.
  for (let round = 0; round < 5; round++) {
    let [above, below] = [0, 0];
    for (const one of told) {
      const m = one.dailyVariance;
      const weight = worthOf(one) / (1 + a * m) ** 2;
      above += weight * m * (one.chiSquare / one.df - 1);
      below += weight * m * m;
    }
    a = below === 0 ? 0 : Math.max(0, above / below);
  }
  return series.map((one) => {
    const worth = worthOf(one);
    const own = one.df === 0 ? 1 : one.chiSquare / one.df;
    const trend = 1 + a * one.dailyVariance;
    return { phi: Math.max(1, (priorDf * trend + worth * own) / (priorDf + worth)), df: priorDf + worth };
  });
}
