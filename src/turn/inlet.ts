import type { ConversationAddress } from "../basics/activity.ts";
import type { Accepted, Arrival, ConversationRow, Receipt, Soon } from "./ports.ts";

/** What a channel may do with the engine: open conversations, hand over what happened. */
export interface Inlet {
  /** Finds or opens the conversation of an address. `verified`: the contact proved who they are. */
  open(address: ConversationAddress, contact: string, verified: boolean): Soon<ConversationRow>;
  /** Durable when it resolves. */
  accept(conversationId: string, arrival: Arrival): Promise<Accepted>;
  /** What the provider says of a message of ours; durable when it resolves. False when no such message is known. */
  receipt(receipt: Receipt): Promise<boolean>;
  /** The customer is typing. */
  typing(conversationId: string): void;
  /** Somebody begins to look on: while words wait for their answer, they see the bot typing. */
  lookedOn(conversationId: string): void;
}
