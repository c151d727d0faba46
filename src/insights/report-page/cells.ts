import { markup, type Html } from "../../basics/html.ts";
import type { Kind } from "../../content/content.ts";
import { lifecycles } from "../../content/ownership.ts";
import type { Cell, Report } from "../report/report.ts";
import { againstRest, changeTable, changeWords } from "./change-table.ts";
import { dayChart, placedOnDays } from "./day-chart.ts";
import { counted, percent, whole } from "./figures.ts";
import { bar, exampleList, nothing } from "./page-parts.ts";
import type { RatioAxis } from "./ratio-axis.ts";
import { intentTitle, kindTitles, lifecycleTitles, stageTitle, teamName } from "./words.ts";

/** The anchor of a cell's own part of the page; undefined where the report has no such cell. */
export function cellId({ cells }: Report, kind: Kind | null, stage: string | null): string | undefined {
  const at = cells.findIndex((cell) => cell.kind === kind && cell.stage === stage);
  return at < 0 ? undefined : `cell-${at}`;
}

/** "Questions · Delivery" */
export const cellTitle = (report: Report, { kind, stage }: Cell): string =>
  `${kindTitles[kind]} · ${stageTitle(report, stage)}`;

/**
 * What is behind each cell of the matrix. Shown when its cell is chosen (the link's target), hidden else: this works
 * by touch and by keyboard, goes back with the browser's button and needs no script.
 */
export const cellPanels = (report: Report, axis: RatioAxis): readonly Html[] =>
  report.cells.map((cell, i) => panel(report, axis, cell, `cell-${i}`));

function panel(report: Report, axis: RatioAxis, cell: Cell, id: string): Html {
  const { change, count, before } = cell;
  const title = cellTitle(report, cell);
  return markup`<article class="cell-panel" id="${id}" tabindex="-1" aria-labelledby="${id}-title"><h3 id="${id}-title">${title}: ${counted(count, "concern")}, ${whole(before)} before</h3>
<p>${changeWords(change)}. Owner: <strong>${teamName(report, cell.team)}</strong>.</p>
${change.ratio !== null && changeTable(axis, againstRest, [{ name: "Everyone", ratio: change.ratio }])}
<h4>Day by day</h4>
${dayChart(id, title, placedOnDays(report, cell.daily))}
<div class="pair"><div><h4>Intents</h4>
${
  cell.intents.length === 0
    ? nothing("No intent was counted here in this period.")
    : shares(
        "Intents of this cell, largest first",
        "Intent",
        cell.intents.map((line) => [intentTitle(report, line.intent), line.count]),
        count,
      )
}</div><div><h4>Customers</h4>
${shares(
  "The same concerns by how far the customer is",
  "Customer",
  lifecycles.map((lifecycle) => [lifecycleTitles[lifecycle], cell.byLifecycle[lifecycle]]),
  count,
)}</div></div>
<h4>What customers wrote</h4>
${
  cell.examples.length === 0
    ? nothing("None of the newest concerns of this period was here, or their words are no longer kept.")
    : exampleList(cell.examples, report.timeZone)
}
<p><a href="#matrix">Back to the matrix</a></p></article>`;
}

const shares = (
  caption: string,
  head: string,
  lines: readonly (readonly [name: string, count: number])[],
  of: number,
): Html =>
  markup`<table class="mix"><caption>${caption}</caption><thead><tr><th scope="col">${head}</th><th scope="col">Concerns</th><th scope="col">Share</th></tr></thead><tbody>${lines.map(
    ([name, count]) =>
      markup`<tr><th scope="row">${name}${bar(of === 0 ? 0 : count / of)}</th><td>${whole(count)}</td><td>${of === 0 ? "–" : percent(count / of)}</td></tr>`,
  )}</tbody></table>`;
