import type { Json } from "../../basics/activity.ts";
import { Masker } from "../../basics/masking/masker.ts";
import type { ScriptValues } from "../../basics/masking/script-values.ts";
import type { Vault } from "../../basics/masking/vault.ts";
import type { AskStep, Content, EntityType } from "../../content/content.ts";
import type { TurnCommit } from "../ports.ts";
import { mapBody, mapCase, mapRecord } from "./map-commit.ts";
import { mapSlots, mapState } from "./map-state.ts";
import type { TextMap } from "./text-map.ts";

/** A turn as it was decided. */
export type UnmaskedCommit = Omit<TurnCommit, "vault">;

/** What a question of this entity is answered with names somebody; days, amounts and products don't. */
const personalEntities: ReadonlySet<EntityType> = new Set(["orderNumber", "phone", "email", "place"]);
/** Answers that a pattern finds are personal from here on, in characters: shorter ones are sizes and counts. */
const shortestMatched = 4;

function isPersonal({ text, pattern, entity }: AskStep, value: string): boolean {
  if (text !== undefined) return true;
  if (pattern !== undefined) return value.length >= shortestMatched;
  return entity !== undefined && personalEntities.has(entity);
}

/** Whether a slot's text is an answer of the customer's own, not one of the options shown to them. */
function isAnswer(content: Content, slot: string, value: string): boolean {
  let asked = false;
  for (const dialog of content.dialogs.values()) {
    if (dialog.type !== "flow") continue;
    for (const step of dialog.steps) {
      if (step.type === "choose" && step.slot === slot && step.options.some(({ id }) => id === value))
        return false;
      if (step.type === "ask" && step.slot === slot && isPersonal(step, value)) asked = true;
    }
  }
  return asked;
}

export interface MaskingTools {
  readonly content: Content;
  readonly scripts: ScriptValues;
}

/** `needed`: it must come back, so the vault keeps it whatever else it holds. */
function maskingWith(masker: Masker, { content, scripts }: MaskingTools, needed: boolean): TextMap {
  const json = (value: Json) => masker.json(value, needed);
  const wholeText = (type: string, text: string) => masker.whole(type, text, needed);
  return {
    text: (text) => masker.text(text, needed),
    said: (text) => masker.text(text, needed, (said) => scripts.find(said)),
    json,
    slot: (name, value) =>
      typeof value === "string" && isAnswer(content, name, value) ? wholeText(name, value) : json(value),
    whole: (type, value) => masker.whole(type, value, needed),
    wholeText,
  };
}

/**
 * The turn as it is kept: placeholders where people's values were, and the vault that they are opened with. The one
 * place that masks (docs/decisions/0004).
 * @param slots what flows knew in this turn, by name: an answer may have been used up within it
 */
export function maskCommit(
  commit: UnmaskedCommit,
  vault: Vault,
  slots: Readonly<Record<string, Json>>,
  tools: MaskingTools,
): TurnCommit {
  const masker = new Masker(vault);
  const use = maskingWith(masker, tools, true);
  const record = maskingWith(masker, tools, false);
  // Answers first: from then on they are known wherever they stand.
  mapSlots(slots, record);
  const state = mapState(commit.state, use);
  const outbox = commit.outbox.map((row) => ({ ...row, body: mapBody(row.body, use) }));
  const cases = commit.cases.map((change) => mapCase(change, record));
  const turn = mapRecord(commit.turn, record);
  return { ...commit, turn, state, outbox, cases, vault: masker.vault };
}
