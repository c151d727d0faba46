import { markup, type Html } from "../../basics/html.ts";
import type { Period, Report } from "../report/report.ts";
import { chanceText, counted, dayText, momentText, periodText, unbroken, whole } from "./figures.ts";

/** What the page is about: the month, what it is compared with, and what a reader must know before any figure. */
export function header(report: Report): Html {
  const { period, before, totals } = report;
  return markup`<header class="top"><p class="brand" aria-hidden="true">Kumusta</p>
<h1>${report.title}</h1>
<dl class="periods">${periodLine("This period", period)}${periodLine("Compared with", before)}</dl>
${report.demo !== null && markup`<p class="banner demo"><strong>Made-up traffic.</strong> Written by <code>kumusta demo</code> with seed ${report.demo.seed} to show what a report looks like. None of these customers exist.</p>`}
${report.running && markup`<p class="banner running"><strong>This period is not over.</strong> Counted are ${counted(period.days, "day")}, up to ${momentText(report.countedThrough, report.timeZone)}. They are held against the same days of the period before; the figures will still move.</p>`}
<dl class="tiles">${tile("Concerns", totals.concerns, totals.concernsBefore)}${tile("Customers' turns", totals.customerTurns, totals.customerTurnsBefore)}<div><dt>Changes beyond chance</dt><dd><strong>${whole(report.findings.length)}</strong><span>of ${counted(report.comparisons, "comparison")}</span></dd></div></dl>
${
  totals.sentence !== undefined &&
  markup`<p class="definition">${unbroken(totals.sentence)}${typeof totals.change?.p === "number" && ` (${chanceText(totals.change.p)})`}</p>`
}
</header>`;
}

const tile = (title: string, now: number, before: number): Html =>
  markup`<div><dt>${title}</dt><dd><strong>${whole(now)}</strong><span>${whole(before)} before</span></dd></div>`;

function periodLine(title: string, period: Period): Html {
  const holidays = period.holidays.map(({ day, name }) => `${name} (${dayText(day)})`);
  return markup`<div><dt>${title}</dt><dd><strong>${periodText(period)}</strong> <span>${counted(period.days, "day")}, ${counted(period.workingDays, "working day")}. ${
    holidays.length === 0 ? "No holidays." : `Holidays: ${holidays.join(", ")}.`
  }</span></dd></div>`;
}

/** Where things are on the page; teams first find themselves. */
export function contents(report: Report, chapters: readonly (readonly [id: string, title: string])[]): Html {
  const links = (items: readonly (readonly [string, string])[]) =>
    markup`<ul>${items.map(([id, title]) => markup`<li><a href="#${id}">${title}</a></li>`)}</ul>`;
  return markup`<nav aria-label="On this page">${links(chapters)}</nav>
${report.teams.length > 0 && markup`<nav aria-label="For one team" class="for-teams"><span aria-hidden="true">For one team</span>${links(report.teams.map(({ name }, i): [string, string] => [`team-${i}`, name]))}</nav>`}`;
}
