import type { AskStep, Flow } from "../../content/content.ts";
import { matters, sureIntents } from "../decide/answer.ts";
import type { Draft } from "../decide/draft.ts";
import { beginFlow } from "./run-flow.ts";
import { answerTo } from "./slots.ts";

/** Words; a longer message tells something new. */
const longest = 12;

/**
 * After a flow is over: "no, the other order" or "104555 naman po" asks for the same with another value. False when the
 * message is nothing of the kind.
 */
export function lookAgain(draft: Draft): boolean {
  const { content, recognition, now } = draft.input;
  const { words } = draft.heard;
  const intent = content.intents.get(draft.state.lastIntent ?? "");
  const flow = content.dialogs.get(intent?.dialog ?? "");
  if (intent === undefined || flow?.type !== "flow" || words.length > longest) return false;
  const asks = rememberedAsks(flow, content.shared.rememberedSlots);
  if (asks.length === 0) return false;
  const other = matters(sureIntents(draft)).some((sure) => sure.intent !== intent);
  const named = asks.some(
    (step) => answerTo(step, draft.heard, recognition?.entities ?? [], now) !== undefined,
  );
  if (other || !(named || content.shared.phrases.correct.isIn(words))) return false;
  const forgotten = new Set(asks.map(({ slot }) => slot));
  const remembered = Object.entries(draft.state.remembered ?? {}).filter(([slot]) => !forgotten.has(slot));
  draft.state = { ...draft.state, remembered: Object.fromEntries(remembered) };
  beginFlow(draft, flow, intent.id);
  return true;
}

/** Questions whose answer the visit remembers: what a later look depends on. */
function rememberedAsks(flow: Flow, slots: ReadonlySet<string>): AskStep[] {
  return flow.steps.filter((step): step is AskStep => step.type === "ask" && slots.has(step.slot));
}
