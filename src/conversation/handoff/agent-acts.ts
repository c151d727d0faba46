import type { AgentActivity } from "../../basics/activity.ts";
import { cancelTimer, say, setTimer, wordingOf, type Draft } from "../decide/draft.ts";
import type { CaseNote } from "../state.ts";
import type { Refusal } from "./case-change.ts";
import { noteOf, openCase, withNote } from "./case-notes.ts";
import { cleared, duePromise, promiseTimer, teamOf } from "./hand-off.ts";

/** Fires when somebody has the case and the customer hears nothing. */
export const agentSilentTimer = "handOff.agentSilent";
/** Fires when nobody has written for so long that the case is over. */
export const idleTimer = "handOff.idle";

/** A visit ends after so long a silence, and a case with it. */
const idleMs = 24 * 3_600_000;

/** An agent took, answered, gave back or closed a case. What does not fit where the case stands changes nothing. */
export function agentActs(draft: Draft, act: AgentActivity): void {
  const note = noteOf(draft.state, act.caseId);
  const refusal = refusalOf(draft, act, note);
  if (note === undefined || refusal !== undefined) {
    draft.cases.push({
      caseId: act.caseId,
      type: "refused",
      agent: act.agent,
      key: act.key,
      why: refusal ?? "unknownCase",
      ...(refusal === "channelForbids" ? { reason: draft.input.agentForbidden ?? "" } : {}),
    });
    return;
  }
  switch (act.op) {
    case "assign":
      assign(draft, act, note);
      break;
    case "reply":
      reply(draft, act, note);
      break;
    case "return":
    case "close":
      finishCase(draft, act, note);
      break;
  }
}

function refusalOf(draft: Draft, act: AgentActivity, note: CaseNote | undefined): Refusal | undefined {
  if (note === undefined) return "unknownCase";
  if (note.status === "closed") return "closed";
  const open = openCase(draft.state);
  if (open !== undefined && open.id !== note.id) return "otherCase";
  const { owner } = draft.state;
  if (act.op === "reply" && owner.type === "agent" && owner.agent !== act.agent) return "notYours";
  if (act.script !== undefined && draft.input.content.dialogs.get(act.script)?.type !== "script")
    return "unknownScript";
  // Words that will not leave are no answer: the case, its promise and the agent must not believe so.
  if (draft.input.agentForbidden !== undefined && speaks(act)) return "channelForbids";
  return undefined;
}

function speaks({ text, script }: AgentActivity): boolean {
  return script !== undefined || (text !== undefined && text.trim() !== "");
}

/** The person has the customer now; the promise that was given is theirs to keep. */
function take(draft: Draft, act: AgentActivity, note: CaseNote): boolean {
  const { owner } = draft.state;
  draft.cases.push({ caseId: note.id, type: "assigned", agent: act.agent, key: act.key });
  if (owner.type === "agent" && owner.agent === act.agent) return false;
  draft.state = {
    ...withNote(cleared(draft.state), { ...note, status: "assigned" }),
    owner: {
      type: "agent",
      agent: act.agent,
      team: note.team,
      since: draft.input.now,
      caseId: note.id,
    },
  };
  cancelTimer(draft, promiseTimer);
  return true;
}

function assign(draft: Draft, act: AgentActivity, note: CaseNote): void {
  if (!take(draft, act, note)) return;
  const { shared } = draft.input.content;
  const team = teamOf(draft, note.team);
  say(draft, "shared.agentJoined", shared.agentJoined, { agent: act.agent, team: team?.name ?? note.team });
  if (team === undefined) return;
  const { promisedAt } = note;
  const stands = promisedAt !== null && promisedAt > draft.input.now;
  setTimer(draft, agentSilentTimer, stands ? promisedAt : duePromise(draft, team));
}

/** Words to a case that stands in line take it: whoever writes has it. The words themselves tell the customer so. */
function reply(draft: Draft, act: AgentActivity, note: CaseNote): void {
  const { owner } = draft.state;
  if (owner.type !== "agent") take(draft, act, note);
  speak(draft, act);
  draft.cases.push({ caseId: note.id, type: "replied", agent: act.agent, key: act.key });
  draft.state = withNote(draft.state, { ...note, status: "assigned", promisedAt: null });
  cancelTimer(draft, agentSilentTimer);
  setTimer(draft, idleTimer, draft.input.now + idleMs);
}

/** Gives the customer back to the bot, or settles the case; last words of the agent go first. */
function finishCase(draft: Draft, act: AgentActivity, note: CaseNote): void {
  const { shared } = draft.input.content;
  const closes = act.op === "close";
  const team = teamOf(draft, note.team)?.name ?? note.team;
  speak(draft, act);
  // Whom a person gave back to the bot before was told so then.
  if (note.status !== "returned") {
    if (closes) say(draft, "shared.caseClosed", shared.caseClosed, { agent: act.agent, team });
    else say(draft, "shared.caseReturned", shared.caseReturned, { agent: act.agent, team });
  }
  const { caseId, agent, key } = act;
  draft.cases.push({ caseId, type: closes ? "closed" : "returned", agent, key });
  release(draft, note, closes ? "closed" : "returned");
}

/** The bot has the conversation again, with nothing of the case pending. */
export function release(draft: Draft, note: CaseNote, status: "returned" | "closed"): void {
  const state = withNote(cleared(draft.state), { ...note, status, promisedAt: null });
  draft.state = {
    ...state,
    owner: { type: "bot" },
    lastIntent: status === "closed" ? undefined : state.lastIntent,
  };
  for (const timer of [promiseTimer, agentSilentTimer, idleTimer]) cancelTimer(draft, timer);
}

/** Sends the agent's words, or a script of the library in the customer's language. */
function speak(draft: Draft, act: AgentActivity): void {
  const { agent, text, script } = act;
  const from = { agent, language: draft.language };
  const dialog = script === undefined ? undefined : draft.input.content.dialogs.get(script);
  if (dialog?.type === "script") {
    const wording = wordingOf(draft, dialog.id, dialog.say);
    if (wording === undefined) return;
    const { short, ...rest } = wording;
    draft.agentReplies.push({ ...rest, ...(short === undefined ? {} : { short }), ...from });
  } else if (text !== undefined && speaks(act)) draft.agentReplies.push({ text, ...from });
}
