import type { Source } from "../../basics/activity.ts";
import type { ContextCard } from "../../conversation/handoff/case-change.ts";
import type { ConversationState } from "../../conversation/state.ts";
import { countedSource } from "../../turn/counting/counted-source.ts";
import type { TurnRecord } from "../../turn/ports.ts";

/** Stands for what counting replaces in addresses, and is replaced alike when it is counted again. */
const anyNumber = "0000";
const counted = (text: string) => text.replaceAll("#", anyNumber);

/** The source as far as reports count it: counted again, it gives the same. */
function sourceWithoutPerson(source: Source | null | undefined): Source | null {
  if (source === null || source === undefined) return null;
  const { page, referrer, campaign } = countedSource(source);
  return {
    ...(source.device === undefined ? {} : { device: source.device }),
    ...(page === null ? {} : { page: counted(page) }),
    ...(referrer === null ? {} : { referrer: `https://${referrer}` }),
    ...(campaign === null ? {} : { campaign: counted(campaign) }),
  };
}

/** A stored turn record: of early versions some members are missing. */
export type StoredRecord = Partial<TurnRecord>;

/** The record without anything that a person wrote or was written: what is counted of the turn stays. */
export function recordWithoutWords(record: StoredRecord): StoredRecord {
  const { withheld, ...rest } = record;
  return {
    ...rest,
    source: sourceWithoutPerson(record.source),
    activities: [],
    replies: [],
    ...(withheld === undefined ? {} : { withheld: "" }),
  };
}

/** The snapshot without what the customer gave; what they may not be written for stays. */
export function stateWithoutWords(state: ConversationState): ConversationState {
  const { open: _open, suspended: _suspended, remembered: _remembered, ...rest } = state;
  const { choices: _choices, offered: _offered, asking: _asking, concerns, ...kept } = rest;
  return {
    ...kept,
    ...(concerns === undefined ? {} : { concerns: concerns.map(({ slots: _slots, ...concern }) => concern) }),
  };
}

/** What an agent saw of a case, without the customer's words, values and files. */
export function cardWithoutWords(card: ContextCard): ContextCard {
  return { ...card, asked: "", slots: {}, media: [] };
}
