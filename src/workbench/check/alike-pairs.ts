import { characterGrams, jaccard } from "./grams.ts";

export interface AlikePair<Line> {
  readonly one: Line;
  /** Comes before `one` in the list. */
  readonly other: Line;
  /** Jaccard index of their character 3-grams. */
  readonly alike: number;
}

/**
 * All pairs that are alike at least this much, and for which `matters` holds. Compares only lines that share one of their
 * rarest grams, which a pair that much alike must do (prefix filtering: Chaudhuri, Ganti, Kaushik 2006): five thousand
 * lines take a fraction of a second.
 */
export function alikePairs<Line extends { readonly text: string }>(
  lines: readonly Line[],
  least: number,
  matters: (one: Line, other: Line) => boolean,
): AlikePair<Line>[] {
  const grams = lines.map(({ text }) => characterGrams(text));
  const counts = new Map<string, number>();
  for (const own of grams) for (const gram of own) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  // The rarest first, of equally rare ones by alphabet: lines are sorted by these numbers, in half the time that grams take.
  const places = new Map(
    [...counts]
      .sort(([a, n], [b, m]) => n - m || (a < b ? -1 : 1))
      .map(([gram], place): [string, number] => [gram, place]),
  );
  const byPlace = new Map<number, number[]>();
  const pairs: AlikePair<Line>[] = [];
  lines.forEach((one, i) => {
    const own = grams[i];
    if (own === undefined) return;
    const rarest = [
      ...Int32Array.from(own, (gram) => places.get(gram) ?? 0)
        .sort()
        .subarray(0, own.size - Math.ceil(least * own.size) + 1),
    ];
    const near = new Set(rarest.flatMap((place) => byPlace.get(place) ?? []));
    for (const j of near) {
      const other = lines[j];
      const theirs = grams[j];
      if (other === undefined || theirs === undefined || !matters(one, other)) continue;
      if (Math.min(own.size, theirs.size) < least * Math.max(own.size, theirs.size)) continue;
      const alike = jaccard(own, theirs);
      if (alike >= least) pairs.push({ one, other, alike });
    }
    for (const place of rarest) {
      const list = byPlace.get(place);
      if (list === undefined) byPlace.set(place, [i]);
      else list.push(i);
    }
  });
  return pairs;
}
