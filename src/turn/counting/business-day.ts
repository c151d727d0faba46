import { zoneOf } from "../../conversation/handoff/zone.ts";

/** When something happened, as reports sort it. */
export interface BusinessTime {
  /** 2026-11-22. */
  readonly day: string;
  /** "00" to "23". */
  readonly hour: string;
}

/** Days of the business: in the time zone of its teams. */
export interface BusinessDays {
  /** @param at epoch ms */
  of(at: number): BusinessTime;
  /** The instant at which a day (2026-11-22) began, epoch ms. */
  startOf(day: string): number;
}

/** Clocks change on the quarter of an hour at the most: within one, the offset stays. */
const quarterMs = 15 * 60_000;
const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
/** A day of traffic, with room for what arrives late. */
const mostQuarters = 1_000;

/** Asking the runtime's time zone data costs as much as the rest of counting a turn: asked once for each quarter. */
export function businessDays(timeZone: string): BusinessDays {
  const zone = zoneOf(timeZone);
  const offsets = new Map<number, number>();
  const days = new Map<number, string>();
  const starts = new Map<string, number>();
  const offsetOf = (quarter: number) => {
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const { year, month, day, minute } = zone.localOf(quarter * quarterMs);
    const offset = Date.UTC(year, month - 1, day, 0, minute) - quarter * quarterMs;
    if (offsets.size >= mostQuarters) offsets.clear();
    offsets.set(quarter, offset);
    return offset;
  };
  const nameOf = (number: number) => {
    const known = days.get(number);
    if (known !== undefined) return known;
    const name = new Date(number * dayMs).toISOString().slice(0, 10);
    if (days.size >= mostQuarters) days.clear();
    days.set(number, name);
    return name;
  };
  return {
    of: (at) => {
      const local = at + offsetOf(Math.floor(at / quarterMs));
      const number = Math.floor(local / dayMs);
      const hour = Math.floor((local - number * dayMs) / hourMs);
      return { day: nameOf(number), hour: String(hour).padStart(2, "0") };
    },
    startOf: (day) => {
      const known = starts.get(day);
      if (known !== undefined) return known;
      const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
      const start = zone.instantOf(year, month, date, 0);
      if (starts.size >= mostQuarters) starts.clear();
      starts.set(day, start);
      return start;
    },
  };
}

/** The days of a business whose time zone may be changed while the program runs. */
export function businessDaysAt(timeZone: () => string): () => BusinessDays {
  let made: { readonly zone: string; readonly days: BusinessDays } | undefined;
  return () => {
    const zone = timeZone();
    if (made?.zone !== zone) made = { zone, days: businessDays(zone) };
    return made.days;
  };
}
