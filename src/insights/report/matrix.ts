import type { Content } from "../../content/content.ts";
import { lifecycles, type Lifecycle } from "../../content/ownership.ts";
import type { ConcernExample } from "../../store/sql/insight-store.ts";
import type { Figures } from "./figures.ts";
import { changeOf, type FoundShifts } from "./find-shifts.ts";
import { differing, exampleOf } from "./examples.ts";
import { kindOf } from "./findings.ts";
import type { Cell, IntentLine } from "./report.ts";

interface Given {
  readonly figures: Figures;
  readonly found: FoundShifts;
  readonly content: Pick<Content, "stages" | "intents">;
  /** Days of both periods, in order. */
  readonly days: readonly string[];
  /** The newest concerns of this period, newest first: some of each cell are shown. */
  readonly newest: readonly ConcernExample[];
}

/** The newest so many concerns of a period are looked through for examples of each cell. */
export const newestLookedAt = 1_000;
/** Examples that stand for one cell. */
const examplesShown = 5;

interface Filed {
  readonly kind: string;
  readonly stage: string;
  readonly intent: string;
  readonly n: number;
}

const total = (rows: readonly { readonly n: number }[]) => rows.reduce((sum, { n }) => sum + n, 0);

/** Groups rows by a key, in the order in which keys come. */
function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const same = groups.get(keyOf(row));
    if (same === undefined) groups.set(keyOf(row), [row]);
    else same.push(row);
  }
  return groups;
}

/** The team to which most of these concerns belonged; null where most had nobody. */
function ownerOf(rows: readonly { readonly k1: string; readonly n: number }[]): string | null {
  const [largest] = [...grouped(rows, ({ k1 }) => k1)].sort(([, a], [, b]) => total(b) - total(a));
  return largest === undefined || largest[0] === "" ? null : largest[0];
}

/** Every cell of the matrix that has anything, this period or the one before. */
export function cellsOf({ figures, found, days, newest }: Given): Cell[] {
  const cellKey = ({ kind, stage }: Pick<Filed, "kind" | "stage">) => JSON.stringify([kind, stage]);
  const place = new Map(days.map((day, at) => [day, at]));
  const [now, before] = [figures.fates.now, figures.fates.before].map((rows) => grouped(rows, cellKey));
  const owners = grouped([...figures.owners.now, ...figures.owners.before], cellKey);
  const daily = grouped(figures.concernsByDay, cellKey);
  const written = grouped(
    newest.filter(({ text }) => text.trim() !== ""),
    ({ concern }) => cellKey({ kind: concern.kind, stage: concern.stage ?? "" }),
  );
  return [...daily].flatMap(([key, rows]) => {
    const [first] = rows;
    if (first === undefined) return [];
    const { kind, stage } = first;
    const own = now?.get(key) ?? [];
    const earlier = total(before?.get(key) ?? []);
    const line = days.map(() => 0);
    for (const { day, n } of rows) {
      const at = place.get(day);
      if (at !== undefined) line[at] = (line[at] ?? 0) + n;
    }
    return [
      {
        kind: kindOf(kind),
        stage,
        count: total(own),
        before: earlier,
        change: changeOf(found.ofCell(kind, stage), earlier),
        byLifecycle: byLifecycle(own),
        daily: line,
        intents: [...grouped(own, ({ intent }) => intent)]
          .map(([intent, same]) => ({ intent, count: total(same) }))
          .sort((a, b) => b.count - a.count),
        team: ownerOf(owners.get(key) ?? []),
        examples: differing(written.get(key) ?? [])
          .slice(0, examplesShown)
          .map(exampleOf),
      },
    ];
  });
}

function byLifecycle(
  rows: readonly { readonly k2: string; readonly n: number }[],
): Record<Lifecycle, number> {
  const counts: Record<Lifecycle, number> = {
    prospect: 0,
    "first-purchase": 0,
    "repeat-purchase": 0,
    unknown: 0,
  };
  for (const { k2, n } of rows) counts[lifecycles.find((one) => one === k2) ?? "unknown"] += n;
  return counts;
}

/** Every intent that was asked about, the most frequent first. */
export function intentLinesOf({ figures, found, content }: Omit<Given, "newest">): IntentLine[] {
  const all = total(figures.fates.now);
  const now = grouped(figures.fates.now, ({ intent }) => intent);
  const before = grouped(figures.fates.before, ({ intent }) => intent);
  const owners = grouped([...figures.owners.now, ...figures.owners.before], ({ intent }) => intent);
  return [...new Set([...now.keys(), ...before.keys()])]
    .map((intent) => {
      const own = now.get(intent) ?? [];
      const earlier = before.get(intent) ?? [];
      const count = total(own);
      const filed = (count > 0 ? own : earlier).toSorted((a, b) => b.n - a.n)[0];
      const stage = filed?.stage ?? "";
      return {
        intent,
        title: content.intents.get(intent)?.title.en ?? intent,
        kind: kindOf(filed?.kind ?? ""),
        stage: stage === "" ? null : stage,
        team: ownerOf(owners.get(intent) ?? []),
        count,
        before: total(earlier),
        share: all === 0 ? 0 : count / all,
        change: changeOf(found.ofIntent(intent), total(earlier)),
        containment: count === 0 ? null : total(own.filter(({ k1 }) => k1 === "contained")) / count,
      };
    })
    .sort((a, b) => b.count - a.count || b.before - a.before || (a.intent < b.intent ? -1 : 1));
}
