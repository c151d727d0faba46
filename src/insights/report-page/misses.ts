import { markup, type Html } from "../../basics/html.ts";
import type { Report } from "../report/report.ts";
import { counted, percent, whole } from "./figures.ts";
import { chapter, chartHead, exampleList, more, nothing } from "./page-parts.ts";

/** What the bot did not understand, grouped by likeness: what to write next. */
export function missesChapter({ misses, totals, timeZone }: Report): Html {
  const { turns, looked, groups } = misses;
  const [first] = groups;
  const of = totals.customerTurns === 0 ? "" : `, ${percent(turns / totals.customerTurns)} of all`;
  return chapter(
    "misses",
    "Not understood",
    null,
    first === undefined
      ? nothing(
          turns === 0
            ? "Every message was understood, or none came."
            : `${counted(turns, "message")} were not understood${of}; no two of the ${whole(looked)} looked at are alike.`,
        )
      : markup`<figure>${chartHead(
          `Largest group: “${first.like}”, ${counted(first.count, "message")}`,
          `${counted(turns, "message")} of customers not understood${of}. Grouped by likeness: the last ${whole(looked)} of them. A group that is a real matter is an intent to write.`,
        )}<ol class="groups">${groups.map(
          ({ like, count, examples }) =>
            markup`<li>${more(
              markup`<strong>${whole(count)}</strong> <span>${like}</span>`,
              examples.length === 0 ? nothing("No example is kept.") : exampleList(examples, timeZone),
            )}</li>`,
        )}</ol></figure>`,
  );
}
