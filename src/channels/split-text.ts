const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Where a reader pauses, best first: between paragraphs, lines, sentences, clauses, words. */
const borders = [/\n{2,}/gu, /\n/gu, /(?<=[.!?…])\s+/gu, /(?<=[,;:])\s+/gu, /\s+/gu];

/**
 * The longest beginning of the text that fits, never cut inside a character as readers see it. Measured a few times
 * only: by halves, between 0 and where the last one did not fit.
 */
function longestFit(text: string, fits: (part: string) => boolean): number {
  const ends = [...graphemes.segment(text)].map(({ index, segment }) => index + segment.length);
  let fitting = 0;
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const end = ends[middle] ?? text.length;
    if (fits(text.slice(0, end))) {
      fitting = end;
      low = middle + 1;
    } else high = middle;
  }
  return fitting;
}

/**
 * Splits a text into parts that each fit, at the best border that leaves a part at least half full; only a word
 * longer than a whole part is cut inside, and then between characters as readers see them.
 * @param fits whether a part may be sent as it is, by the channel's own measure: what fits must fit also with less
 * behind it
 */
export function splitText(text: string, fits: (part: string) => boolean): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest !== "" && !fits(rest)) {
    const end = longestFit(rest, fits);
    if (end === 0) break;
    const cut = bestBorder(rest, end);
    parts.push(rest.slice(0, cut.from).trimEnd());
    rest = rest.slice(cut.to).trimStart();
  }
  return rest === "" ? parts : [...parts, rest];
}

function bestBorder(text: string, end: number): { from: number; to: number } {
  for (const border of borders) {
    let best: { from: number; to: number } | undefined;
    for (const match of text.slice(0, end + 1).matchAll(border)) {
      if (match.index > 0 && match.index <= end)
        best = { from: match.index, to: match.index + match[0].length };
    }
    if (best !== undefined && best.from >= end / 2) return best;
  }
  const space = text.slice(0, end + 1).search(/\s\S*$/u);
  return space > 0 ? { from: space, to: space + 1 } : { from: end, to: end };
}
