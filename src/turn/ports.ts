import type { ConversationAddress, InboundActivity, Json, Reply, Source } from "../basics/activity.ts";
import type { Vault } from "../basics/masking/vault.ts";
import type { Lifecycle } from "../content/ownership.ts";
import type { ActionRequest, Category, Decision, TimerChange } from "../conversation/decision.ts";
import type { CaseChange } from "../conversation/handoff/case-change.ts";
import type { ConversationState } from "../conversation/state.ts";

/* What the path of a message needs of the world, declared by its consumer. src/store/ implements TurnStore,
 * src/channels/ implement Channel. One contract test proves every store (test/contract/turn-store.test.ts). */

/** One happening as a channel hands it over, before it is stored. */
export interface Arrival {
  readonly address: ConversationAddress;
  /** Unique within its conversation: the provider's id, the widget's clientActivityID, a timer's generation. */
  readonly externalId: string;
  readonly activity: InboundActivity;
  /** For channels where we keep the history ourselves: what the customer's client shows of this activity. */
  readonly transcript?: TranscriptEntry | undefined;
}

/** One line of the history that we keep for a channel without a provider (web chat). */
export interface TranscriptEntry {
  readonly body: Json;
}

/** A stored line of that history. */
export interface TranscriptLine extends TranscriptEntry {
  /** Id of the intake or outbox row it came from. */
  readonly id: string;
  /** Counts up by one within the conversation: the watermark. */
  readonly seq: number;
}

export interface NewIntake extends Arrival {
  readonly conversationId: string;
  readonly id: string;
  readonly receivedAt: number;
  /** When the burst window of this activity ends, epoch ms. */
  readonly readyAt: number;
}

/** `duplicate`: the same external id was stored before; nothing was written now. */
export interface Accepted {
  readonly duplicate: boolean;
  /** Id of the intake row that stands: for a duplicate the first one's. */
  readonly id: string;
  /** Position in the transcript, where one was appended now. */
  readonly transcriptSeq?: number | undefined;
}

export interface ConversationRow {
  readonly id: string;
  readonly address: ConversationAddress;
  readonly contact: string;
  /** Names the customer in the log, the same in all conversations of one contact. */
  readonly contactId: string;
  readonly version: number;
  /** Opened: the values of its placeholders are in their places. */
  readonly state: ConversationState;
  /** What the conversation's placeholders stand for. */
  readonly vault: Vault;
  /** `sentAt` of the newest activity handled: an older one arriving now is late. */
  readonly lastHandledSentAt: number;
}

export interface NewConversation {
  readonly id: string;
  readonly address: ConversationAddress;
  readonly contact: string;
  readonly state: ConversationState;
  readonly at: number;
}

export interface PendingIntake {
  readonly id: string;
  readonly externalId: string;
  readonly activity: InboundActivity;
  readonly receivedAt: number;
  readonly attempts: number;
}

export interface TakenUp {
  readonly conversation: ConversationRow;
  /** In arrival order. */
  readonly pending: readonly PendingIntake[];
}

/** The log is the product: one row a turn. Masking and rollups build on this record. */
export interface TurnRecord {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly trigger: InboundActivity["type"];
  readonly at: number;
  readonly acceptedAt: number;
  readonly channel: string;
  readonly account: string;
  /** Names the customer across their conversations; says nothing of who they are. */
  readonly contactId: string;
  readonly locale: string | null;
  /** Where the customer wrote, as the last activity of the turn that told it. Null where none did. */
  readonly source: Source | null;
  readonly lifecycle: Lifecycle;
  /** Team named for the touchpoint or its stage; null where nobody is. */
  readonly team: string | null;
  readonly activities: readonly { readonly externalId: string; readonly activity: InboundActivity }[];
  readonly recognition: Json;
  readonly category: Category;
  readonly dialog: Decision["dialog"];
  readonly said: Decision["said"];
  readonly steps: Decision["steps"];
  readonly replies: readonly Reply[];
  readonly outcome: Decision["outcome"];
  readonly visitId: Decision["visitId"];
  /** The (visit, intent) pair that the turn counts for. */
  readonly concern: Decision["concern"];
  readonly handOff: Decision["handOff"];
  /** Channel by which the customer asked to be written to. Absent where they named none. */
  readonly wishedChannel?: string;
  readonly contentVersion: string;
  readonly arrivedLate: boolean;
  /** Why replies of this turn were not even put up for sending: the channel's law. Absent where all were. */
  readonly withheld?: string;
}

export interface NewOutboxRow {
  readonly id: string;
  readonly n: number;
  readonly body: OutboxBody;
  readonly notBefore: number;
  /**
   * For a channel whose history we keep: what it shows of this reply. With it the reply is delivered by the turn's own
   * commit, unless an earlier reply still waits; then it is due like any other.
   */
  readonly transcript?: TranscriptEntry | undefined;
}

export type OutboxBody =
  | {
      readonly type: "reply";
      readonly reply: Reply;
      readonly replyTo: string | null;
      /** Decided by what a person did: goes out although a person has the conversation. */
      readonly byAgent?: true;
      /** Decided by a timer, not by anything that the customer did just now. */
      readonly unprompted?: true;
    }
  | { readonly type: "action"; readonly request: ActionRequest };

/**
 * All that one turn writes, in one transaction, if the conversation is still at `seq - 1`. Masked: placeholders stand
 * where people's values were, save in lines of the history that their owner is shown.
 */
export interface TurnCommit {
  readonly turn: TurnRecord;
  readonly state: ConversationState;
  /** What the placeholders stand for, those of earlier turns included. */
  readonly vault: Vault;
  readonly lastHandledSentAt: number;
  readonly handled: readonly string[];
  readonly outbox: readonly NewOutboxRow[];
  readonly timers: readonly TimerChange[];
  /** What happened to cases; costs nothing where nothing did. */
  readonly cases: readonly CaseChange[];
}

export type CommitResult =
  | {
      readonly committed: true;
      /** Replies that the commit itself delivered. */ readonly delivered?: readonly TranscriptLine[];
    }
  | { readonly committed: false; readonly reason: "conflict" };

export interface OutboxRow {
  readonly id: string;
  readonly conversationId: string;
  /** Masked: opened with the conversation's vault when it leaves. */
  readonly body: OutboxBody;
  readonly status: "due" | "sending";
  readonly notBefore: number;
  readonly attempts: number;
  readonly createdAt: number;
}

/** How one try to deliver ended, and what the row becomes. */
export type Settlement =
  | {
      readonly status: "delivered";
      readonly providerId?: string | undefined;
      readonly transcript?: TranscriptEntry | undefined;
    }
  | { readonly status: "due"; readonly notBefore: number; readonly reason: string }
  | { readonly status: "failed" | "unknown" | "cancelled"; readonly reason: string };

/** What a provider says later of a message of ours: by our id where it carries that back, else by its own. */
export interface Receipt {
  readonly channel: string;
  readonly outboxId?: string | undefined;
  readonly providerId?: string | undefined;
  readonly status: "sent" | "delivered" | "read" | "failed";
  /** Why it failed. Never what anybody wrote. */
  readonly reason?: string | undefined;
  readonly at: number;
}

export interface DueTimer {
  readonly conversationId: string;
  readonly name: string;
  readonly generation: number;
  readonly dueAt: number;
}

/** Waiting work, for /metrics and /readyz. Ages in ms, 0 when nothing waits. */
export interface Depths {
  readonly intakePending: number;
  readonly intakeOldestMs: number;
  readonly intakeSetAside: number;
  readonly outboxDue: number;
  readonly outboxOldestMs: number;
  readonly outboxUnknown: number;
  readonly outboxFailed: number;
  readonly timers: number;
}

export type LeaseKind = "turn" | "outbox";

/** A promise only where there is something to wait for: on the message path each promise is felt. */
export type Soon<T> = T | Promise<T>;

export interface TurnStore {
  /** Finds the conversation of an address, or undefined. */
  findConversation(address: ConversationAddress): Soon<ConversationRow | undefined>;
  getConversation(conversationId: string): Soon<ConversationRow | undefined>;
  /** Creates the conversation unless the address has one already; returns the one that stands. */
  openConversation(conversation: NewConversation): Promise<ConversationRow>;
  /**
   * True when `takeUp` also shows what `accept` was called with and is not durable yet. A turn decided on it is committed
   * after it or in the same transaction, never without it: if it is refused, the turn is a conflict or refused too.
   */
  readonly takesUpEarly?: boolean;
  /** Stores one activity durably before it resolves. Rejects with `store.refused` when nothing was kept. */
  accept(intake: NewIntake): Promise<Accepted>;
  /** Conversations with work that nobody holds, oldest first. */
  conversationsWithPending(limit: number): Promise<readonly string[]>;
  conversationsWithDueOutbox(now: number, limit: number): Promise<readonly string[]>;
  /** One holder at a time for each conversation and kind of work; false when another holds it. */
  lease(
    kind: LeaseKind,
    conversationId: string,
    holder: string,
    now: number,
    untilAt: number,
  ): Promise<boolean>;
  release(kind: LeaseKind, conversationId: string, holder: string): Promise<void>;
  /** The snapshot and everything of this conversation not yet handled. */
  takeUp(conversationId: string): Promise<TakenUp | undefined>;
  commitTurn(commit: TurnCommit): Promise<CommitResult>;
  /** Counts one failed try of these rows. */
  noteAttempt(conversationId: string, externalIds: readonly string[], reason: string): Promise<void>;
  /** Sets poison rows aside with their reason: the conversation goes on without them. */
  setAside(conversationId: string, externalIds: readonly string[], reason: string): Promise<void>;
  /** Rows of one conversation that are not settled, in the order in which they must leave. */
  unsettledOutbox(conversationId: string): Promise<readonly OutboxRow[]>;
  /**
   * Notes durably that a send begins: a crash after this leaves the row `sending`, not silently unsent. False when the
   * row was settled before, by a receipt or another process: then it must not be sent.
   */
  markSending(outboxId: string): Promise<boolean>;
  /** Ends a try. A `delivered` with a transcript entry appends it in the same transaction. Returns its position. */
  settle(
    conversationId: string,
    outboxId: string,
    settlement: Settlement,
    at: number,
  ): Promise<{ readonly transcriptSeq?: number | undefined }>;
  /**
   * Notes what a provider says of a message. In any order, any number of times: the one that says most stands, and a
   * row whose fate was open is settled by it. False when no such message is known.
   */
  noteReceipt(receipt: Receipt): Promise<boolean>;
  dueTimers(now: number, limit: number): Promise<readonly DueTimer[]>;
  /** Turns a due timer into one intake row and removes it, in one transaction. False when it was moved or cancelled meanwhile. */
  fireTimer(timer: DueTimer, intake: NewIntake): Promise<boolean>;
  depths(now: number): Promise<Depths>;
  /** Writes and takes back a row: tells whether the store can take messages. Rejects when it cannot. */
  probe(): Promise<void>;
}

/** What a channel can do; the engine asks for capabilities, never for a channel's name. */
export interface ChannelCapabilities {
  /**
   * What a repeated send does. `transcript`: we keep the history ourselves, delivery is part of our transaction.
   * `idempotent`: the provider recognizes our key. `ambiguous`: a repeat may reach the customer twice.
   */
  readonly delivery: "transcript" | "idempotent" | "ambiguous";
  readonly showsTyping: boolean;
  /** Whether it is the web chat, or renders `Reply.opensWeb`; absent where it can do neither. */
  readonly web?: "here" | "byLink" | undefined;
}

/** How a send ended (protocols: transient, rate, auth, recipient, policy, payload), or that nobody knows. */
export type Delivery =
  | { readonly status: "delivered"; readonly providerId?: string; readonly transcript?: TranscriptEntry }
  | { readonly status: "retry"; readonly afterMs?: number; readonly reason: string }
  | { readonly status: "refused"; readonly reason: string }
  | { readonly status: "ambiguous"; readonly reason: string };

export interface OutgoingReply {
  readonly outboxId: string;
  readonly conversation: ConversationRow;
  readonly reply: Reply;
  /** Id of the intake row that this answers. */
  readonly replyTo: string | null;
  readonly at: number;
  /** When it was decided, epoch ms, where the bot begins by itself: a channel may have hours for that. */
  readonly unpromptedSince?: number;
}

export interface Channel {
  readonly name: string;
  readonly capabilities: ChannelCapabilities;
  /** For `transcript` channels: the line that the history gets for a reply. Pure, so that the turn's commit can hold it. */
  transcriptEntry?(outgoing: OutgoingReply): TranscriptEntry;
  /**
   * The channel's own law, asked at the moment of sending: a window that closed, a customer who opted out. Gives the
   * reason to cancel, or undefined to send. Pure.
   */
  forbids?(outgoing: OutgoingReply): string | undefined;
  /**
   * How one reply leaves: as the messages that the provider takes, in order. Each becomes a row of the outbox with a
   * fate of its own, so that a failure after the first never repeats the first. Absent: one. Pure.
   */
  parts?(reply: Reply): readonly Reply[];
  /** Sends one reply. Never throws for what the provider answers; a throw counts as `ambiguous`. */
  deliver(outgoing: OutgoingReply): Promise<Delivery>;
  /** The reply is settled and in the transcript at this position: tell whoever listens. A hint only. */
  announce?(conversationId: string, line: TranscriptLine): void;
  /** The bot began to think: show it if the channel can. A hint only. */
  typing?(conversationId: string, address: ConversationAddress): void;
}

/** A business action: performed at least once for each outbox id, which is its idempotency key. */
export interface Action {
  readonly name: string;
  readonly timeoutMs: number;
  perform(input: ActionRequest["input"], context: ActionContext): Promise<Json>;
}

/** For whom and under which key an action is performed. */
export interface ActionContext {
  readonly idempotencyKey: string;
  readonly contact: string;
  /** Id of the conversation that asked. */
  readonly conversation: string;
  /** The contact proved who they are. */
  readonly verified: boolean;
  readonly signal: AbortSignal;
}

/** What the business can do, by name. */
export type ActionBook = Pick<ReadonlyMap<string, Action>, "get">;
