import { markup, type Html } from "../../basics/html.ts";
import type { Finding, Report } from "../report/report.ts";
import { againstRest, changeTable } from "./change-table.ts";
import { cellId } from "./cells.ts";
import { chanceText, counted, roundPercent, unbroken, whole } from "./figures.ts";
import { chapter, exampleList, more, nothing } from "./page-parts.ts";
import type { RatioAxis } from "./ratio-axis.ts";
import { intentTitle, kindTitles, plain, stageTitle, teamName } from "./words.ts";

/** What moved by more than chance: sentence, interval, where it is strongest, whose it is, what customers wrote. */
export const findingsChapter = (report: Report, axis: RatioAxis): Html =>
  chapter(
    "changes",
    "What changed",
    `${counted(report.comparisons, "comparison")}, controlled together: a month in which nothing changed names a change at most ${roundPercent(report.falseAlarmRate)} of the time.`,
    report.findings.length === 0
      ? nothing(
          "Nothing moved by more than chance. Figures below still differ from the period before, as they do every month.",
        )
      : report.findings.map((finding) => findingCard(report, axis, finding)),
  );

/** One finding. A team's own section leaves out the examples: they stand once, in the chapter of all findings. */
export function findingCard(report: Report, axis: RatioAxis, finding: Finding, brief = false): Html {
  const { about, direction } = finding;
  const cell = cellId(report, about.kind, about.stage);
  return markup`<article class="finding ${direction}"><h3><span class="arrow" aria-hidden="true">${direction === "rose" ? "▲" : "▼"}</span> ${unbroken(finding.sentence)}</h3>
<p class="definition">${whole(finding.count)} now, ${whole(finding.before)} before. ${subject(report, finding)}For: <strong>${teamName(report, finding.team)}</strong>.</p>
${changeTable(axis, againstRest, [
  { name: "Everyone", ratio: finding.ratio },
  ...finding.where.map(({ dimension, value, ratio }) => ({
    name: markup`${plain(value)}<span class="under">${plain(dimension)}</span>`,
    ratio,
  })),
  ...(finding.intents ?? []).map(({ title, ratio }) => ({
    name: markup`${title}<span class="under">Intent</span>`,
    ratio,
  })),
])}
<p class="definition">${finding.where.length === 0 && "Spread evenly: no device, channel, language or group of customers stands out. "}If nothing had changed, a difference like this would come by chance with ${chanceText(finding.p)}.</p>
${cell !== undefined && markup`<p><a class="to-cell" href="#${cell}">See the days and intents behind it</a></p>`}
${
  !brief &&
  more(
    `What customers wrote (${whole(finding.examples.length)})`,
    finding.examples.length === 0
      ? nothing("No example is kept: the messages are older than messages are kept for.")
      : exampleList(finding.examples, report.timeZone),
  )
}</article>`;
}

/** What was counted, by its names in the content. */
function subject(report: Report, { about }: Finding): string {
  const parts = [
    about.kind === null ? null : kindTitles[about.kind],
    about.stage === null ? null : stageTitle(report, about.stage),
    about.intent === null ? null : intentTitle(report, about.intent),
  ].filter((part) => part !== null);
  return parts.length === 0 ? "Counted: all concerns. " : `Counted: ${parts.join(" · ")}. `;
}
