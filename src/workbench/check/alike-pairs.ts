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
  const byGram = new Map<string, number[]>();
  const pairs: AlikePair<Line>[] = [];
  lines.forEach((one, i) => {
    const own = grams[i];
    if (own === undefined) return;
    const rarest = [...own]
      .sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0) || (a < b ? -1 : 1))
      .slice(0, own.size - Math.ceil(least * own.size) + 1);
    const near = new Set(rarest.flatMap((gram) => byGram.get(gram) ?? []));
    for (const j of near) {
      const other = lines[j];
      const theirs = grams[j];
      if (other === undefined || theirs === undefined || !matters(one, other)) continue;
      if (Math.min(own.size, theirs.size) < least * Math.max(own.size, theirs.size)) continue;
      const alike = jaccard(own, theirs);
      if (alike >= least) pairs.push({ one, other, alike });
    }
    for (const gram of rarest) {
      const list = byGram.get(gram);
      if (list === undefined) byGram.set(gram, [i]);
      else list.push(i);
    }
  });
  return pairs;
}
