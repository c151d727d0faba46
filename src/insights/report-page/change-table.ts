import { markup, type Html, type HtmlPart } from "../../basics/html.ts";
import type { Change, Estimate } from "../report/report.ts";
import { amountText, chanceText, ratioRange, ratioText, verdictText } from "./figures.ts";
import { axisHead, intervalDrawing, type RatioAxis } from "./ratio-axis.ts";

interface Row {
  readonly name: HtmlPart;
  readonly ratio: Estimate;
}

/** What a change is measured against (see `Change` in report.ts). */
export const againstRest =
  "Dot: best estimate. Line: 95 % interval. Against the rest of the traffic on days alike.";

/** Changes one below the other, each as figures and drawn on the same axis. */
export const changeTable = (axis: RatioAxis, caption: string, rows: readonly Row[]): Html =>
  markup`<table class="changes"><caption>${caption}</caption><thead><tr><th scope="col">Among</th><th scope="col"><span class="reading-line"><span class="figures">Now against before</span>${axisHead(axis)}</span></th></tr></thead><tbody>${rows.map(
    ({ name, ratio }) =>
      markup`<tr><th scope="row">${name}</th><td><span class="reading-line"><span class="figures"><strong>${ratioText(ratio.value)}</strong> <span class="range">${ratioRange(ratio)}</span></span>${intervalDrawing(axis, ratio)}</span></td></tr>`,
  )}</tbody></table>`;

/** A verdict that colour, arrow and word carry together. */
export const verdict = (change: Change["verdict"]): Html =>
  markup`<span class="verdict ${change}">${verdictText(change)}</span>`;

/** A change as words: verdict, by how much, and how likely chance alone would do it. */
export const changeWords = (change: Change): Html => {
  const { verdict: said, ratio, p } = change;
  return markup`${verdict(said)}${
    ratio !== null &&
    markup` <strong>${amountText(change)}</strong> <span class="range">${ratioRange(ratio)}</span>`
  }${p !== null && markup` <span class="chance">${chanceText(p)}</span>`}`;
};
