import type { Json } from "../../basics/activity.ts";
import { mapFields, mapList, type Vault } from "../../basics/masking/vault.ts";
import type { Concern, ConversationState, OpenDialog } from "../../conversation/state.ts";
import { mapQuickReplies, openingWith, type TextMap } from "./text-map.ts";

type Slots = Readonly<Record<string, Json>>;

export function mapSlots(slots: Slots, map: TextMap): Slots {
  return mapFields(slots, (name, value) => map.slot(name, value));
}

function mapDialog(dialog: OpenDialog | undefined, map: TextMap): OpenDialog | undefined {
  if (dialog === undefined) return undefined;
  const slots = mapSlots(dialog.slots, map);
  return slots === dialog.slots ? dialog : { ...dialog, slots };
}

function mapConcern(concern: Concern, map: TextMap): Concern {
  if (concern.slots === undefined) return concern;
  const slots = mapSlots(concern.slots, map);
  return slots === concern.slots ? concern : { ...concern, slots };
}

/** Everything in a snapshot that customers gave; the same object where nothing changed. */
export function mapState(state: ConversationState, map: TextMap): ConversationState {
  const open = mapDialog(state.open, map);
  const suspended = mapDialog(state.suspended, map);
  const concerns =
    state.concerns === undefined ? undefined : mapList(state.concerns, (concern) => mapConcern(concern, map));
  const remembered = state.remembered === undefined ? undefined : mapSlots(state.remembered, map);
  const choices = state.choices === undefined ? undefined : mapQuickReplies(state.choices, map);
  const same =
    open === state.open &&
    suspended === state.suspended &&
    concerns === state.concerns &&
    remembered === state.remembered &&
    choices === state.choices;
  return same ? state : { ...state, open, suspended, concerns, remembered, choices };
}

/** The snapshot as the core decides on it. */
export function openState(state: ConversationState, vault: Vault): ConversationState {
  return mapState(state, openingWith(vault));
}
