/** Words one right after another. */
export type Run = readonly string[];

/**
 * A phrase as it is compared with the words of a message. What may be written in several ways stands once: a message is
 * led through them, they are not spelled out, for a few optional words in each of some hundred phrases are a great many.
 */
export interface Phrase {
  /** Up to the first gap, place by place: one word, or any of some runs, an empty one where nothing may stand too. */
  readonly head: readonly (string | readonly Run[])[];
  /** After the first gap: the ways in which the phrase may go on, each as its runs between further gaps. */
  readonly rests: readonly (readonly Run[])[];
}

function standsAt(words: readonly string[], run: Run, at: number): boolean {
  for (let i = 0; i < run.length; i++) if (words[at + i] !== run[i]) return false;
  return true;
}

/**
 * Where runs end of which the first begins within the gap after `from`; undefined when they do not stand there.
 * @param next the first of the runs that counts
 */
function endOfRuns(
  words: readonly string[],
  runs: readonly Run[],
  from: number,
  gap: number,
  next = 0,
): number | undefined {
  const run = runs[next];
  if (run === undefined) return from;
  for (let at = from; at <= from + gap; at++) {
    if (!standsAt(words, run, at)) continue;
    const end = endOfRuns(words, runs, at + run.length, gap, next + 1);
    if (end !== undefined) return end;
  }
  return undefined;
}

function later(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.max(one, other);
}

/**
 * Where the phrase ends that begins at word `at`, written in the longest way that fits; undefined when it does not
 * stand there.
 * @param gap the most words that a gap lets stand between
 * @param place how many places of the head stand before `at` already
 */
export function endOf(
  phrase: Phrase,
  words: readonly string[],
  at: number,
  gap: number,
  place = 0,
): number | undefined {
  let here = phrase.head[place];
  while (typeof here === "string") {
    if (words[at++] !== here) return undefined;
    here = phrase.head[++place];
  }
  let end: number | undefined;
  if (here === undefined) {
    for (const runs of phrase.rests) end = later(end, endOfRuns(words, runs, at, gap));
  } else {
    for (const run of here)
      if (standsAt(words, run, at)) end = later(end, endOf(phrase, words, at + run.length, gap, place + 1));
  }
  return end;
}

/** The words with which the phrase may begin. */
export function firstWords({ head }: Phrase): ReadonlySet<string> {
  const first = new Set<string>();
  for (const place of head) {
    const runs = typeof place === "string" ? [[place]] : place;
    for (const [word] of runs) if (word !== undefined) first.add(word);
    if (runs.every((run) => run.length > 0)) break;
  }
  return first;
}
