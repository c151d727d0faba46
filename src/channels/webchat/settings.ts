/** The web chat channel's name and its one account, in every address. */
export const channelName = "webchat";
export const accountName = "default";

export interface WebchatSettings {
  /** Master key of the Direct Line API; the keys of tokens are derived from it. */
  readonly directLineSecret: string;
  /** Origins of other sites whose pages may open sessions. */
  readonly widgetOrigins: readonly string[];
  /** Key with which a site signs its logged-in shopper's id; undefined: nobody is verified. */
  readonly widgetIdentitySecret: string | undefined;
  /** Where customers reach this server; undefined: as each request addressed it. */
  readonly publicUrl: string | undefined;
  /** What the bot is called in the chat. */
  readonly botName: string;
  readonly limits?: Partial<WebchatLimits>;
}

/** A bucket that holds `burst` requests and refills by `perSecond`. */
export interface Allowance {
  readonly burst: number;
  readonly perSecond: number;
}

export interface WebchatLimits {
  /** Activities posted to one conversation. */
  readonly posts: Allowance;
  /** Uploads to one conversation. */
  readonly uploads: Allowance;
  /** Everything else asked of one conversation: starts, reconnects, polls, streams. */
  readonly reads: Allowance;
  /** Sessions opened from one address: an office or a mobile network stands behind one. */
  readonly sessions: Allowance;
  /** Requests with credentials that are not good, from one address. */
  readonly failures: Allowance;
  readonly socketsPerConversation: number;
}

export const defaultLimits: WebchatLimits = {
  posts: { burst: 30, perSecond: 10 },
  uploads: { burst: 5, perSecond: 0.2 },
  reads: { burst: 100, perSecond: 20 },
  sessions: { burst: 120, perSecond: 2 },
  failures: { burst: 100, perSecond: 2 },
  socketsPerConversation: 32,
};

/** The largest body of a Direct Line call, bytes; the official service has a limit of the same order. */
export const mostBodyBytes = 256 * 1024;
export const mostTextCharacters = 10_000;
/** How long a token is good, seconds; the official client refreshes every 15 minutes. */
export const tokenSeconds = 1_800;
/** How long a client has to open the stream, seconds (Direct Line 3.0, "Reconnect to a conversation"). */
export const ticketSeconds = 60;
export const mostFileBytes = 10 * 1024 * 1024;
export const mostFiles = 5;
/** All files of one upload together, bytes. */
export const mostUploadBytes = 25 * 1024 * 1024;
