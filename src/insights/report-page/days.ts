import { markup, type Html } from "../../basics/html.ts";
import type { Report } from "../report/report.ts";
import { calendarOf, dayChart } from "./day-chart.ts";
import { dayText, longDayText, whole } from "./figures.ts";
import { chapter, chartHead, nothing } from "./page-parts.ts";

/** Concerns day by day, with holidays and days off. */
export function daysChapter(report: Report): Html {
  const calendar = calendarOf(report);
  const days = report.totals.daily.map(({ day, concerns }) => ({ ...calendar(day), count: concerns }));
  const inPeriod = days.filter((day) => day.inPeriod);
  if (inPeriod.length === 0)
    return chapter("days", "Day by day", null, nothing("No day of this period has been counted yet."));
  const busiest = inPeriod.reduce((a, b) => (b.count > a.count ? b : a));
  const title = `Busiest on ${longDayText(busiest.day)}: ${whole(busiest.count)} concerns`;
  const holidays = [...report.before.holidays, ...report.period.holidays];
  return chapter(
    "days",
    "Day by day",
    null,
    markup`<figure>${chartHead(
      title,
      "Concerns by the business day on which they began.",
    )}${dayChart("all-days", "Concerns by day", days)}
<ul class="key"><li><span class="swatch now"></span>this period</li><li><span class="swatch before"></span>period before (dashed)</li><li><span class="swatch off"></span>day off</li><li><span class="swatch holiday"></span>holiday (▾ at the top)${
      holidays.length > 0 && `: ${holidays.map(({ day, name }) => `${dayText(day)} ${name}`).join(", ")}`
    }</li></ul></figure>`,
  );
}
