/**
 * Everything that happens is an inbound activity: a message, a tap, an agent's words, an action's result, a
 * provider's receipt, a timer. Channels parse into this; intake stores it; the pure core decides on it.
 */

/** JSON as it is stored and sent. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a customer writes on. */
export const devices = ["mobile", "desktop", "other"] as const;

/** Where a message was written: what the widget or the provider tells of the page and the device. */
export interface Source {
  readonly device?: (typeof devices)[number];
  readonly page?: string;
  readonly referrer?: string;
  readonly campaign?: string;
}

/**
 * What an attachment is that MIME has no name for. Every channel hands these over under the same names, whatever its
 * provider calls them.
 */
export const contentTypes = {
  /** A sticker, thumbs-up buttons among them. */
  sticker: "application/vnd.kumusta.sticker+json",
  /** A place, as a GeoJSON point (RFC 7946); the attachment's name is the place's, where the provider knows one. */
  location: "application/geo+json",
  /** Somebody's telephone number, as `{phone}`. */
  contactCard: "application/vnd.kumusta.contact+json",
} as const;

/** A place as all channels hand it over. In degrees; GeoJSON names the longitude first (RFC 7946 §3.1.1). */
export function locationAttachment(latitude: number, longitude: number): Attachment {
  return {
    contentType: contentTypes.location,
    content: { type: "Point", coordinates: [longitude, latitude] },
  };
}

export interface Attachment {
  readonly contentType: string;
  /** Where our own server or the provider keeps it. Never fetched because a customer names it. */
  readonly contentUrl?: string;
  readonly name?: string;
  readonly content?: Json;
}

interface Happened {
  /** Provider's time, epoch ms: decides the order within the burst window. */
  readonly sentAt: number;
  /** The sender's own counter, breaks ties of `sentAt`. */
  readonly sequence?: number;
  readonly source?: Source;
  readonly locale?: string;
}

export interface MessageActivity extends Happened {
  readonly type: "message";
  readonly text: string;
  readonly attachments?: readonly Attachment[];
}
/** A tap on a quick reply, button or menu: `payload` is what we put there. */
export interface ChoiceActivity extends Happened {
  readonly type: "choice";
  readonly text: string;
  readonly payload: string;
}
/** Something the customer's client or channel says without words: a visit began, a referral. */
export interface EventActivity extends Happened {
  readonly type: "event";
  readonly name: string;
  readonly value?: Json;
  /** The customer did it: it opens the provider's window for replies, as words do. */
  readonly byCustomer?: true;
}
export interface TimerActivity extends Happened {
  readonly type: "timer";
  readonly name: string;
  readonly generation: number;
}
export interface ActionResultActivity extends Happened {
  readonly type: "actionResult";
  readonly action: string;
  /** The outbox row that asked for it. */
  readonly outboxId: string;
  /** The request's own, so that the result of one that was taken back is not mistaken for the next. */
  readonly ticket?: string;
  readonly result:
    { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly reason: string };
}

/** What a person of a team did with a case. */
export interface AgentActivity extends Happened {
  readonly type: "agent";
  /** Who did it, as customers may read it. */
  readonly agent: string;
  readonly caseId: string;
  readonly op: "assign" | "reply" | "return" | "close";
  /** Names this act: whoever asked for it finds by it what became of it. */
  readonly key: string;
  /** The agent's own words to the customer. */
  readonly text?: string;
  /** A script of the library, sent in the customer's language instead of own words. */
  readonly script?: string;
}

export type InboundActivity =
  MessageActivity | ChoiceActivity | EventActivity | TimerActivity | ActionResultActivity | AgentActivity;

/** Which thread of which account on which channel. `conversation` is the channel's own identifier of it. */
export interface ConversationAddress {
  readonly channel: string;
  readonly account: string;
  readonly conversation: string;
}

/** A button shown under a reply; tapping it sends `payload` back as a choice. */
export interface QuickReply {
  readonly title: string;
  readonly payload: string;
}

/** A channel-neutral reply: each channel renders it as its API wants it. */
export interface Reply {
  readonly text: string;
  /** The same in fewer characters, for channels that count them. */
  readonly short?: string;
  readonly quickReplies?: readonly QuickReply[];
  readonly attachments?: readonly Attachment[];
  /** How several attachments stand, on a channel that can do either: in a row (unless told otherwise) or stacked. */
  readonly attachmentLayout?: "carousel" | "list";
  /** Title of a button that opens the web chat with the same concern; a link where the channel has no such buttons. */
  readonly opensWeb?: string;
  readonly language?: string;
  /** Script and variant it came from; absent when middleware wrote it. */
  readonly script?: string;
  readonly variant?: string;
  /** The person who wrote it, where it was not the bot. */
  readonly agent?: string;
  /** Which of several messages it leaves as, counted from 1; absent where it leaves as one. */
  readonly part?: { readonly n: number; readonly of: number };
}
