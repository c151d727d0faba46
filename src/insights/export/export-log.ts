import type { Exported, ExportRows, ExportStore, TimeSpan } from "../../store/sql/export-store.ts";
import { csvLine, type Cell } from "./csv.ts";
import { exportedKinds, type ExportedKind } from "./export-rows.ts";

export type ExportFormat = "jsonl" | "csv";

/** Some rows, ready to be written. */
export interface ExportedPart {
  readonly text: string;
  readonly rows: number;
  /** Time of its last row, epoch ms: how far the export has come. Null for a header. */
  readonly upTo: number | null;
}

type Parts = AsyncGenerator<ExportedPart, void, undefined>;

/**
 * The log as text, part by part: one JSON object a line, or CSV with a header. Never more than one page of rows is
 * held, whatever the length of the log.
 */
export async function* exportLog(
  store: Pick<ExportStore, Exported>,
  what: Exported,
  format: ExportFormat,
  span: TimeSpan,
): Parts {
  switch (what) {
    case "turns":
      yield* partsOf(store.turns(span), exportedKinds.turns, ({ at }) => at, format);
      return;
    case "concerns":
      yield* partsOf(store.concerns(span), exportedKinds.concerns, (row) => row.opened_at, format);
      return;
    case "cases":
      yield* partsOf(store.cases(span), exportedKinds.cases, (row) => row.opened_at, format);
  }
}

async function* partsOf<Row extends ExportRows[Exported]>(
  pages: AsyncIterable<readonly Row[]>,
  { columns, more }: ExportedKind<Row>,
  timeOf: (row: Row) => number,
  format: ExportFormat,
): Parts {
  const names = Object.keys(columns);
  const tellers = Object.values(columns);
  if (format === "csv") yield { text: csvLine(names), rows: 0, upTo: null };
  for await (const page of pages) {
    const lines = page.map((row) => {
      if (format === "csv") return csvLine(tellers.map((tell) => tell(row)));
      const object: Record<string, Cell> = {};
      for (const [n, name] of names.entries()) object[name] = tellers[n]?.(row) ?? null;
      return `${JSON.stringify({ ...object, ...more(row) })}\n`;
    });
    const last = page.at(-1);
    yield { text: lines.join(""), rows: page.length, upTo: last === undefined ? null : timeOf(last) };
  }
}
