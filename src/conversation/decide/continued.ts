import { isJsonObject, type EventActivity, type Json, type JsonObject } from "../../basics/activity.ts";
import { placeIn } from "../dialog/open-step.ts";
import { resume } from "../dialog/run-flow.ts";
import { teamOf } from "../handoff/hand-off.ts";
import type { ConversationState, OpenDialog } from "../state.ts";
import { answerAll } from "./answer.ts";
import { fileUnder, say, type Draft } from "./draft.ts";
import { enterVisit } from "./visit.ts";

/* A matter that goes on in another thread by a link of ours (docs/guarantees.md). Channels tell it as two events: first
 * `conversation.moved` to the thread that lets go, then `conversation.continued` to the one that takes over. A case
 * never moves: whoever has it answers where it began. */

/** What goes along with a matter: where its flow stands, and what the customer told. */
export function carriedOf({ open, suspended, remembered }: ConversationState): JsonObject {
  return {
    ...(open === undefined ? {} : { open: dialogAsJson(open) }),
    ...(suspended === undefined ? {} : { suspended: dialogAsJson(suspended) }),
    ...(remembered === undefined ? {} : { remembered }),
  };
}

/**
 * This thread lets go of the flow that is open: nothing of it is answered here until the customer writes here again,
 * and then they begin anew. Only as it stood when it was read (`version`): where the customer wrote meanwhile, they
 * are here. `instead`: the thread it was given to before never began.
 */
export function letGo(draft: Draft, value: EventActivity["value"]): void {
  if (value === undefined || !isJsonObject(value)) return;
  const { to, version, until, instead } = value;
  const { state, input } = draft;
  const at = placeIn(input.content, state.open);
  const stands = version === input.seq - 1 && typeof until === "number" && input.now <= until;
  // A business action's result comes back to the thread that asked.
  const waits = at?.step.type === "call";
  if (typeof to !== "string" || !stands || waits || state.owner.type !== "bot") return;
  if (state.movedTo !== undefined && state.movedTo !== instead) return;
  draft.state = { ...state, movedTo: to, asking: undefined, offered: undefined, choices: undefined };
}

/** The customer writes in the thread that had let go: what was open goes on where it went, and here they begin anew. */
export function cameBack(draft: Draft): void {
  if (draft.state.movedTo === undefined) return;
  draft.state = { ...draft.state, movedTo: undefined, open: undefined, suspended: undefined };
}

/**
 * The customer came over: what was cut short there is answered here in full, and the question that was open is asked
 * again, with all that they had told. With a case there they hear who has it, and have the bot for anything else.
 */
export function continueHere(draft: Draft, value: EventActivity["value"]): void {
  enterVisit(draft);
  const given = value !== undefined && isJsonObject(value) ? value : {};
  const { content } = draft.input;
  draft.outcome = "answered";
  const { team: teamId, intent: intentId, remembered } = given;
  const team = typeof teamId === "string" ? teamOf(draft, teamId) : undefined;
  if (team !== undefined) {
    say(draft, "shared.continuedCase", content.shared.continuedCase, { team: team.name });
    return;
  }
  if (remembered !== undefined && isJsonObject(remembered)) {
    Object.assign(draft.slots, remembered);
    draft.state = { ...draft.state, remembered };
  }
  const suspended = dialogIn(given["suspended"]);
  const open = dialogIn(given["open"]) ?? suspended;
  const intent = typeof intentId === "string" ? content.intents.get(intentId) : undefined;
  if (open === undefined || placeIn(content, open) === undefined) {
    if (intent === undefined) say(draft, "shared.withBot", content.shared.withBot);
    else answerAll(draft, [{ intent, confidence: 1 }]);
    return;
  }
  if (intent !== undefined && content.dialogs.get(intent.dialog)?.type === "script")
    answerAll(draft, [{ intent, confidence: 1 }]);
  const matter = content.intents.get(open.intent);
  if (matter !== undefined) fileUnder(draft, matter, 1);
  Object.assign(draft.slots, suspended?.slots, open.slots);
  resume(draft, open);
  draft.state = {
    ...draft.state,
    lastIntent: open.intent,
    ...(open === suspended || suspended === undefined ? {} : { suspended }),
  };
}

function dialogAsJson({ dialog, intent, step, slots, asked, given, confirming, contentVersion }: OpenDialog) {
  return {
    ...{ dialog, intent, step, slots, asked, contentVersion },
    ...(given === undefined ? {} : { given }),
    ...(confirming === undefined ? {} : { confirming }),
  };
}

function dialogIn(value: Json | undefined): OpenDialog | undefined {
  if (value === undefined || !isJsonObject(value)) return undefined;
  const { dialog, intent, step, slots, asked, given, confirming, contentVersion } = value;
  if (typeof dialog !== "string" || typeof intent !== "string" || typeof step !== "string") return undefined;
  if (slots === undefined || !isJsonObject(slots) || typeof asked !== "number") return undefined;
  if (typeof contentVersion !== "string") return undefined;
  return {
    ...{ dialog, intent, step, slots, asked, contentVersion },
    ...(Array.isArray(given)
      ? { given: given.filter((name): name is string => typeof name === "string") }
      : {}),
    ...(confirming === true ? { confirming } : {}),
  };
}
