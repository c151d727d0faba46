import { answerQuestion, skip } from "../dialog/answer-question.ts";
import { openStep, placeIn, questionOf } from "../dialog/open-step.ts";
import { beginFlow, optionPayload, resume } from "../dialog/run-flow.ts";
import { handOff } from "../handoff/hand-off.ts";
import type { ConversationState } from "../state.ts";
import { matters, sureIntents } from "./answer.ts";
import { tellsMatter } from "./command.ts";
import { fileUnder, say, type Draft } from "./draft.ts";
import { fallBack, somethingElse } from "./fallback.ts";
import { stillUnsolved } from "./follow-up.ts";
import { saysNo, saysYes } from "./says.ts";

export type Asking = ConversationState["asking"];

/** A button of ours other than an intent's. False when it means nothing here any more. */
export function tapped(draft: Draft, payload: string, asking: Asking): boolean {
  if (payload.startsWith(optionPayload)) return tappedOption(draft, payload);
  switch (payload) {
    case "command:person":
      toPerson(draft);
      return true;
    case "command:bot":
      withBot(draft);
      return true;
    case "command:web":
      return toWeb(draft);
    case "command:cancel":
      return dropMatter(draft);
    case "command:else":
      somethingElse(draft);
      return true;
    case "command:skip":
      return skipped(draft);
    case "command:yes":
    case "command:no": {
      if (asking !== undefined) return answered(draft, asking);
      const question = questionOf(openStep(draft));
      return question !== undefined && answerQuestion(draft, question);
    }
    case "command:unsolved":
      if (asking?.type !== "unsolved") return false;
      stillUnsolved(draft, asking.intent);
      return true;
    case "command:solved":
      solved(draft);
      return true;
    default:
      return false;
  }
}

/** How sure a matter that is named beside the wish for a person must be to count before the one at hand. */
const surelyNamed = 0.7;

/** The matter that the customer names, else the one at hand, goes to a person, at the customer's wish. */
export function toPerson(draft: Draft): void {
  const { content } = draft.input;
  const named = tellsMatter(draft.heard.words, content.shared.phrases)
    ? matters(sureIntents(draft)).find(
        ({ intent, confidence }) => intent.kind !== "other" && confidence >= surelyNamed,
      )
    : undefined;
  if (named !== undefined) draft.state = { ...draft.state, lastIntent: named.intent.id };
  const matter = content.intents.get(draft.state.lastIntent ?? "");
  if (matter !== undefined) fileUnder(draft, matter, named?.confidence ?? 1);
  handOff(draft, "requested");
}

/** The customer asks for the bot and has it. */
export function withBot(draft: Draft): void {
  say(draft, "shared.withBot", draft.input.content.shared.withBot);
  draft.outcome = "answered";
}

/**
 * The customer wants to go on in web chat: they get what opens it. What is open stays open here until they are there
 * (continued.ts). False where this channel cannot lead there.
 */
export function toWeb(draft: Draft): boolean {
  const { content, web } = draft.input;
  if (web === undefined) return false;
  if (web === "here") say(draft, "shared.inWebAlready", content.shared.inWebAlready);
  else {
    say(draft, "shared.goOnInWeb", content.shared.goOnInWeb);
    draft.opensWeb = true;
  }
  draft.outcome = "answered";
  return true;
}

/**
 * "never mind": ends the open flow and the one that waits behind it, or what we had not understood. False when there is
 * neither: then it may be their order that they want to cancel.
 */
export function dropMatter(draft: Draft): boolean {
  const { open, suspended, misses } = draft.state;
  if (open === undefined && suspended === undefined && misses === 0) return false;
  draft.state = { ...draft.state, open: undefined, suspended: undefined, misses: 0 };
  say(draft, "shared.cancelled", draft.input.content.shared.cancelled);
  draft.outcome = "answered";
  return true;
}

/** Yes or no to what our last reply asked beside flows. False for anything else. */
export function answered(draft: Draft, asking: NonNullable<Asking>): boolean {
  const yes = saysYes(draft);
  if (!yes && !saysNo(draft)) return false;
  if (asking.type === "unsolved") {
    if (yes) solved(draft);
    else stillUnsolved(draft, asking.intent);
    return true;
  }
  const { suspended } = draft.state;
  if (suspended === undefined) return false;
  draft.outcome = "answered";
  if (yes) resume(draft, suspended);
  else dropMatter(draft);
  return true;
}

function solved(draft: Draft): void {
  say(draft, "shared.media.kindWord", draft.input.content.shared.media.kindWord);
  draft.outcome = "answered";
}

function skipped(draft: Draft): boolean {
  const question = questionOf(openStep(draft));
  if (question?.step.type !== "ask" || !question.step.optional) return false;
  skip(draft, question);
  return true;
}

/** An option of the open question, of an earlier question of the same flow, or of a flow that is over. */
function tappedOption(draft: Draft, payload: string): boolean {
  const [flowId = "", stepId = ""] = payload.slice(optionPayload.length).split(":");
  const { open } = draft.state;
  const { content } = draft.input;
  if (open?.dialog === flowId) {
    const question = questionOf(placeIn(content, { ...open, step: stepId, confirming: undefined }));
    return question !== undefined && answerQuestion(draft, question);
  }
  const flow = content.dialogs.get(flowId);
  const intent = draft.state.concerns?.findLast(
    (concern) => content.intents.get(concern.intent)?.dialog === flowId,
  )?.intent;
  if (flow?.type !== "flow" || intent === undefined) {
    fallBack(draft);
    return true;
  }
  // The flow is over or was dropped: the tap asks for it anew.
  draft.state = { ...draft.state, open: undefined, suspended: undefined };
  beginFlow(draft, flow, intent);
  return true;
}
