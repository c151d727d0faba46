import { markup, type Html } from "../../basics/html.ts";
import type { Report } from "../report/report.ts";
import { dayAfter, daysOf, dayText, longDayText, weekday, whole } from "./figures.ts";
import { more, wide } from "./page-parts.ts";

interface ChartDay {
  readonly day: string;
  readonly count: number;
  readonly inPeriod: boolean;
  /** A day on which the business does not work: a holiday or its weekly rest. */
  readonly off: boolean;
  readonly holiday: string | undefined;
}

/** What a report knows of each of its days. */
export function calendarOf(report: Report): (day: string) => Omit<ChartDay, "count"> {
  const off = new Set(report.totals.daily.filter((line) => line.off).map(({ day }) => day));
  const holidays = new Map(
    [...report.before.holidays, ...report.period.holidays].map(({ day, name }) => [day, name]),
  );
  return (day) => ({
    day,
    inPeriod: day >= report.period.from,
    off: off.has(day) || holidays.has(day),
    holiday: holidays.get(day),
  });
}

/** Counts in the order of the days of both periods, with their days. */
export function placedOnDays(report: Report, counts: readonly number[]): readonly ChartDay[] {
  const days = [...daysOf(report.before), ...daysOf(report.period)];
  const calendar = calendarOf(report);
  return counts.map((count, i) => ({ ...calendar(days[i] ?? dayAfter(report.before.from, i)), count }));
}

/** A round number at or above the largest count, for the axis. */
function roundTop(most: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return (
    [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((times) => times * step).find((top) => top >= most && top % 1 === 0) ??
    most
  );
}

const line = (days: readonly ChartDay[], from: number, top: number): string =>
  days
    .map(
      ({ count }, i) => `${i === 0 ? "M" : "L"}${from + i + 0.5} ${(100 - (100 * count) / top).toFixed(1)}`,
    )
    .join("");

/** Concerns day by day, the period before and this one, with days off and holidays marked; the same as a table below. */
export function dayChart(id: string, title: string, days: readonly ChartDay[]): Html {
  if (days.length === 0) return markup`<p class="empty">No day was counted.</p>`;
  const top = roundTop(Math.max(...days.map(({ count }) => count)));
  const start = days.filter(({ inPeriod }) => !inPeriod).length;
  const bands = days.map(({ off, holiday }, i) =>
    holiday !== undefined
      ? markup`<rect class="holiday" x="${i}" y="0" width="1" height="100"/><path class="notch" d="M${i - 0.2} 0h1.4l-.7 6z"/>`
      : off && markup`<rect class="off" x="${i}" y="0" width="1" height="100"/>`,
  );
  const first = days[0]?.day ?? "";
  const last = days.at(-1)?.day ?? "";
  const turn = days[start]?.day;
  return markup`<div class="plot"><div class="scale" aria-hidden="true"><span>${whole(top)}</span><span>0</span></div>
<svg class="days" viewBox="0 0 ${days.length} 100" preserveAspectRatio="none" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${title}</title><desc id="${id}-d">${describe(days)}</desc>${bands}${
    start > 0 && markup`<line class="turn" x1="${start}" x2="${start}" y1="0" y2="100"/>`
  }<line class="base" x1="0" x2="${days.length}" y1="100" y2="100"/><path class="before" d="${line(days.slice(0, start), 0, top)}"/><path class="now" d="${line(days.slice(start), start, top)}"/></svg>
<div class="dates" aria-hidden="true"><span>${dayText(first)}</span>${
    start > 0 &&
    turn !== undefined &&
    markup`<span style="left:${((100 * start) / days.length).toFixed(1)}%">${dayText(turn)}</span>`
  }<span>${dayText(last)}</span></div></div>
${more("Day by day as a table", calendarTable(title, days))}`;
}

function describe(days: readonly ChartDay[]): string {
  const most = days.reduce((a, b) => (b.count > a.count ? b : a));
  const least = days.reduce((a, b) => (b.count < a.count ? b : a));
  return `${longDayText(days[0]?.day ?? "")} to ${longDayText(days.at(-1)?.day ?? "")}. Most on ${longDayText(most.day)}: ${whole(most.count)}; fewest on ${longDayText(least.day)}: ${whole(least.count)}. The table below has every day.`;
}

/** One row a week, so that a phone has room for it. */
function calendarTable(title: string, days: readonly ChartDay[]): Html {
  const weeks = Map.groupBy(days, ({ day }) => dayAfter(day, -weekday(day)));
  const rows = [...weeks].map(
    ([monday, week]) =>
      markup`<tr><th scope="row">${dayText(monday)}</th>${[0, 1, 2, 3, 4, 5, 6].map((weekdayNumber) => {
        const day = week.find((one) => weekday(one.day) === weekdayNumber);
        return day === undefined
          ? markup`<td></td>`
          : markup`<td${!day.inPeriod && markup` class="past"`}>${whole(day.count)}${day.off && "°"}</td>`;
      })}</tr>`,
  );
  return wide(
    `${title}: table`,
    markup`<table class="calendar"><caption>Concerns by day, a row for each week from its Monday. ° is a day off or a holiday; grey figures are the period before.</caption><thead><tr><th scope="col">Week of</th>${[
      ...["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    ].map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`,
  );
}
