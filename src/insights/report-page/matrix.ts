import { markup, type Html } from "../../basics/html.ts";
import type { Kind } from "../../content/content.ts";
import { isMatter } from "../report/matter.ts";
import type { Cell, Report } from "../report/report.ts";
import { cellId, cellPanels, cellTitle } from "./cells.ts";
import { amountText, counted, percent, verdictText, whole } from "./figures.ts";
import { chapter, chartHead, nothing } from "./page-parts.ts";
import type { RatioAxis } from "./ratio-axis.ts";
import { kindTitles, stageTitle } from "./words.ts";

/** Steps of the one ramp, from the ground to dagat. */
const steps = 6;

/** Kind of matter by stage of the journey: how many, and where more or fewer than before beyond chance. */
export function matrixChapter(report: Report, axis: RatioAxis): Html {
  const { cells, totals } = report;
  const largest = cells
    .filter(isMatter)
    .reduce<Cell | undefined>((most, cell) => (cell.count > (most?.count ?? 0) ? cell : most), undefined);
  if (cells.length === 0)
    return chapter(
      "matrix",
      "What, and where in the journey",
      null,
      nothing("No concern was counted in either period."),
    );
  const finding =
    largest === undefined
      ? "No matter was counted in this period"
      : `Largest: ${cellTitle(report, largest)}: ${whole(largest.count)} of ${counted(totals.concerns, "concern")}${
          totals.concerns === 0 ? "" : ` (${percent(largest.count / totals.concerns)})`
        }`;
  return chapter(
    "matrix",
    "What, and where in the journey",
    null,
    markup`<figure>${chartHead(
      finding,
      "Concerns by stage of the journey and kind of matter. A concern is one matter in one visit. An arrow stands only where the count moved by more than chance. Choose a cell to see its days, intents and customers. “Other” is greetings, thanks and the like: counted, not coloured.",
    )}${table(report, largest?.count ?? 0)}${legend(largest?.count ?? 0)}</figure>
${cellPanels(report, axis)}`,
  );
}

function table(report: Report, most: number): Html {
  const sum = (of: (cell: Cell) => boolean) =>
    report.cells.filter(of).reduce((all, { count }) => all + count, 0);
  const named = report.stages.map(({ id }) => id);
  const stages = [...new Set([...named, ...report.cells.map(({ stage }) => stage)])];
  return markup`<table class="matrix"><caption>Concerns by stage (rows) and kind (columns)</caption><thead><tr><th scope="col">Stage</th>${report.kinds.map(
    (kind) =>
      markup`<th scope="col">${kindTitles[kind]} <span class="sum">${whole(sum((cell) => cell.kind === kind))}</span></th>`,
  )}</tr></thead><tbody>${stages.map(
    (stage) =>
      markup`<tr><th scope="row">${stageTitle(report, stage)} <span class="sum">${whole(sum((cell) => cell.stage === stage))}</span></th>${report.kinds.map(
        (kind) => square(report, kind, stage, most),
      )}</tr>`,
  )}</tbody></table>`;
}

function square(report: Report, kind: Kind, stage: string, most: number): Html {
  const cell = report.cells.find((one) => one.kind === kind && one.stage === stage);
  if (cell === undefined) return markup`<td class="step-0">0</td>`;
  const { verdict } = cell.change;
  const moved = verdict === "rose" || verdict === "fell";
  return markup`<td class="step-${isMatter(cell) ? stepOf(cell.count, most) : 0}"><a href="#${cellId(report, kind, stage) ?? "matrix"}" aria-label="${cellTitle(report, cell)}: ${whole(cell.count)}, ${
    moved ? `${verdict} ${amountText(cell.change)}` : "no change beyond chance"
  }"><strong>${whole(cell.count)}</strong>${
    moved && markup`<span class="moved">${verdictText(verdict)} ${amountText(cell.change)}</span>`
  }</a></td>`;
}

const stepOf = (count: number, most: number): number =>
  count === 0 || most === 0 ? 0 : Math.ceil((steps * count) / most);

function legend(most: number): Html | null {
  if (most < steps) return null;
  const edge = (step: number) => Math.floor((step * most) / steps);
  return markup`<ul class="legend" aria-label="Colours of the matrix">${[1, 2, 3, 4, 5, 6].map(
    (step) => markup`<li class="step-${step}">${whole(edge(step - 1) + 1)}–${whole(edge(step))}</li>`,
  )}</ul>`;
}
