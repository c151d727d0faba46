import { markup, type Html } from "../../basics/html.ts";
import type { Estimate, RateLine, Report } from "../report/report.ts";
import { verdict } from "./change-table.ts";
import { percent, pointsText, roundPercent, shareRange, whole } from "./figures.ts";
import { chapter, more, nothing } from "./page-parts.ts";

/** How well it went: each share with what it is a share of. */
export const ratesChapter = ({ rates }: Report): Html =>
  chapter(
    "rates",
    "How well it went",
    "Each share with its 95 % interval. Filled: this period; ring: the period before.",
    rates.length === 0
      ? nothing("No rate could be computed: there was no concern to take a share of.")
      : markup`<div class="cards">${rates.map((rate, i) => card(rate, `rate-${i}`))}</div>`,
  );

function card(rate: RateLine, id: string): Html {
  const { now } = rate;
  return markup`<article class="card" aria-labelledby="${id}"><h3 id="${id}">${rate.title}</h3>
<p class="big">${now === null ? "–" : percent(now.value)} ${verdict(rate.change)}</p>
<p class="definition"><strong>${whole(rate.count)} of ${whole(rate.of)}.</strong> ${rate.denominator}</p>
${now === null ? nothing("Nothing to take a share of in this period.") : drawn(id, rate, now)}
${more(
  "What is counted",
  markup`<dl><dt>Counted</dt><dd>${rate.definition}</dd><dt>Of</dt><dd>${rate.denominator}</dd><dt>Left out</dt><dd>${rate.exclusions}</dd></dl>`,
)}</article>`;
}

/** Shares are drawn from 0 to the first of these ends that holds both intervals. */
const ends = [0.1, 0.25, 0.5, 1] as const;

function drawn(id: string, { title, before, difference }: RateLine, now: Estimate): Html {
  const end = ends.find((one) => one >= Math.max(now.high, before?.high ?? 0)) ?? 1;
  const line = (name: string, estimate: Estimate, y: number) => {
    const at = (share: number) => `${(2 + (96 * share) / end).toFixed(1)}%`;
    return markup`<g class="${name}"><line class="span" x1="${at(estimate.low)}" x2="${at(estimate.high)}" y1="${y}" y2="${y}"/><circle cx="${at(estimate.value)}" cy="${y}" r="5"/></g>`;
  };
  return markup`<svg class="shares" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${title}, now and before</title><desc id="${id}-d">The figures stand in the table below.</desc><line class="base" x1="2%" x2="98%" y1="32" y2="32"/>${[
    0, 0.5, 1,
  ].map(
    (share) => markup`<line class="base" x1="${2 + 96 * share}%" x2="${2 + 96 * share}%" y1="28" y2="36"/>`,
  )}${before !== null && line("before", before, 21)}${line("now", now, 8)}</svg><div class="share-axis" aria-hidden="true"><span>0 %</span><span>${roundPercent(end)}</span></div>
<table class="small"><caption>${title}, with 95 % intervals</caption><tbody><tr><th scope="row"><span class="dot now" aria-hidden="true"></span>Now</th><td>${percent(now.value)}</td><td>${shareRange(now)}</td></tr><tr><th scope="row"><span class="dot before" aria-hidden="true"></span>Before</th>${
    before === null
      ? markup`<td colspan="2">nothing to compare</td>`
      : markup`<td>${percent(before.value)}</td><td>${shareRange(before)}</td>`
  }</tr>${
    difference !== undefined &&
    difference !== null &&
    markup`<tr><th scope="row">Difference</th><td>${pointsText(difference.value)}</td><td>${pointsText(difference.low)} to ${pointsText(difference.high)}</td></tr>`
  }</tbody></table>`;
}
