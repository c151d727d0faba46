import type { Span } from "./find-values.ts";

const wordCharacter = /[\p{L}\p{N}]/u;

function isWordAt(text: string, at: number): boolean {
  return at >= 0 && at < text.length && wordCharacter.test(text.charAt(at));
}

/** Where these words stand in the text as words of their own, not within a longer one. */
export function occurrences(text: string, words: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
    const end = at + words.length;
    const begins = !(isWordAt(text, at) && isWordAt(text, at - 1));
    const ends = !(isWordAt(text, end - 1) && isWordAt(text, end));
    if (begins && ends) found.push(at);
  }
  return found;
}

/** In the order of the text; those that overlap become one that holds both and is called as the longer. */
export function joinSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = joined.at(-1);
    if (last === undefined || span.start >= last.end) joined.push(span);
    else if (span.end > last.end) {
      const type = last.end - last.start >= span.end - span.start ? last.type : span.type;
      joined[joined.length - 1] = { start: last.start, end: span.end, type };
    }
  }
  return joined;
}
