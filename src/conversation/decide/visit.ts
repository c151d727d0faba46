import type { ConversationState } from "../state.ts";
import type { Draft } from "./draft.ts";

/** Silence after which the next word begins a new visit, ms. */
export const visitSilenceMs = 24 * 60 * 60 * 1000;

/**
 * The customer speaks: goes on with the visit or begins one. A new visit starts clean: no misses, no buttons, no
 * half-understood matter; concerns stay, for follow-ups, and a flow that was open waits to be asked about.
 */
export function enterVisit(draft: Draft): void {
  const { state, input } = draft;
  if (state.visit !== undefined && input.now - state.visit.lastAt < visitSilenceMs) return;
  draft.state = {
    ...endVisit(state),
    suspended: state.open ?? state.suspended,
    // The conversation's version names the turn, so the id is unique and the same whenever the turn is decided again.
    visit: { id: `${input.conversationId}.${String(input.seq)}`, startedAt: input.now, lastAt: input.now },
  };
}

/** The visit is over: after long silence, or because its case was closed. What is remembered for it goes. */
export function endVisit(state: ConversationState): ConversationState {
  return {
    ...state,
    visit: undefined,
    misses: 0,
    abuses: undefined,
    open: undefined,
    suspended: undefined,
    asking: undefined,
    remembered: undefined,
    lastIntent: undefined,
    lastScript: undefined,
    offered: undefined,
    choices: undefined,
  };
}
