import type { TranscriptLine } from "../../turn/ports.ts";

/* What web chat keeps beside the path of a message. src/store/sql/webchat-store.ts implements it. */

/** A conversation as web chat names it, with the engine's id of it. */
export interface WebchatConversation {
  /** The engine's id: key of the transcript and of the inlet. */
  readonly rowId: string;
  /** Direct Line's conversation id. */
  readonly id: string;
  readonly contact: string;
}

/** What a process hears of the others that serve the same database. */
export interface NewsListener {
  /** The conversation's history now reaches this position, or a later one. */
  onLines(rowId: string, seq: number): void;
  /** The conversation is no more. */
  onGone(rowId: string): void;
  /** News may have been missed. */
  onMissed(): void;
}

/**
 * How processes that serve one database tell each other what became of conversations. Hints, sent when the change is
 * durable: whoever misses one finds it in the history. Telling neither throws nor waits.
 */
export interface ConversationNews {
  tellLines(rowId: string, seq: number): void;
  tellGone(rowId: string): void;
  /** Listens until the store is closed. */
  listen(listener: NewsListener): void;
}

/** A browser's lasting hold on its conversation. Keys are never stored, only their SHA-256 in hexadecimal. */
export interface WebchatSession {
  readonly conversation: WebchatConversation;
  readonly userId: string;
  readonly resumeHash: string;
  readonly previousHash: string | null;
}

export interface NewUpload {
  /** Unguessable: the address is the credential. */
  readonly id: string;
  readonly rowId: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly at: number;
}

export interface StoredUpload {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface WebchatStore {
  findConversation(id: string): Promise<WebchatConversation | undefined>;
  /** Lines after a position, oldest first, at most `limit`. */
  linesAfter(rowId: string, seq: number, limit: number): Promise<readonly TranscriptLine[]>;
  lastSeq(rowId: string): Promise<number>;
  addSession(rowId: string, userId: string, resumeHash: string, at: number): Promise<void>;
  /** The session whose current or previous key has this hash. */
  findSession(resumeHash: string): Promise<WebchatSession | undefined>;
  /** Makes `next` the current key and `current` the previous one; does nothing if `current` is no longer current. */
  rotateSession(rowId: string, current: string, next: string, at: number): Promise<void>;
  /** Durable when it resolves. */
  addUpload(upload: NewUpload): Promise<void>;
  findUpload(id: string): Promise<StoredUpload | undefined>;
  dropUpload(id: string): Promise<void>;
}
