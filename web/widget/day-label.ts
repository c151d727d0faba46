import type { Words } from "./words.ts";

/** The day as a line between messages: today, yesterday, or the date. */
export function dayLabel(at: Date, now: Date, words: Words, language: string): string {
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (at.toDateString() === now.toDateString()) return words.today;
  if (at.toDateString() === yesterday.toDateString()) return words.yesterday;
  return new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" }).format(at);
}
