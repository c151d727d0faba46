/** A stretch of one day, in minutes since local midnight, end exclusive; 1440 is the midnight at its end. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** When a team works. Plain data: src/conversation/handoff/promise.ts counts in it. */
export interface WorkingHours {
  /** IANA name, as in Asia/Manila. */
  readonly timeZone: string;
  /** Seven days, Sunday first; each day's spans in order, neither touching nor overlapping. At least one is not empty. */
  readonly week: readonly (readonly Span[])[];
  /** Local dates (2026-11-30) on which nobody works. */
  readonly daysOff: ReadonlySet<string>;
}

export const dayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type DayName = (typeof dayNames)[number];

export interface WrittenHours {
  readonly days: readonly DayName[];
  /** Minutes since midnight. Past midnight where `to` is not after `from`: it then ends on the next day. */
  readonly from: number;
  readonly to: number;
}

export const minutesOfDay = 1_440;

/** The days of "mon", "mon-sat" or "fri-mon" (over the week's end); undefined for anything else. */
export function daysIn(written: string): DayName[] | undefined {
  const [first, last = first, ...more] = written
    .split("-")
    .map((name) => dayNames.findIndex((day) => day === name));
  if (first === undefined || last === undefined || first < 0 || last < 0 || more.length > 0) return undefined;
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, i) => dayNames[(first + i) % 7]).filter(
    (day) => day !== undefined,
  );
}

function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && span.from <= last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else result.push(span);
  }
  return result;
}

/** Hours as people write them, laid out over the week: split shifts in order, nights cut at midnight. */
export function weekOf(hours: readonly WrittenHours[]): Span[][] {
  const week: Span[][] = dayNames.map(() => []);
  for (const { days, from, to } of hours) {
    for (const name of days) {
      const day = dayNames.indexOf(name);
      if (to > from) {
        week[day]?.push({ from, to });
        continue;
      }
      week[day]?.push({ from, to: minutesOfDay });
      if (to > 0) week[(day + 1) % 7]?.push({ from: 0, to });
    }
  }
  return week.map(merged);
}
