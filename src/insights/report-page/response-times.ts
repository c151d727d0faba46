import { markup, type Html } from "../../basics/html.ts";
import type { Report, ResponseTimes } from "../report/report.ts";
import { duration, whole } from "./figures.ts";
import { capital } from "./words.ts";
import { chapter, chartHead, nothing } from "./page-parts.ts";

const names: Readonly<Record<ResponseTimes["who"], string>> = { bot: "The bot", people: "People" };

/** How long customers waited, for the bot and for people apart. */
export function responseTimesChapter({ responseTimes }: Report): Html {
  const said = responseTimes
    .filter(({ medianMs }) => medianMs !== null)
    .map(({ who, medianMs }) => `${who === "bot" ? "the bot" : "people"} within ${duration(medianMs)}`);
  return chapter(
    "speed",
    "How fast",
    null,
    responseTimes.length === 0 || said.length === 0
      ? nothing("Nobody was answered in this period, so there is no waiting time to show.")
      : markup`<figure>${chartHead(
          `${capital(said.join(", "))}, half of the time`,
          responseTimes.map(
            ({ who, definition }) => markup`<span class="line">${names[who]}: ${definition}</span>`,
          ),
        )}${responseTimesTable("Time until the answer", responseTimes)}</figure>`,
  );
}

/** One column for each side, so that it fits a phone. */
export function responseTimesTable(caption: string, sides: readonly ResponseTimes[]): Html {
  const rows: readonly (readonly [string, (side: ResponseTimes) => string])[] = [
    ["Answers", ({ count }) => whole(count)],
    ["Half within", ({ medianMs }) => duration(medianMs)],
    ["9 of 10 within", ({ p90Ms }) => duration(p90Ms)],
    ["99 of 100 within", ({ p99Ms }) => duration(p99Ms)],
    ["Before: half within", ({ before }) => duration(before.medianMs)],
    ["Before: 9 of 10 within", ({ before }) => duration(before.p90Ms)],
  ];
  return markup`<table class="times"><caption>${caption}</caption><thead><tr><th scope="col">Measure</th>${sides.map(
    ({ who }) => markup`<th scope="col" class="figure">${names[who]}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ([name, value]) =>
      markup`<tr><th scope="row">${name}</th>${sides.map((side) => markup`<td class="figure">${value(side)}</td>`)}</tr>`,
  )}</tbody></table>`;
}
