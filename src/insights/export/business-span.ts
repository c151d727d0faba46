import { KumustaError } from "../../basics/errors.ts";
import { zoneOf } from "../../conversation/handoff/zone.ts";
import type { TimeSpan } from "../../store/sql/export-store.ts";

const date = /^(\d{4})-(\d{2})-(\d{2})$/u;
/** ISO 8601 with its zone said: what lacks one would mean another instant on each machine. */
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/u;

/** The first instant of a business day, or of the day so many days later; undefined where there is no such date. */
function dayStart(text: string, timeZone: string, daysLater: number): number | undefined {
  const [, year, month, day] = date.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const written = new Date(Date.UTC(year, month - 1, day));
  if (written.getUTCMonth() !== month - 1 || written.getUTCDate() !== day) return undefined;
  return zoneOf(timeZone).instantOf(year, month, day + daysLater, 0);
}

/**
 * The span from `since` to `until`. A date is a business day in the teams' time zone, and both days are in it; an instant
 * (2026-11-22T09:00:00+08:00) is taken as it stands, and `until` is not in it.
 * @throws KumustaError `request.malformed`
 */
export function businessSpan(
  since: string | undefined,
  until: string | undefined,
  timeZone: string,
): TimeSpan {
  const read = (name: string, text: string, daysLater: number): number => {
    const at = instant.test(text) ? Date.parse(text) : (dayStart(text, timeZone, daysLater) ?? NaN);
    if (Number.isFinite(at)) return at;
    throw new KumustaError("request.malformed", [
      `--${name} ${text} is no date: write 2026-11-22, or 2026-11-22T09:00:00+08:00`,
    ]);
  };
  return {
    from: since === undefined ? 0 : read("since", since, 0),
    until: until === undefined ? Number.MAX_SAFE_INTEGER : read("until", until, 1),
  };
}
