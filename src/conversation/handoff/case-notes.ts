import type { CaseNote, ConversationState } from "../state.ts";

/** Cases remembered in a conversation's state. The store keeps them all. */
const remembered = 5;

export function noteOf(state: ConversationState, caseId: string | undefined): CaseNote | undefined {
  return state.cases?.find(({ id }) => id === caseId);
}

/** The case that a team or a person has now. There is one at most, also while the customer talks to the bot meanwhile. */
export function openCase(state: ConversationState): CaseNote | undefined {
  return state.cases?.findLast(({ status }) => status === "queued" || status === "assigned");
}

/** The state with this case as it stands now, new or changed. */
export function withNote(state: ConversationState, note: CaseNote): ConversationState {
  const known = state.cases ?? [];
  const cases = known.some(({ id }) => id === note.id)
    ? known.map((other) => (other.id === note.id ? note : other))
    : [...known, note].slice(-remembered);
  return { ...state, cases };
}
