import { KumustaError } from "../../basics/errors.ts";
import type { BusinessDays } from "../../turn/counting/business-day.ts";
import { daysFrom, type DayNature } from "./calendar.ts";
import type { Period } from "./report.ts";

export interface Periods {
  readonly period: Period;
  readonly before: Period;
  /** The month is not over. */
  readonly running: boolean;
}

/** Of our time: JavaScript takes the years 0 to 99 for those of the last century. */
const written = /^(?:19|2\d)\d{2}-(?:0[1-9]|1[0-2])$/u;

/** First day of the month that lies so many months away. */
function firstOf(month: string, away: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + away, 1)).toISOString().slice(0, 10);
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

/** The last month that is over at this instant, epoch ms: 2026-10. */
export function lastMonth(now: number, days: BusinessDays): string {
  return dayBefore(firstOf(days.of(now).day.slice(0, 7), 0)).slice(0, 7);
}

/**
 * A business month and the one before. Of a month that still runs, the days that are over are held against as many of
 * the month before; on its first day, that day as far as it has come.
 * @param month 2026-11
 * @throws KumustaError `request.malformed` for what is no month, or lies ahead
 */
export function periodsOf(
  month: string,
  now: number,
  days: BusinessDays,
  natureOf: (day: string) => DayNature,
): Periods {
  const today = days.of(now).day;
  if (!written.test(month))
    throw new KumustaError("request.malformed", [`${month} is no month: write it as 2026-10`]);
  const first = firstOf(month, 0);
  if (first > today) throw new KumustaError("request.malformed", [`the month ${month} has not begun`]);
  const last = dayBefore(firstOf(month, 1));
  const running = last >= today;
  const yesterday = dayBefore(today);
  const to = !running ? last : yesterday < first ? today : yesterday;
  const passed = daysFrom(first, to);
  const lastBefore = dayBefore(first);
  const month0 = daysFrom(firstOf(month, -1), lastBefore);
  const period = (of: readonly string[]): Period => ({
    from: of[0] ?? first,
    to: of.at(-1) ?? first,
    days: of.length,
    workingDays: of.filter((day) => !natureOf(day).off).length,
    holidays: of.flatMap((day) => {
      const name = natureOf(day).holiday;
      return name === null ? [] : [{ day, name }];
    }),
  });
  return {
    period: period(passed),
    before: period(running ? month0.slice(0, passed.length) : month0),
    running,
  };
}
