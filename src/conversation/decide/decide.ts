import type { EventActivity, InboundActivity, TimerActivity } from "../../basics/activity.ts";
import type { Content } from "../../content/content.ts";
import { phraseWords } from "../../content/phrase-list.ts";
import { actionIsSlow, actionReturned } from "../dialog/action-result.ts";
import { placeIn, waitsForWords } from "../dialog/open-step.ts";
import { slowActionTimer } from "../dialog/run-flow.ts";
import type { Decision } from "../decision.ts";
import { agentActs } from "../handoff/agent-acts.ts";
import { handoffTimerFired } from "../handoff/handoff-timers.ts";
import { actionReturnedWhileOwned, whileOwned } from "../handoff/while-owned.ts";
import type { ConversationState } from "../state.ts";
import { commandInWords, tellsMatter } from "./command.ts";
import { contactHappened } from "./contact-events.ts";
import { cameBack, continueHere, letGo } from "./continued.ts";
import { converse } from "./converse.ts";
import type { DecisionInput } from "./decision-input.ts";
import { newDraft, type Draft } from "./draft.ts";
import { finish } from "./finish.ts";
import { threadChanged, threadIdle, threadIdleTimer } from "./thread-control.ts";
import { typedTap } from "./tap.ts";

/**
 * True when the recognizer should read this activity before `decide`: words for the bot that are no button and no
 * mere wish for a person. A first word is read even if it is a command: its language is the reply's.
 */
export function needsRecognition(
  activity: InboundActivity,
  state: ConversationState,
  content: Content,
): boolean {
  if (activity.type !== "message" || state.owner.type !== "bot" || activity.text.trim() === "") return false;
  if (state.language === undefined) return true;
  if (typedTap(state, activity.text, !waitsForWords(placeIn(content, state.open))) !== undefined)
    return false;
  const { phrases } = content.shared;
  const words = phraseWords(activity.text);
  return commandInWords(words, phrases) !== "person" || tellsMatter(words, phrases);
}

/**
 * Decides one turn. Pure: no I/O, no clock, no chance; the same input gives the same decision.
 * While a queue or an agent owns the conversation the bot stays silent, whatever the customer sends.
 */
export function decide(input: DecisionInput): Decision {
  const draft = newDraft(input);
  const { activity } = input;
  const bot = draft.state.owner.type === "bot";
  switch (activity.type) {
    case "timer":
      decideTimer(draft, activity);
      break;
    case "actionResult":
      if (bot) actionReturned(draft, activity);
      else actionReturnedWhileOwned(draft, activity);
      break;
    case "event":
      decideEvent(draft, activity);
      break;
    case "choice":
    case "message":
      customerActed(draft, activity.sentAt);
      cameBack(draft);
      if (bot) converse(draft);
      else whileOwned(draft, activity);
      break;
    case "agent":
      agentActs(draft, activity);
      break;
  }
  return finish(draft);
}

/** The customer did something themselves: windows count from it, and whoever was gone is there again. */
function customerActed(draft: Draft, sentAt: number): void {
  const before = draft.state.lastInboundAt;
  const lastInboundAt = before === undefined ? sentAt : Math.max(before, sentAt);
  if (draft.state.unreachable === undefined) draft.state = { ...draft.state, lastInboundAt };
  else {
    const { unreachable: _ended, ...state } = draft.state;
    draft.state = { ...state, lastInboundAt };
  }
}

function decideEvent(draft: Draft, event: EventActivity): void {
  if (event.byCustomer === true) customerActed(draft, event.sentAt);
  threadChanged(draft, event);
  if (event.name === "conversation.moved") letGo(draft, event.value);
  else if (event.name !== "conversation.continued") contactHappened(draft, event);
  // Whoever has the customer goes on with them here too.
  else if (draft.state.owner.type === "bot") continueHere(draft, event.value);
}

function decideTimer(draft: Draft, timer: TimerActivity): void {
  // A timer that was moved or cancelled after it fired has another generation: it no longer speaks for us.
  if (draft.state.timers[timer.name] !== timer.generation) return;
  if (handoffTimerFired(draft, timer.name)) return;
  if (timer.name === slowActionTimer && draft.state.owner.type === "bot") actionIsSlow(draft);
  else if (timer.name === threadIdleTimer) threadIdle(draft);
}
