import type { WorkingHours } from "../../content/working-hours.ts";
import { zoneOf } from "./zone.ts";

const minuteMs = 60_000;
/** A promise is a time that people say: it is rounded up to full five minutes, within the shift. */
const saidInMs = 5 * minuteMs;

/** A stretch of working time as instants, end exclusive. */
export interface Shift {
  readonly from: number;
  readonly to: number;
}

/** The shifts that end after an instant, in order, without end: a team has hours in every week, and days off are listed. */
export function* shiftsAfter(
  { timeZone, week, daysOff }: WorkingHours,
  now: number,
): Generator<Shift, never> {
  const zone = zoneOf(timeZone);
  const today = zone.localOf(now);
  for (let ahead = 0; ; ahead++) {
    // Noon: the date is the same on any day that has one hour more or less.
    const date = zone.localOf(zone.instantOf(today.year, today.month, today.day + ahead, 720));
    const written = [date.year, date.month, date.day].map((part) => String(part).padStart(2, "0")).join("-");
    if (daysOff.has(written)) continue;
    for (const { from, to } of week[date.weekday] ?? []) {
      const shift = {
        from: zone.instantOf(date.year, date.month, date.day, from),
        to: zone.instantOf(date.year, date.month, date.day, to),
      };
      if (shift.to > now) yield shift;
    }
  }
}

/**
 * When the promise given at `now` runs out: after so many minutes of working time. Always within a shift (its last
 * instant included), never in the past, and never earlier for a later `now`.
 */
export function promisedAt(hours: WorkingHours, now: number, minutes: number): number {
  let left = minutes * minuteMs;
  const shifts = shiftsAfter(hours, now);
  for (;;) {
    const { from, to } = shifts.next().value;
    const begin = Math.max(from, now);
    if (to - begin >= left) return Math.min(Math.ceil((begin + left) / saidInMs) * saidInMs, to);
    left -= to - begin;
  }
}
