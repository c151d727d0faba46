import { philippineHolidayNames, philippineHolidays } from "./philippine-holidays.ts";

/**
 * Public and special non-working holidays by country. `npm run generate` writes them from the package date-holidays:
 * to load that package costs 150 ms and 48 MB, too much for a program that only asks for a date.
 */
const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = { PH: philippineHolidays };

/** Countries (ISO 3166-1 alpha-2) whose holidays are known. */
export const holidayCountries: readonly string[] = Object.keys(tables);

/** Local dates (2026-11-30) of the years 2025 to 2045; none for a country that is not known. */
export function holidaysOf(country: string): string[] {
  return Object.entries(tables[country] ?? {}).flatMap(([year, days]) =>
    days.split(" ").map((day) => `${year}-${day}`),
  );
}

const names: ReadonlyMap<string, string> = new Map(
  Object.entries(philippineHolidayNames).flatMap(([name, dates]) =>
    dates.split(" ").map((date): [string, string] => [date, name]),
  ),
);

/** What the holiday of a local date (2026-11-30) is called in English; undefined for other days. */
export function holidayNameOf(date: string): string | undefined {
  return names.get(date);
}
