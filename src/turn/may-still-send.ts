import type { ConversationState } from "../conversation/state.ts";
import type { ConversationRow, OutboxRow } from "./ports.ts";

/**
 * Whom the bot may write to by itself, on every channel: nobody who blocked us or is gone, until they write again
 * (providers count such sends against the sender). What answers the customer is theirs all the same.
 * Gives the reason to leave it, or undefined.
 */
export function forbidsBeginning(
  body: Pick<Extract<OutboxRow["body"], { type: "reply" }>, "unprompted">,
  { unreachable }: ConversationState,
): string | undefined {
  return body.unprompted === true && unreachable === true
    ? "the contact cannot be reached until they write again"
    : undefined;
}

/**
 * Checked again at the moment of sending, since the world may have moved since the turn decided: a reply that the
 * bot decided before a person took over is not sent after. Gives the reason to cancel, or undefined to send.
 */
export function mayStillSend(
  row: Pick<OutboxRow, "body" | "createdAt">,
  conversation: ConversationRow,
): string | undefined {
  const { owner } = conversation.state;
  if (row.body.type === "reply" && row.body.byAgent === true) return undefined;
  if (owner.type === "agent" && owner.since >= row.createdAt)
    return "a person took over before this was sent";
  return row.body.type === "reply" ? forbidsBeginning(row.body, conversation.state) : undefined;
}
