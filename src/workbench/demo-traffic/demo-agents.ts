import type { AgentActivity } from "../../basics/activity.ts";
import type { CaseChange } from "../../conversation/handoff/case-change.ts";
import { agentLine } from "./demo-lines.ts";
import type { Draws } from "./draws.ts";
import type { PlannedCustomer } from "./planned-visit.ts";

type Opened = Extract<CaseChange, { type: "opened" }>;

export interface AgentAct {
  readonly at: number;
  readonly activity: (sentAt: number) => AgentActivity;
}

const minuteMs = 60_000;
/** Agents of each team; they have no names, so that nobody takes them for people. */
const agentsEach = 3;
/** Of its promise, the part that a team takes: half of the time less than half of it, one in fifteen more than all. */
const usualPart = 0.5;
const spreadOfPart = 0.45;

/** How a case goes on after the answer. */
const endings: ReadonlyMap<"close" | "return" | "nothing", number> = new Map([
  ["close", 7],
  ["return", 2],
  ["nothing", 1],
]);

/**
 * What a team does about a case: one of them answers, most of the time before the promise runs out, and settles it
 * later, gives the customer back to the bot, or says nothing more.
 */
export function agentActs(
  opened: Opened,
  openedAt: number,
  language: PlannedCustomer["language"],
  draws: Draws,
): readonly AgentAct[] {
  const agent = `${opened.team} ${String(1 + Math.floor(draws.chance() * agentsEach))}`;
  const { caseId } = opened;
  const repliedAt = openedAt + draws.around(usualPart, spreadOfPart) * (opened.promisedAt - openedAt);
  const reply = agentLine(language, draws);
  const replies: AgentAct = {
    at: repliedAt,
    activity: (sentAt) => ({
      type: "agent",
      agent,
      caseId,
      op: "reply",
      key: `${caseId}.reply`,
      text: reply,
      sentAt,
    }),
  };
  const op = draws.weighted(endings);
  if (op === "nothing" || op === undefined) return [replies];
  return [
    replies,
    {
      at: repliedAt + draws.around(15, 0.8) * minuteMs,
      activity: (sentAt) => ({ type: "agent", agent, caseId, op, key: `${caseId}.${op}`, sentAt }),
    },
  ];
}
