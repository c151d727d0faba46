import type { Content } from "../../content/content.ts";
import { holidayNameOf } from "../../content/holidays.ts";

/** What a business day (2026-11-22) is like. */
export interface DayNature {
  /** Sunday is 0. */
  readonly weekday: number;
  /** Its name where some team has the day off; null on other days. */
  readonly holiday: string | null;
  /** A holiday, or a weekday on which most teams don't work. */
  readonly off: boolean;
}

/** The days between two dates, both inclusive, in order. */
export function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** Tells of each day what it is to this business: by the hours and days off of its teams. */
export function calendarOf({ teams }: Pick<Content, "teams">): (day: string) => DayNature {
  const hours = [...teams.values()].map((team) => team.hours);
  const works = Array.from(
    { length: 7 },
    (_, weekday) => 2 * hours.filter(({ week }) => (week[weekday] ?? []).length > 0).length > hours.length,
  );
  const daysOff = new Set(hours.flatMap((team) => [...team.daysOff]));
  return (day) => {
    const weekday = new Date(day).getUTCDay();
    const holiday = daysOff.has(day) ? (holidayNameOf(day) ?? "Day off") : null;
    return { weekday, holiday, off: holiday !== null || works[weekday] !== true };
  };
}

/**
 * Days of the same class are compared with each other. Shares of the traffic hardly differ between Monday and Friday:
 * one class, one for each day of the weekend, one for holidays. The traffic itself does: a class for each weekday.
 */
export function dayClass({ weekday, holiday }: DayNature, of: "shares" | "traffic"): number {
  if (holiday !== null) return 7;
  return of === "shares" && weekday >= 1 && weekday <= 5 ? 1 : weekday;
}
