import type { PhraseList } from "../../content/phrase-list.ts";
import type { Draft } from "./draft.ts";

/** Whether the message says one of the phrases and nothing else, fillers such as "po" aside. */
export function onlySays(draft: Draft, phrases: PhraseList): boolean {
  const { words } = draft.heard;
  const { fillers } = draft.input.content.shared.phrases;
  // Either way round: a filler may stand inside a phrase ("ano na po balita"), a phrase may hold one ("wag na").
  return (
    (phrases.isIn(words) && fillers.without(phrases.without(words)).every((word) => word === "")) ||
    phrases.is(fillers.without(words).filter((word) => word !== ""))
  );
}

/** Yes by button, by word or by thumb. */
export function saysYes(draft: Draft): boolean {
  const { phrases, emoji } = draft.input.content.shared;
  const { payload, text } = draft.heard;
  return payload === "command:yes" || onlySays(draft, phrases.yes) || emoji.yes.includes(text.trim());
}

export function saysNo(draft: Draft): boolean {
  return draft.heard.payload === "command:no" || onlySays(draft, draft.input.content.shared.phrases.no);
}
