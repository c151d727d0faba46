/* What travels between a page and this server, for browser code: types only. Direct Line 3.0 activities as we send
 * them, and our own session call. */

/** An activity of a Direct Line conversation, as far as our pages read it. */
export interface WireActivity {
  readonly type: "message" | "typing" | "event";
  readonly id: string;
  readonly timestamp: string;
  readonly from: { readonly id: string; readonly name?: string; readonly role: "user" | "bot" };
  readonly conversation: { readonly id: string };
  readonly text?: string;
  readonly locale?: string;
  readonly replyToId?: string;
  readonly suggestedActions?: {
    readonly actions: readonly {
      readonly type: "postBack";
      readonly title: string;
      readonly value: string;
    }[];
  };
  readonly attachments?: readonly {
    readonly contentType: string;
    readonly contentUrl?: string;
    readonly name?: string;
    /** Of a card: what it holds, as the bot wrote it. */
    readonly content?: unknown;
  }[];
  /** How several attachments stand: in a row that scrolls, or one below the other. */
  readonly attachmentLayout?: "carousel" | "list";
  readonly channelData?: { readonly clientActivityID?: string };
}

/** One frame of the stream, and the answer of GET activities. Empty text frames keep the line and mean nothing. */
export interface ActivitySet {
  readonly activities: readonly WireActivity[];
  readonly watermark?: string;
}

/** Body of POST /widget/session; every part is optional. */
export interface SessionRequest {
  /** The key of the last answer: brings the conversation back. */
  readonly resume?: string;
  /** The token of a link by which something that began on another channel goes on here. */
  readonly continue?: string;
  /** The site's logged-in shopper, signed by the site's server: hexadecimal HMAC-SHA256 of `id`. */
  readonly identity?: { readonly id: string; readonly hmac: string; readonly name?: string };
}

/** Its answer. Keep `resume`: it is good once more, then its successor is. */
export interface SessionAnswer {
  readonly conversationId: string;
  readonly token: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly resume: string;
  readonly userId: string;
  /** What the bot is called: the shop's name. */
  readonly botName: string;
}

/** Answer of POST /v3/directline/conversations and of the reconnect call. */
export interface ConversationAnswer {
  readonly conversationId: string;
  readonly token: string;
  readonly expires_in: number;
  readonly streamUrl: string;
}
