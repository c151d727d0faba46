import Holidays from "date-holidays";

const firstYear = 2025;
const lastYear = 2045;

/**
 * src/content/philippine-holidays.ts: regular holidays (`public`) and special non-working days (`optional`), by date.
 * Moon-sighted feasts are computed ahead and may move by a day when they are proclaimed: teams.yaml adds and removes.
 */
export function philippineHolidaysFile(): string {
  const calendar = new Holidays("PH", { types: ["public", "optional"] });
  const years: string[] = [];
  const named = new Map<string, string[]>();
  for (let year = firstYear; year <= lastYear; year++) {
    const holidays = calendar.getHolidays(year, "en");
    const days = holidays.map(({ date }) => date.slice("2026-".length, "2026-11-30".length));
    years.push(`  ${String(year)}: "${[...new Set(days)].sort().join(" ")}",\n`);
    for (const { date, name } of holidays)
      named.set(name, [...(named.get(name) ?? []), date.slice(0, "2026-11-30".length)]);
  }
  const names = [...named].map(
    ([name, dates]) => `  ${JSON.stringify(name)}:\n    "${[...new Set(dates)].join(" ")}",\n`,
  );
  return [
    "/* Written by npm run generate from the package date-holidays (data CC BY 3.0, its authors). */\n\n",
    "/** Regular holidays and special non-working days of the Philippines: by year, month and day. */\n",
    `export const philippineHolidays: Readonly<Record<string, string>> = {\n${years.join("")}};\n\n`,
    "/** The same days by what they are called. */\n",
    `export const philippineHolidayNames: Readonly<Record<string, string>> = {\n${names.join("")}};\n`,
  ].join("");
}
