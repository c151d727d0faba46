import type { Team } from "../../content/teams.ts";
import { ownerOf } from "../../content/ownership.ts";
import { handOffNoted, say, setTimer, type Draft } from "../decide/draft.ts";
import type { CaseNote, ConversationState, HandOffReason } from "../state.ts";
import { openCase, withNote } from "./case-notes.ts";
import { contextCard, matterOf } from "./context-card.ts";
import { promisedAt } from "./promise.ts";
import { sayWhen } from "./say-when.ts";

/** Fires when the promise given to the customer runs out with nobody there. */
export const promiseTimer = "handOff.promise";

/** A team and the promise that it makes at this place. */
interface Taker {
  readonly team: Team;
  readonly minutes: number;
}

export function teamOf(draft: Draft, id: string): Team | undefined {
  const { teams, shared } = draft.input.content;
  return teams.get(id) ?? teams.get(shared.defaultTeam);
}

/** Who takes it: the team that the content names, else the one that the ownership map names for this matter. */
function takerOf(draft: Draft, wanted: string | undefined): Taker | undefined {
  const { content, channel } = draft.input;
  const { lifecycle } = draft.state;
  const owner = ownerOf(content, { stage: matterOf(draft)?.stage ?? null, lifecycle, channel });
  const team = teamOf(draft, wanted ?? owner.team);
  if (team === undefined) return undefined;
  const asOwner = team.id === owner.team ? owner.answersWithinMinutes : undefined;
  return { team, minutes: asOwner ?? team.answersWithinMinutes };
}

/** What sayings about a case may show: the team, and when it answers at the latest. */
export function promiseWords(draft: Draft, team: Team, due: number): Record<string, string> {
  return { team: team.name, when: sayWhen(due, draft.input.now, team.hours.timeZone, draft.language) };
}

/** A promise of this team given now. */
export function duePromise(draft: Draft, team: Team, minutes = team.answersWithinMinutes): number {
  return promisedAt(team.hours, draft.input.now, minutes);
}

/** What the bot was in the middle of is dropped: whoever takes over begins afresh, and so does the bot afterwards. */
export function cleared(state: ConversationState): ConversationState {
  return { ...state, open: undefined, offered: undefined, choices: undefined, misses: 0 };
}

/** Puts the customer in line: from here on the bot is silent. */
export function queue(draft: Draft, note: CaseNote, reason: HandOffReason): void {
  draft.state = {
    ...withNote(cleared(draft.state), note),
    owner: { type: "queue", team: note.team, reason, since: draft.input.now, caseId: note.id },
  };
  if (note.promisedAt !== null) setTimer(draft, promiseTimer, note.promisedAt);
}

/**
 * Gives the conversation to a team: the customer is told who and when, the bot falls silent, and a timer makes sure
 * that a broken promise has a consequence. With a case in line already the customer goes back to their place.
 */
export function handOff(draft: Draft, reason: HandOffReason, wanted?: string): void {
  // Two questions of one message may both lead here: one handover is enough.
  if (draft.state.owner.type !== "bot") return;
  const standing = openCase(draft.state);
  if (standing !== undefined) {
    rejoin(draft, standing, reason);
    return;
  }
  const taker = takerOf(draft, wanted);
  if (taker === undefined) return;
  const { team, minutes } = taker;
  const { conversationId, seq, now } = draft.input;
  const due = duePromise(draft, team, minutes);
  const card = contextCard(draft);
  const caseId = `${conversationId}.${String(seq)}`;
  say(draft, "shared.handOff", draft.input.content.shared.handOff, {
    ...promiseWords(draft, team, due),
    minutes: String(minutes),
  });
  handOffNoted(draft, reason, team.id);
  draft.cases.push({ caseId, type: "opened", team: team.id, reason, promisedAt: due, card });
  queue(
    draft,
    {
      id: caseId,
      intent: card.category.intent,
      team: team.id,
      status: "queued",
      openedAt: now,
      promisedAt: due,
    },
    reason,
  );
}

/** The customer waits already and talked to the bot meanwhile: no second case, and the promise that stands is said again. */
function rejoin(draft: Draft, note: CaseNote, reason: HandOffReason): void {
  const team = teamOf(draft, note.team);
  if (team === undefined) return;
  const { shared } = draft.input.content;
  const stands = note.promisedAt !== null && note.promisedAt > draft.input.now;
  const due = stands ? note.promisedAt : duePromise(draft, team);
  if (stands) say(draft, "shared.alreadyWaiting", shared.alreadyWaiting, promiseWords(draft, team, due));
  else say(draft, "shared.handOff", shared.handOff, promiseWords(draft, team, due));
  handOffNoted(draft, reason, team.id);
  draft.cases.push({ caseId: note.id, type: "rejoined", reason, promisedAt: due });
  queue(draft, { ...note, promisedAt: due, broken: stands ? note.broken : 0 }, reason);
}
