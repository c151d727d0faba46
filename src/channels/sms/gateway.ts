import type { Delivery } from "../../turn/ports.ts";

/** One text as a gateway is asked to send it. */
export interface OutgoingText {
  /** Our number or service that it goes out from. */
  readonly account: string;
  /** The customer's number, E.164. */
  readonly to: string;
  readonly text: string;
  /** Comes back with what the gateway tells of this text. */
  readonly outboxId: string;
}

/** What a failure says of the contact, beside that this text failed. */
export type ContactNews = "optedOut" | "unreachable";

/** How one send ended, and whether it says more than that. */
export interface SendEnd {
  readonly delivery: Delivery;
  readonly contact?: ContactNews;
  /** Our own account was refused: nothing can be sent until an operator puts it right. */
  readonly accountRefused?: true;
}

/** The seam for other gateways of text messages: everything that concerns sending is said here. */
export interface SmsGateway {
  /** Never throws for what the gateway answers. */
  send(outgoing: OutgoingText): Promise<SendEnd>;
  close(): Promise<void>;
}
