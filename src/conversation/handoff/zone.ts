/** A local date and time of a time zone. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** Sunday is 0. */
  readonly weekday: number;
  /** Minutes since local midnight, 0 to 1439. */
  readonly minute: number;
}

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

/** Conversions between instants (epoch ms) and the local time of one zone, by the runtime's time zone data. */
export interface Zone {
  localOf(instant: number): LocalTime;
  /** The instant of a local midnight plus minutes; days and minutes beyond their range count on. */
  instantOf(year: number, month: number, day: number, minute: number): number;
}

export function zoneOf(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  /** The local time of an instant, written as if it were UTC. */
  const shifted = (instant: number) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
  };
  const offsetAt = (instant: number) => shifted(instant) - Math.floor(instant / minuteMs) * minuteMs;
  return {
    localOf: (instant) => {
      const local = new Date(shifted(instant));
      return {
        year: local.getUTCFullYear(),
        month: local.getUTCMonth() + 1,
        day: local.getUTCDate(),
        weekday: local.getUTCDay(),
        minute: local.getUTCHours() * 60 + local.getUTCMinutes(),
      };
    },
    instantOf: (year, month, day, minute) => {
      const wanted = Date.UTC(year, month - 1, day) + minute * minuteMs;
      // Twice: the first guess may lie on the other side of a change of the clock.
      const guess = wanted - offsetAt(wanted);
      return wanted - offsetAt(guess);
    },
  };
}

/** Days from one local date to another. */
export function daysBetween(from: LocalTime, to: LocalTime): number {
  return (Date.UTC(to.year, to.month - 1, to.day) - Date.UTC(from.year, from.month - 1, from.day)) / dayMs;
}
