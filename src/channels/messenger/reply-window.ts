import type { OutgoingReply } from "../../turn/ports.ts";
import { windows } from "./capabilities.ts";

/** A conversation that began with a comment on the page's post: its one private answer goes to the comment. */
const commentPrefix = "comment:";

/** The name of the conversation that answers a comment. */
export function commentThread(commentId: string): string {
  return `${commentPrefix}${commentId}`;
}

/** The comment that a conversation answers, or undefined where it is a customer's thread. */
export function commentOf(conversation: string): string | undefined {
  return conversation.startsWith(commentPrefix) ? conversation.slice(commentPrefix.length) : undefined;
}

/** True where a reply may leave only as a person's: later than the free 24 hours. */
export function needsHumanTag({ conversation, at }: OutgoingReply): boolean {
  const { lastInboundAt } = conversation.state;
  return lastInboundAt !== undefined && at - lastInboundAt > windows.botMs;
}

/**
 * Meta's law on when a page may write (Messenger Platform policy): the bot within 24 hours of the customer's last own
 * act, a person within 7 days, to a comment once within 7 days. Gives the reason not to send. Never a tag for the bot:
 * HUMAN_AGENT is for people, and the other tags have been refused since April 2026.
 */
export function forbids(outgoing: OutgoingReply): string | undefined {
  const { conversation, reply, at } = outgoing;
  const { lastInboundAt, repliedTurns } = conversation.state;
  if (lastInboundAt === undefined) return "the customer has not written yet";
  const silentMs = at - lastInboundAt;
  if (commentOf(conversation.address.conversation) !== undefined) {
    if (repliedTurns > 1 || (reply.part?.n ?? 1) > 1) return "a comment is answered once, with one message";
    return silentMs > windows.commentMs ? "a comment is answered within 7 days" : undefined;
  }
  if (reply.agent !== undefined)
    return silentMs > windows.humanMs ? "7 days have passed since the customer last wrote" : undefined;
  return silentMs > windows.botMs ? "24 hours have passed since the customer last wrote" : undefined;
}
