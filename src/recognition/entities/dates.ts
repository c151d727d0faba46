// English alone: the package itself brings twelve other languages, 3 MB of heap.
import { casual } from "chrono-node/en";
import type { Entity } from "../../conversation/recognized.ts";
import type { Finder } from "./found.ts";
import { findFilipinoDates } from "./filipino-dates.ts";

/** Asia/Manila: eight hours ahead of UTC all year. */
export const MANILA_MINUTES = 480;

/** Running chrono costs 0.1 to 1 ms, so only lines with a sign of an English date get there. */
const MAYBE_DATE =
  /\b(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|mon|tues|wednes|thurs|fri|satur|sun)(?:day)?\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\b|\b(?:today|tomorrow|tmrw|tonight|yesterday|noon|midnight|weekend|last|next|this|ago|in \w+ (?:day|week|month|hour|minute)s?)\b|\d\s?(?:am|pm)\b|\d[:/-]\d/i;

/** “may” and “sat” and “mar” are words of other meanings unless a number or a full name makes them dates. */
const DOUBTFUL = /^(?:may|mar|sat|sun|wed|fri|now|this|second|sec)$/i;
/** “may 2 items po”: Filipino “there are”, not the month. */
const THERE_ARE = /^may \d+$/;

/**
 * Dates and times, English (chrono-node) and Filipino. The value is ISO 8601: a date, or with the time of day a date-time in
 * Philippine time.
 * @param now epoch milliseconds that “tomorrow” counts from
 */
export function dateFinder(now: () => number): Finder {
  return (text) => {
    const filipino = findFilipinoDates(text, now());
    if (!MAYBE_DATE.test(text)) return filipino;
    const english = casual
      .parse(text, { instant: new Date(now()), timezone: MANILA_MINUTES }, { forwardDate: true })
      .flatMap(({ index, text: found, start }): Entity[] => {
        if (
          DOUBTFUL.test(found) ||
          (THERE_ARE.test(found) && /^\s*[a-z]/i.test(text.slice(index + found.length)))
        )
          return [];
        const value = start.isCertain("hour")
          ? manilaTime(start.date().getTime())
          : manilaTime(start.date().getTime()).slice(0, 10);
        return [{ type: "date", text: found, value, start: index, end: index + found.length }];
      });
    return [...filipino, ...english];
  };
}

/** An instant as date-time in Philippine time, to the minute. */
export function manilaTime(atMs: number): string {
  return `${new Date(atMs + MANILA_MINUTES * 60_000).toISOString().slice(0, 16)}:00+08:00`;
}
