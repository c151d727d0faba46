import { cancelTimer, offer, say, setTimer, type Draft } from "../decide/draft.ts";
import { agentSilentTimer, idleTimer, release } from "./agent-acts.ts";
import { noteOf, openCase, withNote } from "./case-notes.ts";
import { duePromise, promiseTimer, promiseWords, queue, teamOf } from "./hand-off.ts";

/** A promise is renewed at the first break, given by another team at the second; after the third none is given. */
const promisesInAll = 3;

/** A wait is over. True when the timer was one of ours. Every wait ends in something: said, or silent on purpose. */
export function handoffTimerFired(draft: Draft, name: string): boolean {
  switch (name) {
    case promiseTimer:
      promiseBroken(draft);
      return true;
    case agentSilentTimer:
      agentWasSilent(draft);
      return true;
    case idleTimer:
      nobodyWrote(draft);
      return true;
    default:
      return false;
  }
}

/**
 * The promise ran out with nobody there: it is said as it is, a new one is given, the second time by the team that
 * takes everything, and the customer has the bot meanwhile. The case keeps its place in line.
 */
function promiseBroken(draft: Draft): void {
  cancelTimer(draft, promiseTimer);
  const note = openCase(draft.state);
  if (note?.status !== "queued") return;
  const { shared } = draft.input.content;
  const broken = (note.broken ?? 0) + 1;
  const late = teamOf(draft, note.team);
  const team = broken === 2 ? teamOf(draft, shared.defaultTeam) : late;
  if (team === undefined || late === undefined) return;
  const due = broken < promisesInAll ? duePromise(draft, team) : null;
  if (due === null) say(draft, "shared.stillWaitingLast", shared.stillWaitingLast, { team: team.name });
  else if (team.id !== late.id)
    say(draft, "shared.escalated", shared.escalated, {
      ...promiseWords(draft, team, due),
      lateTeam: late.name,
    });
  else say(draft, "shared.stillWaiting", shared.stillWaiting, promiseWords(draft, team, due));
  draft.outcome = "answered";
  draft.cases.push({ caseId: note.id, type: "promiseBroken", team: team.id, promisedAt: due });
  draft.state = {
    ...withNote(draft.state, { ...note, team: team.id, promisedAt: due, broken }),
    owner: { type: "bot" },
  };
  if (due !== null) setTimer(draft, promiseTimer, due);
}

/** Somebody has the case and says nothing: it goes back into line, with a promise, and the bot is offered meanwhile. */
function agentWasSilent(draft: Draft): void {
  cancelTimer(draft, agentSilentTimer);
  const { owner } = draft.state;
  if (owner.type !== "agent") return;
  const note = noteOf(draft.state, owner.caseId);
  const team = teamOf(draft, owner.team);
  if (note === undefined || team === undefined) {
    draft.state = { ...draft.state, owner: { type: "bot" } };
    return;
  }
  const { shared } = draft.input.content;
  const due = duePromise(draft, team);
  say(draft, "shared.agentSilent", shared.agentSilent, {
    ...promiseWords(draft, team, due),
    agent: owner.agent,
  });
  offer(draft, shared.buttons.bot[draft.language], "command:bot");
  draft.outcome = "answered";
  draft.cases.push({ caseId: note.id, type: "requeued", agent: owner.agent, promisedAt: due });
  cancelTimer(draft, idleTimer);
  queue(draft, { ...note, status: "queued", promisedAt: due }, "requested");
}

/** Nobody wrote for a day after the agent's last words: settled, silently. Whoever comes back meets the bot. */
function nobodyWrote(draft: Draft): void {
  cancelTimer(draft, idleTimer);
  const { owner } = draft.state;
  if (owner.type !== "agent") return;
  const note = noteOf(draft.state, owner.caseId);
  if (note === undefined) {
    draft.state = { ...draft.state, owner: { type: "bot" } };
    return;
  }
  draft.cases.push({ caseId: note.id, type: "closed", agent: null, key: null });
  release(draft, note, "closed");
}
