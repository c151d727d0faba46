import type { RecognizedPart } from "../recognized.ts";
import { handOff } from "../handoff/hand-off.ts";
import { offer, say, type Draft } from "./draft.ts";

/** Taps that are offered beside the candidates, in the languages we answer in. */
const person = { en: "Talk to a person", fil: "Kausapin ang tao" };
const mostChoices = 3;

/** Not sure of one intent but of a few: offers them as taps. Says whether it did. */
export function clarify(draft: Draft, part: RecognizedPart): boolean {
  const { content } = draft.input;
  const likely = part.candidates.filter(
    ({ confidence, intent }) => confidence >= draft.input.thresholds.clarify && content.intents.has(intent),
  );
  if (likely.length === 0 || draft.state.misses >= content.shared.fallback.length) return false;
  say(draft, "shared.clarify", content.shared.clarify);
  for (const { intent } of likely.slice(0, mostChoices))
    offer(draft, content.intents.get(intent)?.title[draft.language] ?? intent, `intent:${intent}`);
  offer(draft, person[draft.language], "command:person");
  draft.state = { ...draft.state, misses: draft.state.misses + 1 };
  draft.outcome = "clarified";
  return true;
}

/** Nothing understood: the next rung of the ladder, and after the last rung a person. */
export function fallBack(draft: Draft): void {
  const { shared } = draft.input.content;
  const rung = shared.fallback[draft.state.misses];
  if (rung === undefined) {
    handOff(draft, "repeatedFallback");
    return;
  }
  say(draft, `shared.fallback.${String(draft.state.misses + 1)}`, rung);
  offer(draft, person[draft.language], "command:person");
  draft.state = { ...draft.state, misses: draft.state.misses + 1 };
  draft.outcome = "fellBack";
}
