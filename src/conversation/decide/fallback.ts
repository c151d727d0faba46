import type { Intent, Saying } from "../../content/content.ts";
import type { RecognizedPart } from "../recognized.ts";
import { handOff } from "../handoff/hand-off.ts";
import { offer, offerButton, offerPerson, say, type Draft } from "./draft.ts";

/** Choices shown at once: more are not read on a phone. */
const mostChoices = 3;
/** Misses in a row that the bot may answer; at the next one a person takes over. */
const mostMisses = 2;
const clarifyScript = "shared.clarify";

/** Nothing was understood surely: offers what may be meant, then asks in other words, then gives the matter to a person. */
export function notUnderstood(draft: Draft): void {
  const part = draft.input.recognition?.parts[0];
  if (part === undefined || !clarify(draft, part)) fallBack(draft);
}

/** Not sure of one intent but of a few: offers them as taps, with a way out. Says whether it did. */
function clarify(draft: Draft, part: RecognizedPart): boolean {
  const { content, thresholds } = draft.input;
  const { state } = draft;
  const likely = part.candidates.filter(
    ({ confidence, intent }) => confidence >= thresholds.clarify && content.intents.has(intent),
  );
  if (likely.length === 0 || state.misses >= mostMisses || state.lastScript === clarifyScript) return false;
  say(draft, clarifyScript, content.shared.clarify);
  for (const { intent } of likely.slice(0, mostChoices))
    offer(draft, content.intents.get(intent)?.title[draft.language] ?? intent, `intent:${intent}`);
  offerButton(draft, "somethingElse", "command:else");
  offerPerson(draft);
  draft.state = { ...state, misses: state.misses + 1 };
  draft.outcome = "clarified";
  return true;
}

/** Nothing understood: asks in other words, with examples of the stage at hand; after the last words a person. */
export function fallBack(draft: Draft): void {
  const { fallback } = draft.input.content.shared;
  const said = fallback.findIndex((_, i) => draft.state.lastScript === fallbackScript(i));
  const next = fallback[said + 1];
  if (next === undefined) handOff(draft, "repeatedFallback");
  else miss(draft, fallbackScript(said + 1), next);
}

function fallbackScript(rung: number): string {
  return `shared.fallback.${String(rung + 1)}`;
}

/** The customer meant none of the choices. */
export function somethingElse(draft: Draft): void {
  miss(draft, "shared.somethingElse", draft.input.content.shared.somethingElse);
}

/** Says that something was not understood, offers a person, counts the miss. Never the same words twice in a row. */
export function miss(draft: Draft, script: string, saying: Saying): void {
  const { misses, lastScript } = draft.state;
  if (misses >= mostMisses) {
    handOff(draft, "repeatedFallback");
    return;
  }
  if (lastScript === script) {
    fallBack(draft);
    return;
  }
  const examples = examplesFor(draft);
  const titles = examples.map(({ title }) => `"${title[draft.language]}"`);
  say(draft, script, saying, { examples: listed(titles, draft.language === "en" ? "or" : "o") });
  for (const { id, title } of examples) offer(draft, title[draft.language], `intent:${id}`);
  offerPerson(draft);
  draft.state = { ...draft.state, misses: misses + 1 };
  draft.outcome = "fellBack";
}

/** What customers ask at the stage of the last concern; before any concern, what they ask most. */
function examplesFor({ state, input: { content } }: Draft): readonly Intent[] {
  const last = content.intents.get(state.lastIntent ?? "");
  const { examples } = content.shared;
  const ids = examples[last?.stage ?? "any"] ?? examples["any"] ?? [];
  return ids.flatMap((id) => content.intents.get(id) ?? []);
}

function listed(items: readonly string[], or: string): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${or} ${last}`;
}
