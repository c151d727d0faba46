import { markup, type Html, type HtmlPart } from "../../basics/html.ts";
import type { Example } from "../report/report.ts";
import { momentText } from "./figures.ts";
import { plain } from "./words.ts";

/** A chapter of the page, with the anchor that the list at its top leads to. */
export const chapter = (id: string, title: string, intro: HtmlPart, body: HtmlPart): Html =>
  markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${
    intro !== null && markup`<p class="intro">${intro}</p>`
  }
${body}</section>
`;

/** What a list says when it is empty: what that means, not only that it is. */
export const nothing = (meaning: string): Html => markup`<p class="empty">${meaning}</p>`;

/** A table that is wider than a phone: it scrolls inside its own region, by finger and by arrow keys. */
export const wide = (name: string, table: Html): Html =>
  markup`<div class="wide" role="region" aria-label="${name}" tabindex="0">${table}</div>`;

/** The head of a chart: what it shows as a sentence, then of what it is counted. */
export const chartHead = (finding: string, definition: HtmlPart): Html =>
  markup`<figcaption><h3>${finding}</h3><p class="definition">${definition}</p></figcaption>`;

export const more = (summary: HtmlPart, body: HtmlPart): Html =>
  markup`<details><summary>${summary}</summary><div class="more">${body}</div></details>`;

/** A bar under a figure that says the same. */
export const bar = (share: number): Html =>
  markup`<span class="bar" aria-hidden="true"><span style="width:${(100 * Math.max(0, Math.min(1, share))).toFixed(1)}%"></span></span>`;

/** What customers wrote, masked as it lies in the log. */
export const exampleList = (examples: readonly Example[], timeZone: string): Html =>
  markup`<ul class="examples">${examples.map(
    ({ text, at, channel, turnId }) =>
      markup`<li><q>${text}</q><span class="source">${plain(channel)} · ${momentText(at, timeZone)} · turn <code>${turnId}</code></span></li>`,
  )}</ul>`;
