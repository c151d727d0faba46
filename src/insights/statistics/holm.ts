/**
 * Which of many tests may be called more than chance, so that the chance of naming even one in error stays at most
 * `rate`, whatever the tests have to do with each other (Holm 1979). True for those.
 */
export function holm(ps: readonly number[], rate: number): boolean[] {
  const named = ps.map(() => false);
  const order = ps.map((p, at) => ({ p, at })).sort((a, b) => a.p - b.p);
  for (const [rank, { p, at }] of order.entries()) {
    if (p > rate / (ps.length - rank)) break;
    named[at] = true;
  }
  return named;
}
