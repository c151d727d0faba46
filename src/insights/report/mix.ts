import type { Both } from "./figures.ts";
import type { MixLine } from "./report.ts";

/** Lines of one mix; what has fewer is summed up as "other". */
const mostLines = 25;

/** How a count is spread over the values of something, largest first; "unknown" where nothing was told. */
export function mixOf<Row extends { readonly n: number }>(
  { now, before }: Both<readonly Row[]>,
  valueOf: (row: Row) => string,
): MixLine[] {
  const [counts, earlier] = [now, before].map((rows) => {
    const sums = new Map<string, number>();
    for (const row of rows) {
      const value = valueOf(row) === "" ? "unknown" : valueOf(row);
      sums.set(value, (sums.get(value) ?? 0) + row.n);
    }
    return sums;
  });
  const values = [...new Set([...(counts?.keys() ?? []), ...(earlier?.keys() ?? [])])];
  const all = [...(counts?.values() ?? [])].reduce((sum, n) => sum + n, 0);
  const line = (value: string, count: number, prior: number): MixLine => ({
    value,
    count,
    before: prior,
    share: all === 0 ? 0 : count / all,
  });
  const lines = values
    .map((value) => line(value, counts?.get(value) ?? 0, earlier?.get(value) ?? 0))
    .sort((a, b) => b.count - a.count || b.before - a.before || (a.value < b.value ? -1 : 1));
  const rest = lines.slice(mostLines);
  const total = (of: (one: MixLine) => number) => rest.reduce((sum, one) => sum + of(one), 0);
  return rest.length === 0
    ? lines
    : [
        ...lines.slice(0, mostLines),
        line(
          "other",
          total(({ count }) => count),
          total((one) => one.before),
        ),
      ];
}
