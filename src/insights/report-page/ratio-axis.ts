import { markup, type Html } from "../../basics/html.ts";
import type { Estimate, Report } from "../report/report.ts";
import { ratioText } from "./figures.ts";

/** One scale for all changes of the report, so that two intervals may be compared by eye. Reaches as far either way. */
export interface RatioAxis {
  /** The ratio at its right end; its left end is one over it. */
  readonly most: number;
}

const ends = [1.5, 2, 3, 5] as const;

/** The narrowest axis that holds nearly all intervals: one very uncertain one must not flatten the rest. */
export function ratioAxis(report: Report): RatioAxis {
  const drawn = [
    ...report.findings.flatMap(({ ratio, where }) => [ratio, ...where.map((part) => part.ratio)]),
    ...report.intents.flatMap(({ change }) => (change.ratio === null ? [] : [change.ratio])),
  ];
  const reach = drawn
    .map(({ low, high }) => Math.max(high, low > 0 ? 1 / low : Infinity))
    .sort((a, b) => a - b);
  const most = reach[Math.floor((reach.length - 1) * 0.9)] ?? 2;
  return { most: ends.find((end) => end >= most) ?? 5 };
}

/** Where a ratio lies on the axis, in percent of its width: logarithmic, no change in the middle. */
function across({ most }: RatioAxis, ratio: number): number {
  const at = ratio > 0 ? Math.log(ratio) / Math.log(most) : -Infinity;
  return 50 + 46 * Math.max(-1, Math.min(1, at));
}

/** What stands above a column of intervals. */
export const axisHead = ({ most }: RatioAxis): Html =>
  markup`<span class="axis-head"><span>${ratioText(1 / most)}</span><span>no change</span><span>${ratioText(most)}</span></span>`;

/** An estimate as a dot on its interval. Its figures stand beside it as text, so readers of the screen skip it. */
export function intervalDrawing(axis: RatioAxis, { value, low, high }: Estimate): Html {
  const at = (ratio: number) => `${across(axis, ratio).toFixed(1)}%`;
  const beyond = (sign: string, x: string) =>
    markup`<text x="${x}" y="15" text-anchor="middle">${sign}</text>`;
  return markup`<svg class="interval" aria-hidden="true"><line class="zero" x1="50%" x2="50%" y1="0" y2="100%"/><line class="span" x1="${at(low)}" x2="${at(high)}" y1="50%" y2="50%"/><circle cx="${at(value)}" cy="50%" r="5"/>${
    low < 1 / axis.most && beyond("‹", "1.5%")
  }${high > axis.most && beyond("›", "98.5%")}</svg>`;
}
