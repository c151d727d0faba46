import {
  isJsonObject,
  type EventActivity,
  type InboundActivity,
  type TimerActivity,
} from "../../basics/activity.ts";
import type { Content, Intent } from "../../content/content.ts";
import {
  actionIsSlow,
  actionReturned,
  answerQuestion,
  askAgain,
  beginFlow,
  openStep,
  slowActionTimer,
} from "../dialog/run-flow.ts";
import type { Decision } from "../decision.ts";
import { agentActs } from "../handoff/agent-acts.ts";
import { handOff } from "../handoff/hand-off.ts";
import { handoffTimerFired } from "../handoff/handoff-timers.ts";
import { whileOwned } from "../handoff/while-owned.ts";
import type { ConversationState } from "../state.ts";
import { commandIn } from "./command.ts";
import { contactHappened } from "./contact-events.ts";
import type { DecisionInput } from "./decision-input.ts";
import { finish, newDraft, say, type Draft } from "./draft.ts";
import { clarify, fallBack } from "./fallback.ts";

const intentPayload = "intent:";

/** True when the recognizer should read this activity before `decide`: words for the bot that are no command. */
export function needsRecognition(
  activity: InboundActivity,
  state: ConversationState,
  content: Content,
): boolean {
  return (
    activity.type === "message" &&
    state.owner.type === "bot" &&
    activity.text.trim() !== "" &&
    commandIn(activity.text, undefined, content.shared.commands) === undefined
  );
}

/**
 * Decides one turn. Pure: no I/O, no clock, no chance; the same input gives the same decision.
 * While a queue or an agent owns the conversation the bot stays silent, whatever the customer sends.
 */
export function decide(input: DecisionInput): Decision {
  const draft = newDraft(input);
  const { activity } = input;
  switch (activity.type) {
    case "timer":
      decideTimer(draft, activity);
      break;
    case "actionResult":
      actionReturned(draft, activity.result);
      break;
    case "event":
      decideEvent(draft, activity);
      break;
    case "choice":
    case "message":
      draft.state = { ...draft.state, lastInboundAt: newer(draft.state.lastInboundAt, activity.sentAt) };
      if (draft.state.owner.type === "bot")
        decideWords(draft, activity.text, activity.type === "choice" ? activity.payload : undefined);
      else whileOwned(draft, activity);
      break;
    case "agent":
      agentActs(draft, activity);
      break;
  }
  return finish(draft);
}

function newer(before: number | undefined, sentAt: number): number {
  return before === undefined ? sentAt : Math.max(before, sentAt);
}

function decideEvent(draft: Draft, event: EventActivity): void {
  if (event.name !== "conversation.continued") contactHappened(draft, event);
  // Whoever has the customer goes on with them here too.
  else if (draft.state.owner.type === "bot") continueConcern(draft, event.value);
}

/** The customer came over from another channel by a link of ours: what they had asked there is answered here in full. */
function continueConcern(draft: Draft, value: EventActivity["value"]): void {
  const { content } = draft.input;
  const named = value !== undefined && isJsonObject(value) ? value["intent"] : undefined;
  const intent = typeof named === "string" ? content.intents.get(named) : undefined;
  if (intent !== undefined) {
    answer(draft, intent, 1);
    return;
  }
  say(draft, "shared.withBot", content.shared.withBot);
  draft.outcome = "answered";
}

function decideTimer(draft: Draft, timer: TimerActivity): void {
  // A timer that was moved or cancelled after it fired has another generation: it no longer speaks for us.
  if (draft.state.timers[timer.name] !== timer.generation) return;
  if (handoffTimerFired(draft, timer.name)) return;
  if (timer.name === slowActionTimer) actionIsSlow(draft);
}

function decideWords(draft: Draft, text: string, payload: string | undefined): void {
  const { content } = draft.input;
  const command = commandIn(text, payload, content.shared.commands);
  if (command === "person") {
    handOff(draft, "requested");
    return;
  }
  if (command === "bot") {
    say(draft, "shared.withBot", content.shared.withBot);
    draft.outcome = "answered";
    return;
  }
  if (command === "cancel" && draft.state.open !== undefined) {
    draft.state = { ...draft.state, open: undefined };
    say(draft, "shared.cancelled", content.shared.cancelled);
    draft.outcome = "answered";
    return;
  }
  if (payload?.startsWith(intentPayload)) {
    const tapped = content.intents.get(payload.slice(intentPayload.length));
    if (tapped === undefined) fallBack(draft);
    else answer(draft, tapped, 1);
    return;
  }
  const at = openStep(draft);
  if (draft.state.open !== undefined && at === undefined) {
    // The content changed under an open flow: say so and begin afresh.
    draft.state = { ...draft.state, open: undefined };
    say(draft, "shared.restarted", content.shared.restarted);
  }
  if (at?.step.type === "ask") {
    if (answerQuestion(draft, at.flow, at.step, at.open, text)) return;
    const interrupting = sureIntents(draft).filter(({ intent }) => intent.id !== at.open.intent);
    if (interrupting.length === 0) {
      askAgain(draft, at.flow, at.step, at.open);
      return;
    }
  }
  decideRecognized(draft, text);
}

function sureIntents(draft: Draft): { intent: Intent; confidence: number }[] {
  const { content, recognition } = draft.input;
  const sure: { intent: Intent; confidence: number }[] = [];
  for (const part of recognition?.parts ?? []) {
    const best = part.candidates[0];
    if (best === undefined || best.confidence < draft.input.thresholds.accept) continue;
    const intent = content.intents.get(best.intent);
    if (intent !== undefined && !sure.some((other) => other.intent === intent))
      sure.push({ intent, confidence: best.confidence });
  }
  return sure;
}

function decideRecognized(draft: Draft, text: string): void {
  const { content, recognition } = draft.input;
  if (text.trim() === "" || recognition === undefined) {
    say(draft, "shared.cannotRead", content.shared.cannotRead);
    draft.outcome = "fellBack";
    return;
  }
  const sure = sureIntents(draft);
  for (const { intent, confidence } of sure) answer(draft, intent, confidence);
  if (sure.length > 0) return;
  const unsure = recognition.parts[0];
  if (unsure !== undefined && clarify(draft, unsure)) return;
  fallBack(draft);
}

/** Answers one intent by its script or flow, and files the turn under it. The first of two keeps the category. */
function answer(draft: Draft, intent: Intent, confidence: number): void {
  if (draft.category.intent === null) {
    draft.category = {
      kind: intent.kind,
      stage: intent.stage,
      intent: intent.id,
      topic: intent.topic ?? null,
      decidedBy: "bot",
      confidence,
    };
  }
  draft.state = { ...draft.state, misses: 0, lastIntent: intent.id };
  const dialog = draft.input.content.dialogs.get(intent.dialog);
  if (dialog === undefined) {
    handOff(draft, "noScript");
  } else if (dialog.type === "script") {
    draft.dialog = { id: dialog.id, step: null };
    say(draft, dialog.id, dialog.say);
    draft.outcome = "answered";
  } else {
    beginFlow(draft, dialog, intent.id);
  }
}
