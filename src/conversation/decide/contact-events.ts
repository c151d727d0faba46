import { isJsonObject, type EventActivity } from "../../basics/activity.ts";
import type { Saying } from "../../content/content.ts";
import { wordingOf, type Draft } from "./draft.ts";

/**
 * What a channel says of the contact: they want no more texts, texts again, to know who this is, or blocked us. It holds wherever
 * the conversation stands and whoever has it. Each change is confirmed once, unless the provider did so itself.
 */
export function contactHappened(draft: Draft, { name, value, sentAt }: EventActivity): void {
  const { shared } = draft.input.content;
  const isConfirmed = value !== undefined && isJsonObject(value) && value["confirmed"] === true;
  const wasOut = draft.state.optedOut === true;
  switch (name) {
    case "contact.optedOut":
      // What was open ends: nothing that asks may follow.
      draft.state = {
        ...draft.state,
        optedOut: true,
        open: undefined,
        offered: undefined,
        choices: undefined,
      };
      if (!wasOut && !isConfirmed) tell(draft, "shared.optedOut", shared.optedOut);
      break;
    case "contact.optedIn":
      draft.state = { ...draft.state, optedOut: undefined };
      if (!isConfirmed) tell(draft, "shared.optedIn", shared.optedIn);
      break;
    case "contact.helpAsked":
      if (!isConfirmed) tell(draft, "shared.smsHelp", shared.smsHelp);
      break;
    case "contact.unreachable":
      // Told of a send that failed before the customer wrote again: they are there.
      if (sentAt >= (draft.state.lastInboundAt ?? -Infinity))
        draft.state = { ...draft.state, unreachable: true };
      break;
    case "contact.reachable":
      draft.state = { ...draft.state, unreachable: undefined };
      break;
    default:
      break;
  }
}

/** Alone in its message, whatever else a first reply would say: the law wants it plain. */
function tell(draft: Draft, script: string, saying: Saying): void {
  const wording = wordingOf(draft, script, saying, { name: draft.input.content.shared.name });
  if (wording === undefined) return;
  const { text, short, variant } = wording;
  draft.agentReplies.push({
    text,
    ...(short === undefined ? {} : { short }),
    language: draft.language,
    script,
    variant,
  });
  draft.outcome = "answered";
}
