import type { ConversationRow, OutboxRow } from "./ports.ts";

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
  return undefined;
}
