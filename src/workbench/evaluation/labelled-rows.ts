/** Intent data as a TSV without header: split, intent, text. The intent `oos` is out of scope. */
export const OUT_OF_SCOPE = "oos";

const splits = ["train", "val", "test"] as const;
export type Split = (typeof splits)[number];
const isSplit = (text: string): text is Split => splits.some((split) => split === text);

export interface LabelledRow {
  readonly split: Split;
  /** Null where no intent is meant. */
  readonly intent: string | null;
  readonly text: string;
  readonly locale?: string;
}

export interface RowFault {
  /** Counted from 1. */
  readonly line: number;
  readonly reason: string;
}

const LONGEST_TEXT = 100_000;

/** Reads rows; a row that cannot be used becomes a fault with its line number, and the others are read on. */
export function readLabelledRows(bytes: Uint8Array): {
  readonly rows: readonly LabelledRow[];
  readonly faults: readonly RowFault[];
} {
  const rows: LabelledRow[] = [];
  const faults: RowFault[] = [];
  const lines = new TextDecoder("utf-8").decode(bytes).split(/\r?\n/);
  lines.forEach((line, i) => {
    if (line === "" || (i === 0 && line === "\ufeff")) return;
    const [split = "", intent = "", ...rest] = line.split("\t");
    const text = rest.join(" ");
    const fault = faultOf(line, split, intent, rest, text);
    if (fault !== undefined) faults.push({ line: i + 1, reason: fault });
    else if (isSplit(split)) rows.push({ split, intent: intent === OUT_OF_SCOPE ? null : intent, text });
  });
  return { rows, faults };
}

function faultOf(
  line: string,
  split: string,
  intent: string,
  rest: readonly string[],
  text: string,
): string | undefined {
  if (line.includes("\u0000")) return "holds a zero byte: this is not a text file";
  if (line.includes("\ufffd")) return "is not UTF-8";
  if (rest.length === 0)
    return `has ${line.split("\t").length} columns, not the three of split, intent and text (between tabs)`;
  if (!isSplit(split)) return `begins with “${split.slice(0, 40)}”, not with train, val or test`;
  if (intent.trim() === "") return "names no intent";
  if (text.trim() === "") return "has no text";
  if (text.length > LONGEST_TEXT)
    return `has a text of ${text.length} characters; the most is ${LONGEST_TEXT}`;
  return undefined;
}
