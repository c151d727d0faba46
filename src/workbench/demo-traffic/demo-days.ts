import { KumustaError } from "../../basics/errors.ts";
import type { Content } from "../../content/content.ts";
import { zoneOf } from "../../conversation/handoff/zone.ts";

/** One business day of the made-up months. */
export interface DemoDay {
  /** 2026-09-30, in the teams' time zone. */
  readonly day: string;
  /** Its midnight, epoch ms. */
  readonly at: number;
  /** Counted from 0. */
  readonly month: number;
  /** Sunday is 0. */
  readonly weekday: number;
  readonly holiday: boolean;
  /** Salaries come on the 15th and at the month's end. */
  readonly payday: boolean;
}

/** A month as a number: months since the year 0. */
type Month = number;

const monthOf = (year: number, month: number): Month => year * 12 + month - 1;
const nameOf = (month: Month) =>
  `${String(Math.floor(month / 12))}-${String((month % 12) + 1).padStart(2, "0")}`;
const lengthOf = (month: Month) =>
  new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();

/** Days on which at least one team does not work. */
function daysOff(content: Content): ReadonlySet<string> {
  return new Set([...content.teams.values()].flatMap(({ hours }) => [...hours.daysOff]));
}

/** How far back a month with holidays is looked for. */
const yearOfMonths = 12;
/** So many days off make a dip that can be seen. */
const fewestDaysOff = 2;

/**
 * The last month unless told otherwise: the last complete one, or where neither it nor the one before has holidays, the
 * nearest earlier one that is compared over a dip.
 */
function lastMonth(content: Content, now: number): Month {
  const today = zoneOf(content.timeZone).localOf(now);
  const complete = monthOf(today.year, today.month) - 1;
  const off = [...daysOff(content)];
  const offIn = (month: Month) => off.filter((day) => day.startsWith(nameOf(month))).length;
  for (let month = complete; month > complete - yearOfMonths; month--)
    if (offIn(month) + offIn(month - 1) >= fewestDaysOff) return month;
  return complete;
}

/**
 * Every day of the months before and including `until`.
 * @param until 2026-09; the default is as above
 * @throws KumustaError `demo.refused` when `until` is no month
 */
export function demoDays(
  content: Content,
  now: number,
  { months, until }: { readonly months: number; readonly until?: string | undefined },
): readonly DemoDay[] {
  const zone = zoneOf(content.timeZone);
  const off = daysOff(content);
  const [, year = "", number = ""] = /^(\d{4})-(0[1-9]|1[0-2])$/u.exec(until ?? "") ?? [];
  if (until !== undefined && year === "")
    throw new KumustaError("demo.refused", [`${until} is no month: write it as 2026-09`]);
  const last = until === undefined ? lastMonth(content, now) : monthOf(Number(year), Number(number));
  return Array.from({ length: months }, (_, month) => month).flatMap((month) => {
    const which = last - months + 1 + month;
    const length = lengthOf(which);
    return Array.from({ length }, (_, index): DemoDay => {
      const date = index + 1;
      const day = `${nameOf(which)}-${String(date).padStart(2, "0")}`;
      return {
        day,
        at: zone.instantOf(Math.floor(which / 12), (which % 12) + 1, date, 0),
        month,
        weekday: new Date(Date.UTC(Math.floor(which / 12), which % 12, date)).getUTCDay(),
        holiday: off.has(day),
        payday: date === 15 || date === 16 || date === length,
      };
    });
  });
}
