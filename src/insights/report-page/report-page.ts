import { htmlPage, markup } from "../../basics/html.ts";
import { lookTokens } from "../../basics/look.ts";
import type { Report } from "../report/report.ts";
import { daysChapter } from "./days.ts";
import { findingsChapter } from "./findings.ts";
import { overPromiseChapter, withoutOwnerChapter } from "./gaps.ts";
import { contents, header } from "./header.ts";
import { intentsChapter } from "./intents.ts";
import { matrixChapter } from "./matrix.ts";
import { missesChapter } from "./misses.ts";
import { mixesChapter } from "./mixes.ts";
import { ratesChapter } from "./rates.ts";
import { ratioAxis } from "./ratio-axis.ts";
import { readingChapter } from "./reading.ts";
import { responseTimesChapter } from "./response-times.ts";
import { chartStyle } from "./chart-style.ts";
import { pageStyle } from "./page-style.ts";
import { teamSections } from "./teams.ts";

/** In the order of the page. */
const chapters = [
  ["changes", "What changed"],
  ["matrix", "Kind and stage"],
  ["days", "Day by day"],
  ["intents", "Intents"],
  ["rates", "Rates"],
  ["speed", "Speed"],
  ["mixes", "Sources"],
  ["misses", "Not understood"],
  ["without-owner", "No owner"],
  ["promises", "Promises"],
  ["reading", "How to read this"],
] as const;

/**
 * A report as one HTML page: nothing to load, no script, light and dark, for a phone, for print, for keyboard and
 * screen reader. Every word of a customer in it is masked and escaped.
 */
export function reportPage(report: Report): string {
  const axis = ratioAxis(report);
  return htmlPage({
    title: report.title,
    style: lookTokens + pageStyle + chartStyle,
    body: markup`<div id="top">${header(report)}
${contents(report, chapters)}
<main>
${findingsChapter(report, axis)}${matrixChapter(report, axis)}${daysChapter(report)}${intentsChapter(report, axis)}${ratesChapter(report)}${responseTimesChapter(report)}${mixesChapter(report)}${missesChapter(report)}${withoutOwnerChapter(report)}${overPromiseChapter(report)}${teamSections(report, axis)}${readingChapter(report)}</main></div>`,
  });
}
