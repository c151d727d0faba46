import { incompleteBeta } from "./incomplete-beta.ts";

/** Chance that Student's t with `df` degrees of freedom lies at least |t| from 0, on either side (DLMF 8.17, 26.7 AS). */
export function twoSidedT(t: number, df: number): number {
  return incompleteBeta(df / (df + t * t), df / 2, 0.5);
}

/** The t that is exceeded, on either side, with the chance `p` (0 < p < 1). By halving, to 1e-9. */
export function criticalT(p: number, df: number): number {
  let low = 0;
  let high = 1;
  while (twoSidedT(high, df) > p) high *= 2;
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (twoSidedT(middle, df) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
