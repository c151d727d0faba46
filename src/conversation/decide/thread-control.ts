import { isJsonObject, type EventActivity } from "../../basics/activity.ts";
import { agentSilentTimer, idleTimer, release } from "../handoff/agent-acts.ts";
import { noteOf, openCase, withNote } from "../handoff/case-notes.ts";
import { promiseTimer } from "../handoff/hand-off.ts";
import { cancelTimer, setTimer, type Draft } from "./draft.ts";

/* A provider's own inbox: a person may answer there, past our console. Channels tell it as the events `thread.taken`
 * ({by, idleMs, spoke}) and `thread.returned`. `spoke: false`: nobody wrote, we only see that the thread is theirs. */

/** Fires when the person in the provider's inbox has been silent for long: the bot has the customer again. */
export const threadIdleTimer = "thread.idle";

/** A person took the thread, or wrote in it again; or it came back. The customer sees it happen: nothing is said. */
export function threadChanged(draft: Draft, { name, value = null }: EventActivity): void {
  if (name === "thread.returned") giveBack(draft);
  if (name !== "thread.taken" || !isJsonObject(value)) return;
  const { by, idleMs, spoke } = value;
  if (typeof by !== "string" || typeof idleMs !== "number") return;
  const { owner } = draft.state;
  // Whoever has the case in our console keeps it: they see what was written elsewhere in the record.
  if (owner.type === "agent" && owner.outside !== true) return;
  if (spoke === false && owner.type === "agent") {
    // What the customer writes there is no answer, and the wait for one goes on as it was.
    if (draft.state.timers[threadIdleTimer] === undefined)
      setTimer(draft, threadIdleTimer, draft.input.now + idleMs);
    return;
  }
  const isNew = owner.type !== "agent" || owner.agent !== by;
  for (const timer of [promiseTimer, agentSilentTimer, idleTimer]) cancelTimer(draft, timer);
  // Who waits in line and talks to the bot meanwhile has a case too: it is theirs now, its promise is kept.
  const caseId = owner.type === "bot" ? openCase(draft.state)?.id : owner.caseId;
  if (caseId !== undefined)
    draft.cases.push({ caseId, type: isNew ? "assigned" : "replied", agent: by, key: keyOf(draft) });
  if (isNew) {
    const note = noteOf(draft.state, caseId);
    if (note !== undefined) draft.state = withNote(draft.state, { ...note, status: "assigned" });
    draft.state = {
      ...draft.state,
      open: undefined,
      offered: undefined,
      owner: {
        type: "agent",
        agent: by,
        team: owner.type === "bot" ? draft.input.content.shared.defaultTeam : owner.team,
        since: draft.input.now,
        caseId,
        outside: true,
      },
    };
  }
  setTimer(draft, threadIdleTimer, draft.input.now + idleMs);
}

/** Nobody wrote from the provider's inbox for so long that the customer would wait for nothing. */
export function threadIdle(draft: Draft): void {
  giveBack(draft);
}

/** The next visit starts clean: what the bot was asking before a person came is no longer what matters. */
function giveBack(draft: Draft): void {
  const { owner } = draft.state;
  if (owner.type !== "agent" || owner.outside !== true) return;
  for (const timer of [threadIdleTimer, agentSilentTimer]) cancelTimer(draft, timer);
  const note = noteOf(draft.state, owner.caseId);
  if (note !== undefined) {
    draft.cases.push({ caseId: note.id, type: "returned", agent: owner.agent, key: keyOf(draft) });
    release(draft, note, "returned");
  }
  draft.state = { ...draft.state, owner: { type: "bot" }, misses: 0, lastIntent: undefined };
}

/** Names an act that nobody in our console asked for: unique within the conversation. */
function keyOf(draft: Draft): string {
  return `thread:${String(draft.input.seq)}`;
}
