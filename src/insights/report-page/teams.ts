import { markup, type Html } from "../../basics/html.ts";
import type { Report, TeamPage } from "../report/report.ts";
import { counted, percent, whole } from "./figures.ts";
import { findingCard } from "./findings.ts";
import { intentTable } from "./intents.ts";
import { mixTable } from "./mixes.ts";
import { nothing } from "./page-parts.ts";
import type { RatioAxis } from "./ratio-axis.ts";
import { responseTimesTable } from "./response-times.ts";

/** The figures of each team's own touchpoints, addressed to it. */
export const teamSections = (report: Report, axis: RatioAxis): readonly Html[] =>
  report.teams.map((team, i) => teamSection(report, axis, team, `team-${i}`));

function teamSection(report: Report, axis: RatioAxis, team: TeamPage, id: string): Html {
  const { promises } = team;
  return markup`<section class="team" id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">For the ${team.name}</h2>
<dl class="tiles"><div><dt>Concerns at your touchpoints</dt><dd><strong>${whole(team.concerns)}</strong><span>${whole(team.before)} before</span></dd></div><div><dt>Handed to you</dt><dd><strong>${whole(team.handOffs)}</strong><span>by the bot</span></dd></div><div><dt>Promises not kept</dt><dd><strong>${whole(promises.broken)}</strong><span>of ${whole(promises.made)} cases${promises.made > 0 && ` (${percent(promises.broken / promises.made)})`}</span></dd></div></dl>
${
  team.findings.length === 0
    ? nothing("Nothing at your touchpoints moved by more than chance.")
    : team.findings.map((finding) => findingCard(report, axis, finding, true))
}
<div class="pair"><div><h3>Why the bot handed over</h3>
${
  team.handOffsByReason.length === 0
    ? nothing("The bot handed nothing over to you.")
    : mixTable("Reason", team.handOffsByReason)
}</div><div><h3>Your first reply</h3>
${
  team.firstReply.count === 0
    ? nothing("No case waited for your first reply.")
    : markup`<p class="definition">${team.firstReply.definition}</p>${responseTimesTable(`First reply of the ${team.name}`, [team.firstReply])}`
}</div></div>
<h3>What is asked most of you</h3>
${
  team.topIntents.length === 0
    ? nothing(
        `${team.concerns === 0 ? "No concern" : "Nothing but greetings and thanks"} came to the ${team.name}: ${counted(team.concerns, "concern")} counted.`,
      )
    : intentTable(report, axis, `Intents of the ${team.name}`, team.topIntents)
}
<p><a href="#top">Back to the top</a></p></section>
`;
}
