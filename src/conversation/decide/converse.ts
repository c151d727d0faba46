import type { Step } from "../../content/content.ts";
import { answerOf, answerQuestion, askAgain } from "../dialog/answer-question.ts";
import { correct } from "../dialog/correct.ts";
import { openStep, placeIn, questionOf, waitsForWords, type At } from "../dialog/open-step.ts";
import { askOpenQuestion, beginFlow } from "../dialog/run-flow.ts";
import { lookAgain } from "../dialog/look-again.ts";
import { answerAll, matters, sureIntents, type Sure } from "./answer.ts";
import { commandInWords } from "./command.ts";
import { offerButton, say, type Draft } from "./draft.ts";
import { fallBack, miss, notUnderstood } from "./fallback.ts";
import { followUp } from "./follow-up.ts";
import { calm, refuseOthersData } from "./guard.ts";
import { answerMedia } from "./media.ts";
import { onlySays, saysYes } from "./says.ts";
import { typedTap } from "./tap.ts";
import { answered, dropMatter, tapped, toPerson, toWeb, withBot } from "./tapped.ts";
import { enterVisit } from "./visit.ts";

const intentPayload = "intent:";
/** Characters; a longer message that was not understood is asked to be said shortly. */
const longMessage = 2_000;
/** How sure another matter must be to interrupt an open question at all. */
const surelyInterrupts = 0.7;
/** How sure another matter must be before words that could be the answer to an open question are taken for it. */
const surelyAnother = 0.85;

/** The customer said, tapped or sent something while the bot owns the conversation. */
export function converse(draft: Draft): void {
  const { shared } = draft.input.content;
  // Read before the visit begins: a button of last week still means what it said.
  const tap = typedTap(draft.state, draft.heard.text, !waitsForWords(openStep(draft)));
  if (draft.heard.payload === undefined && tap !== undefined)
    draft.heard = { ...draft.heard, payload: tap.payload };
  const before = draft.state.visit?.id;
  enterVisit(draft);
  const returned = draft.state.visit?.id !== before && draft.state.suspended !== undefined;
  const { asking } = draft.state;
  if (asking !== undefined) draft.state = { ...draft.state, asking: undefined };
  const { payload, words } = draft.heard;

  if (payload === undefined) {
    const command = commandInWords(words, shared.phrases);
    if (command === "person") toPerson(draft);
    else if (command === "bot") withBot(draft);
    else if (command === "web" && toWeb(draft)) return;
    else if (onlySays(draft, shared.phrases.cancel) && dropMatter(draft)) return;
    else if (asking !== undefined && answered(draft, asking)) return;
    else hear(draft, returned, asking?.type === "goOn");
    return;
  }
  if (payload.startsWith(intentPayload)) {
    const intent = draft.input.content.intents.get(payload.slice(intentPayload.length));
    if (intent === undefined) fallBack(draft);
    else answerBeside(draft, [{ intent, confidence: 1 }]);
  } else if (!tapped(draft, payload, asking)) {
    // A button of long ago: nothing waits for it.
    if (questionOf(openStep(draft)) === undefined) fallBack(draft);
    else askOpenQuestion(draft);
  }
}

function hear(draft: Draft, returned: boolean, askedToGoOn: boolean): void {
  if (returned) {
    if (welcomeBack(draft)) return;
  } else if (askedToGoOn) draft.state = { ...draft.state, suspended: undefined };
  const at = openStep(draft);
  if (draft.state.open !== undefined && at === undefined && restart(draft)) return;
  const question = questionOf(at);
  // A photo that was asked for, a thumb where yes was asked for: answers, though without words.
  const answersIt =
    question !== undefined &&
    (answerOf(draft, question) !== undefined || (question.open.confirming === true && saysYes(draft)));
  if (!answersIt && answerMedia(draft)) return;
  const calmed = calm(draft);
  if (draft.state.owner.type !== "bot") return;
  if (refuseOthersData(draft)) {
    askOpenQuestion(draft);
    return;
  }
  if (at !== undefined) {
    hearInFlow(draft, at, calmed);
    return;
  }
  if (followUp(draft) || lookAgain(draft)) return;
  const sure = matters(sureIntents(draft));
  if (sure.length > 0) answerAll(draft, sure);
  else if (calmed) return;
  else if (draft.heard.text.length > longMessage)
    miss(draft, "shared.tooLong", draft.input.content.shared.tooLong);
  else notUnderstood(draft);
}

/** An answer, a correction, another question, or none of them, while a flow is open. */
function hearInFlow(draft: Draft, at: At, calmed: boolean): void {
  const question = questionOf(at);
  const heard = matters(sureIntents(draft)).filter(({ intent }) => intent.id !== at.open.intent);
  // Who was asked something mostly answers it: a guess at another matter does not break off the question.
  const others =
    question === undefined ? heard : heard.filter(({ confidence }) => confidence >= surelyInterrupts);
  if (question === undefined) {
    // An action runs: its result will come; meanwhile other questions are answered.
    if (!correct(draft, at) && others.length > 0) answerBeside(draft, others);
    return;
  }
  // They look for their order number: nothing to say, the question stays open.
  if (onlySays(draft, draft.input.content.shared.phrases.wait)) return;
  if (takesAnyWords(question.step) && !answersAsked(draft, others)) {
    answerBeside(draft, others);
    return;
  }
  const several = (draft.input.recognition?.parts.length ?? 0) > 1;
  if (several && answerOf(draft, question) !== undefined) answerAll(draft, others.filter(isScript(draft)));
  if (answerQuestion(draft, question) || correct(draft, at)) return;
  if (others.length > 0) answerBeside(draft, others);
  else if (calmed) askOpenQuestion(draft);
  else askAgain(draft, question);
}

function isScript(draft: Draft): (sure: Sure) => boolean {
  return ({ intent }) => draft.input.content.dialogs.get(intent.dialog)?.type === "script";
}

function takesAnyWords(step: Step): boolean {
  return step.type === "ask" && step.text !== undefined;
}

/**
 * Words that could be the answer are, unless they surely ask something else and read like a question: "red rubber
 * shoes" names an item, however much it sounds like asking for one. Addresses have numbers, questions seldom.
 */
function answersAsked(draft: Draft, others: readonly Sure[]): boolean {
  const { text, words } = draft.heard;
  const { accept } = draft.input.thresholds;
  const sure = others.some(({ confidence }) => confidence >= Math.max(accept, surelyAnother));
  const asks = text.includes("?") || draft.input.content.shared.phrases.questions.isIn(words);
  return !sure || !asks || /\d/u.test(text);
}

/** Answers another matter and comes back to the open question in the same reply; a flow begins first and ends first. */
function answerBeside(draft: Draft, others: readonly Sure[]): void {
  const { open } = draft.state;
  if (open !== undefined && !others.every(isScript(draft)))
    draft.state = { ...draft.state, open: undefined, suspended: open };
  answerAll(draft, others);
  if (open !== undefined && draft.state.open === open && draft.state.owner.type === "bot")
    askOpenQuestion(draft);
}

/**
 * A flow was left open in an earlier visit. What fits its question goes on with it; anything else is answered, and the
 * customer is asked whether to go on. False when the words are to be heard as usual.
 */
function welcomeBack(draft: Draft): boolean {
  const { suspended } = draft.state;
  draft.state = { ...draft.state, suspended: undefined };
  const question = questionOf(placeIn(draft.input.content, suspended));
  const intent = draft.input.content.intents.get(suspended?.intent ?? "");
  if (question === undefined || intent === undefined) return false;
  if (!takesAnyWords(question.step) && answerOf(draft, question) !== undefined) {
    draft.state = { ...draft.state, open: suspended };
    return false;
  }
  calm(draft);
  const others = matters(sureIntents(draft)).filter(
    (sure) => sure.intent.kind !== "other" && sure.intent !== intent,
  );
  answerAll(draft, others);
  if (draft.state.owner.type !== "bot") return true;
  draft.state = { ...draft.state, suspended };
  if (draft.state.open !== undefined) return true;
  const { shared } = draft.input.content;
  say(draft, "shared.goOn", shared.goOn, { title: intent.title[draft.language] });
  offerButton(draft, "yes", "command:yes");
  offerButton(draft, "no", "command:no");
  draft.outcome = "answered";
  draft.state = { ...draft.state, asking: { type: "goOn" } };
  return true;
}

/** The content changed under an open flow: says so and begins it anew with what it knew; false when it is gone. */
function restart(draft: Draft): boolean {
  const { open } = draft.state;
  const { content } = draft.input;
  draft.state = { ...draft.state, open: undefined, suspended: undefined };
  say(draft, "shared.restarted", content.shared.restarted);
  const intent = content.intents.get(open?.intent ?? "");
  const flow = content.dialogs.get(intent?.dialog ?? "");
  if (flow?.type !== "flow" || intent === undefined) return false;
  beginFlow(draft, flow, intent.id, open?.slots);
  return true;
}
