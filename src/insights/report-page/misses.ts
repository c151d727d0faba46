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
            : `${counted(turns, "turn")} were not understood${of}; in none of them anything was written.`,
        )
      : markup`<figure>${chartHead(
          `Largest group: “${first.like}”, ${counted(first.count, "turn")}`,
          `${counted(turns, "turn")} of customers not understood${of}. Grouped by likeness: what was written in the last ${whole(looked)} of them (a tap on “Something else” says nothing). A group that is a real matter is an intent to write.`,
        )}<ol class="groups">${groups.map(
          ({ like, count, examples }) =>
            markup`<li>${more(
              markup`<strong>${whole(count)}</strong> <span>${like}</span>`,
              examples.length === 0 ? nothing("No example is kept.") : exampleList(examples, timeZone),
            )}</li>`,
        )}</ol></figure>`,
  );
}
