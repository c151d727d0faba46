import { newConversation } from "../../src/conversation/state.ts";
import type { OutgoingReply } from "../../src/turn/ports.ts";

/** A reply that is about to leave, to one customer of one account. */
export function outgoingReply(channel: string, account: string, customer: string): OutgoingReply {
  return {
    outboxId: `turn.${customer}`,
    conversation: {
      id: `c-${customer}`,
      address: { channel, account, conversation: customer },
      contact: `${channel}:${customer}`,
      contactId: "a-customer",
      vault: {},
      version: 1,
      state: newConversation,
      lastHandledSentAt: 0,
    },
    reply: { text: "Nasa Cebu hub na po." },
    replyTo: null,
    at: 0,
  };
}
