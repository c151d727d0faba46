import { markup, type Html } from "../../basics/html.ts";
import { isMatter } from "../report/matter.ts";
import type { IntentLine, Report } from "../report/report.ts";
import { verdict } from "./change-table.ts";
import { amountText, chanceText, counted, percent, ratioRange, whole } from "./figures.ts";
import { chapter, chartHead, more, nothing, wide } from "./page-parts.ts";
import { axisHead, intervalDrawing, type RatioAxis } from "./ratio-axis.ts";
import { kindTitles, stageTitle, teamName } from "./words.ts";

const shownAtOnce = 10;

/** What customers come for: what rose or fell beyond chance, then all of it, most asked first. */
export function intentsChapter(report: Report, axis: RatioAxis): Html {
  const { intents } = report;
  const moved = intents.filter(({ change }) => change.verdict === "rose" || change.verdict === "fell");
  // Greetings and thanks are no matter: they stand below those, however many they are.
  const ranked = [...intents.filter(isMatter), ...intents.filter((line) => !isMatter(line))];
  const [first] = ranked;
  const rest = ranked.slice(shownAtOnce);
  const definition =
    "Concerns by intent, greetings and thanks last. Share is of all concerns of the period. Contained: never handed to a person, and the last word was an answer.";
  if (first === undefined)
    return chapter(
      "intents",
      "What customers ask",
      null,
      nothing("No intent was recognized in either period."),
    );
  return chapter(
    "intents",
    "What customers ask",
    null,
    markup`<figure>${chartHead(
      moved.length === 0
        ? "No single intent moved by more than chance"
        : `${counted(moved.length, "intent")} moved by more than chance`,
      "Largest first. The line is the 95 % interval of now against before, measured against the rest of the traffic on days alike.",
    )}${
      moved.length === 0
        ? nothing(
            "Each intent's count differs from the period before by no more than it does from month to month.",
          )
        : intentTable(report, axis, "Rising and falling intents", moved)
    }</figure>
<figure>${chartHead(`Asked most: ${first.title}, ${percent(first.share)} of concerns`, definition)}${intentTable(report, axis, "Most asked intents", ranked.slice(0, shownAtOnce))}${
      rest.length > 0 &&
      more(counted(rest.length, "more intent"), intentTable(report, axis, "The other intents", rest))
    }</figure>`,
  );
}

/** Intents with their counts and changes; wider than a phone, so in a region of its own. */
export const intentTable = (
  report: Report,
  axis: RatioAxis,
  caption: string,
  lines: readonly IntentLine[],
): Html =>
  wide(
    caption,
    markup`<table class="intents"><caption>${caption}</caption><thead><tr><th scope="col">Intent</th><th scope="col" class="figure">Now</th><th scope="col" class="figure">Before</th><th scope="col">Change, with 95 % interval</th><th scope="col">${axisHead(axis)}</th><th scope="col" class="figure">Share</th><th scope="col" class="figure">Contained</th></tr></thead><tbody>${lines.map(
      (line) => row(report, axis, line),
    )}</tbody></table>`,
  );

function row(report: Report, axis: RatioAxis, line: IntentLine): Html {
  const { ratio, p } = line.change;
  const change =
    ratio === null
      ? verdict(line.change.verdict)
      : markup`${verdict(line.change.verdict)} <strong>${amountText(line.change)}</strong><span class="under">${ratioRange(ratio)}${p !== null && `, ${chanceText(p)}`}</span>`;
  return markup`<tr><th scope="row">${line.title}<span class="under">${kindTitles[line.kind]} · ${stageTitle(report, line.stage)} · ${teamName(report, line.team)}</span></th><td class="figure"><strong>${whole(line.count)}</strong></td><td class="figure">${whole(line.before)}</td><td class="change">${change}</td><td class="drawn">${ratio !== null && intervalDrawing(axis, ratio)}</td><td class="figure">${percent(line.share)}</td><td class="figure">${
    line.containment === null ? "–" : percent(line.containment)
  }</td></tr>`;
}
