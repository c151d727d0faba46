import type { ChannelCapabilities } from "../../turn/ports.ts";

/** The Send API has no idempotency key, so a repeat may be seen twice; an echo with our metadata settles a doubt later. */
export const messengerCapabilities: ChannelCapabilities = { delivery: "ambiguous", showsTyping: true };

/** Limits of the Send API in characters and pieces (Messenger Platform: Send API, quick replies, templates). */
export const limits = {
  text: 2_000,
  quickReplies: 13,
  quickReplyTitle: 20,
  payload: 1_000,
  metadata: 1_000,
  buttonText: 640,
  buttons: 3,
  buttonTitle: 20,
  cards: 10,
  cardText: 80,
} as const;

const hourMs = 3_600_000;

/** How long after the customer's last own act we may write (Messenger Platform: policy overview, private replies). */
export const windows = {
  /** Anything of the bot's. */
  botMs: 24 * hourMs,
  /** Words of a person, with the tag HUMAN_AGENT after the first 24 hours. */
  humanMs: 7 * 24 * hourMs,
  /** The one private reply to a comment. */
  commentMs: 7 * 24 * hourMs,
} as const;
