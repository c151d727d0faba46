import { hashOfBytes } from "./hash-table.ts";

const TAB = 9;
const LINE_END = 10;
const SPACE = 32;

/** A Filipino word and the English words that tell its meaning, each by its hash. */
export type VisitEntry = (word: number, english: readonly number[]) => void;

/**
 * Visits the entries of `filipino.tsv`: lines of a word, a tab, and English words with spaces between them, in plain ASCII.
 * Hashed where they lie: thousands of small strings would leave megabytes of garbage at each start.
 * @param lines its bytes
 */
export function visitGlossary(lines: Uint8Array, visit: VisitEntry): void {
  for (let at = 0; at < lines.length;) {
    const next = lines.indexOf(LINE_END, at);
    const end = next < 0 ? lines.length : next;
    const tab = lines.indexOf(TAB, at);
    if (tab >= 0 && tab < end) visit(hashOfBytes(lines, at, tab), hashesBetween(lines, tab + 1, end));
    at = end + 1;
  }
}

function hashesBetween(lines: Uint8Array, from: number, to: number): number[] {
  const hashes: number[] = [];
  for (let at = from; at < to;) {
    const space = lines.indexOf(SPACE, at);
    const end = space < 0 || space > to ? to : space;
    if (end > at) hashes.push(hashOfBytes(lines, at, end));
    at = end + 1;
  }
  return hashes;
}
