/** Letters that must be added, taken away, changed or swapped with their neighbour (Damerau 1964, restricted). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** Whoever mistypes a name gets so many of its letters wrong; with more, another name was meant. */
const MOST_TYPOS = 3;

/** The known name that was most likely meant: a third of its letters are different, and no more than three. */
export function nearestName(written: string, known: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let least = Infinity;
  for (const name of known) {
    if (Math.abs(name.length - written.length) > least) continue;
    const away = distance(written, name);
    if (away < least) [nearest, least] = [name, away];
  }
  return nearest !== undefined && least <= Math.max(1, Math.min(MOST_TYPOS, Math.floor(nearest.length / 3)))
    ? nearest
    : undefined;
}

/** A mend for a name that is not known: the one that was likely meant, else what else to do. */
export function didYouMean(written: string, known: Iterable<string>, otherwise: string): string {
  const nearest = nearestName(written, known);
  return nearest === undefined ? otherwise : `did you mean ${nearest}? If not, ${otherwise}`;
}
