import type { Locale } from "../../content/content.ts";
import { daysBetween, zoneOf, type LocalTime } from "./zone.ts";

/* How a time is said. "Today" and "tomorrow" are days of the team's time zone; within a week the day's name is enough. */

const weekdays: Readonly<Record<Locale, readonly string[]>> = {
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
  fil: ["Linggo", "Lunes", "Martes", "Miyerkules", "Huwebes", "Biyernes", "Sabado"],
};
const months: Readonly<Record<Locale, readonly string[]>> = {
  en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  fil: ["Ene", "Peb", "Mar", "Abr", "Mayo", "Hun", "Hul", "Ago", "Set", "Okt", "Nob", "Dis"],
};

function timeOf(minute: number): string {
  if (minute === 0) return "12 midnight";
  if (minute === 720) return "12 noon";
  const hour = Math.floor(minute / 60);
  const rest = minute % 60;
  const shown = String(hour % 12 === 0 ? 12 : hour % 12);
  return `${shown}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`} ${hour < 12 ? "am" : "pm"}`;
}

function dateOf({ year, month, day, weekday }: LocalTime, today: LocalTime, locale: Locale): string {
  const date = `${weekdays[locale][weekday] ?? ""}, ${months[locale][month - 1] ?? ""} ${String(day)}`;
  return year === today.year ? date : `${date}, ${String(year)}`;
}

/**
 * The words for "at the latest at this time": "by 9:30 am today", "on Monday by 9:30 am"; "bukas bago mag-9:30 am",
 * "sa Lunes, Nob 30, bago mag-9:30 am".
 * @param due a full minute, epoch ms, not before `now`
 */
export function sayWhen(due: number, now: number, timeZone: string, locale: Locale): string {
  const zone = zoneOf(timeZone);
  const today = zone.localOf(now);
  const { minute } = zone.localOf(due);
  // Midnight is the end of a day to people, not the beginning of the next.
  const day = zone.localOf(minute === 0 && due > now ? due - 1 : due);
  const time = timeOf(minute);
  const ahead = daysBetween(today, day);
  const name = weekdays[locale][day.weekday] ?? "";
  if (locale === "en") {
    if (ahead === 0) return `by ${time} today`;
    if (ahead === 1) return `by ${time} tomorrow`;
    if (ahead < 7) return `on ${name} by ${time}`;
    return `on ${dateOf(day, today, locale)}, by ${time}`;
  }
  if (ahead === 0) return `ngayong araw bago mag-${time}`;
  if (ahead === 1) return `bukas bago mag-${time}`;
  if (ahead < 7) return `sa ${name} bago mag-${time}`;
  return `sa ${dateOf(day, today, locale)}, bago mag-${time}`;
}
