import { handOff } from "../handoff/hand-off.ts";
import { offerPerson, say, type Draft } from "./draft.ts";

/**
 * Abuse gets a calm sentence and a way to a person; when the calm words are used up, a person. Says whether it was
 * heard. The matter in the same message is answered all the same, by whoever calls this.
 */
export function calm(draft: Draft): boolean {
  const { shared } = draft.input.content;
  if (!shared.phrases.abuse.isIn(draft.heard.words)) return false;
  const heardBefore = draft.state.abuses ?? 0;
  const saying = shared.abuse[heardBefore];
  draft.state = { ...draft.state, abuses: heardBefore + 1 };
  if (saying === undefined) {
    handOff(draft, "negativeSentiment");
    return true;
  }
  say(draft, `shared.abuse.${String(heardBefore + 1)}`, saying);
  offerPerson(draft);
  draft.outcome = "answered";
  return true;
}

/** Somebody else's data are not given, whoever asks and however. Says whether they were asked for. */
export function refuseOthersData(draft: Draft): boolean {
  const { shared } = draft.input.content;
  if (!shared.phrases.othersData.isIn(draft.heard.words)) return false;
  say(draft, "shared.othersData", shared.othersData);
  offerPerson(draft);
  draft.outcome = "answered";
  return true;
}
