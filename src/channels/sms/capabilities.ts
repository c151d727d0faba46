import type { ChannelCapabilities } from "../../turn/ports.ts";

/** Twilio has no idempotency key for texts, so a send whose answer was lost is not repeated; its status callback settles it. */
export const smsCapabilities: ChannelCapabilities = {
  delivery: "ambiguous",
  showsTyping: false,
  web: "byLink",
};
