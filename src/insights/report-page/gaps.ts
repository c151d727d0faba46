import { markup, type Html } from "../../basics/html.ts";
import type { Report } from "../report/report.ts";
import { counted, duration, percent, whole } from "./figures.ts";
import { chapter, chartHead, nothing, wide } from "./page-parts.ts";
import { plain, stageTitle, teamName } from "./words.ts";

/** Traffic that no team is named for. */
export function withoutOwnerChapter(report: Report): Html {
  const { withoutOwner } = report;
  const all = withoutOwner.reduce((sum, { count }) => sum + count, 0);
  return chapter(
    "without-owner",
    "Traffic without an owner",
    null,
    withoutOwner.length === 0
      ? nothing("Every concern belonged to a team's touchpoint.")
      : markup`<figure>${chartHead(
          `${counted(all, "concern")} without a team that answers for them`,
          "Stages and channels for which intents/journey.yaml names no owner. Name one there.",
        )}<table class="owners"><caption>Concerns without an owner</caption><thead><tr><th scope="col">Stage</th><th scope="col">Channel</th><th scope="col" class="figure">Concerns</th></tr></thead><tbody>${withoutOwner.map(
          ({ stage, channel, count }) =>
            markup`<tr><th scope="row">${stageTitle(report, stage)}</th><td>${plain(channel)}</td><td class="figure">${whole(count)}</td></tr>`,
        )}</tbody></table></figure>`,
  );
}

/** Touchpoints where a promise given to a customer was not kept. */
export function overPromiseChapter(report: Report): Html {
  const { overPromise } = report;
  const [worst] = [...overPromise].sort((a, b) => b.broken - a.broken);
  return chapter(
    "promises",
    "Promises not kept",
    null,
    worst === undefined
      ? nothing("Every promise of an answer was kept, or none was due.")
      : markup`<figure>${chartHead(
          `Most at ${stageTitle(report, worst.stage)} on ${plain(worst.channel)}: ${whole(worst.broken)} of ${counted(worst.cases, "case")}`,
          "Cases of each touchpoint whose promised time passed, in working time, without a person's words. Waits are in clock time, nights and Sundays included.",
        )}${wide(
          "Promises not kept, by touchpoint",
          markup`<table class="intents"><caption>Promises not kept, by touchpoint</caption><thead><tr><th scope="col">Touchpoint</th><th scope="col">Team</th><th scope="col" class="figure">Cases</th><th scope="col" class="figure">Late</th><th scope="col" class="figure">Share</th><th scope="col" class="figure">Half answered within</th></tr></thead><tbody>${overPromise.map(
            ({ stage, channel, team, cases, broken, medianFirstReplyMs }) =>
              markup`<tr><th scope="row">${stageTitle(report, stage)} · ${plain(channel)}</th><td>${teamName(report, team)}</td><td class="figure">${whole(cases)}</td><td class="figure"><strong>${whole(broken)}</strong></td><td class="figure">${cases === 0 ? "–" : percent(broken / cases)}</td><td class="figure">${duration(medianFirstReplyMs)}</td></tr>`,
          )}</tbody></table>`,
        )}</figure>`,
  );
}
