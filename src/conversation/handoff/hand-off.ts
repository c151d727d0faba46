import type { HandOffReason } from "../state.ts";
import { cancelTimer, handOffNoted, say, setTimer, type Draft } from "../decide/draft.ts";

/** Fires when the promise given to the customer runs out with nobody there. */
export const promiseTimer = "handOff.promise";

/**
 * Gives the conversation to a team: the customer is told who and when, the bot falls silent, and a timer
 * makes sure that a broken promise has a consequence.
 */
export function handOff(draft: Draft, reason: HandOffReason, wanted?: string): void {
  const { content, now } = draft.input;
  const team =
    content.teams.get(wanted ?? content.shared.defaultTeam) ?? content.teams.get(content.shared.defaultTeam);
  if (team === undefined) return;
  const minutes = team.answersWithinMinutes;
  say(draft, "shared.handOff", content.shared.handOff, { team: team.name, minutes: String(minutes) });
  handOffNoted(draft, reason, team.id);
  draft.state = {
    ...draft.state,
    owner: { type: "queue", team: team.id, reason, since: now },
    open: undefined,
    misses: 0,
  };
  setTimer(draft, promiseTimer, now + minutes * 60_000);
}

/** The promise ran out: say so, give the customer the bot back meanwhile. Nobody is ever left without an owner. */
export function breakPromise(draft: Draft): void {
  const { owner } = draft.state;
  if (owner.type !== "queue") return;
  const team = draft.input.content.teams.get(owner.team);
  say(draft, "shared.stillWaiting", draft.input.content.shared.stillWaiting, {
    team: team?.name ?? owner.team,
  });
  draft.state = { ...draft.state, owner: { type: "bot" } };
  draft.outcome = "answered";
  cancelTimer(draft, promiseTimer);
}
