import type { Json, QuickReply } from "../basics/activity.ts";
import type { Locale } from "../content/content.ts";
import type { Lifecycle } from "../content/ownership.ts";
import type { Outcome } from "./outcome.ts";

/** Who answers now. There is one owner at every instant (house rule: never both, never none). */
export type Owner =
  | { readonly type: "bot" }
  | {
      readonly type: "queue";
      readonly team: string;
      readonly reason: HandOffReason;
      readonly since: number;
      /** Absent in states stored before there were cases. */
      readonly caseId?: string | undefined;
      /** The customer asked again and was told how it stands: once a promise is enough. */
      readonly told?: boolean | undefined;
    }
  | {
      readonly type: "agent";
      readonly agent: string;
      readonly team: string;
      readonly since: number;
      readonly caseId?: string | undefined;
      /** They answer in the provider's own inbox, not in our console. */
      readonly outside?: true | undefined;
    };

/**
 * Where a case stands. `queued` and `assigned` are open: a team has it, a person has it. `returned`: a person gave the
 * customer back to the bot. `closed`: settled; the next visit starts clean.
 */
export type CaseStatus = "queued" | "assigned" | "returned" | "closed";

/** What the conversation remembers of one of its cases, so that a follow-up can be answered without asking the store. */
export interface CaseNote {
  readonly id: string;
  /** What it is about; null where the customer just asked for a person. */
  readonly intent: string | null;
  readonly team: string;
  readonly status: CaseStatus;
  readonly openedAt: number;
  /** When the promise given last runs out, epoch ms; null where none stands: a person has it, or it was broken too often. */
  readonly promisedAt: number | null;
  /** How often a promise of this case was broken. */
  readonly broken?: number | undefined;
}

export type HandOffReason =
  | "requested"
  | "lowConfidence"
  | "repeatedFallback"
  | "negativeSentiment"
  | "policy"
  | "noScript"
  | "actionFailed"
  | "followUpUnresolved";

/** A stretch of talk. It ends after 24 hours of silence, or when its case closes. */
export interface Visit {
  readonly id: string;
  /** Epoch ms. */
  readonly startedAt: number;
  /** When either side last said something, epoch ms. */
  readonly lastAt: number;
}

/** One matter of one visit: the (visit, intent) pair that reports count, and what a follow-up goes back to. */
export interface Concern {
  readonly intent: string;
  readonly visit: string;
  /** When it was last talked about, epoch ms. */
  readonly at: number;
  readonly outcome: Outcome;
  readonly caseId?: string | undefined;
  /** What its flow knew and later flows may take as given, as the order number. */
  readonly slots?: Readonly<Record<string, Json>> | undefined;
}

/** The dialog that waits for the customer or for an action. */
export interface OpenDialog {
  readonly dialog: string;
  readonly intent: string;
  readonly step: string;
  readonly slots: Readonly<Record<string, Json>>;
  /** How often the open question was asked already. */
  readonly asked: number;
  /** Slots that were known before their question came: it is passed over once. */
  readonly given?: readonly string[] | undefined;
  /** The answer stands in its slot and waits for the customer's yes. */
  readonly confirming?: true | undefined;
  /** Which request the open call waits for: the result of an earlier one changes nothing. */
  readonly ticket?: string | undefined;
  /** Content it was begun with: it finishes on that, or restarts politely. */
  readonly contentVersion: string;
}

/** All that is remembered of a conversation between two turns. Stored as JSON at each commit. */
export interface ConversationState {
  readonly owner: Owner;
  /** Turns so far with a reply of ours: the first one discloses what we are. */
  readonly repliedTurns: number;
  /** Misses in a row: where on the fallback ladder we stand. */
  readonly misses: number;
  readonly language?: Locale | undefined;
  readonly open?: OpenDialog | undefined;
  /** A flow that another one interrupted, or that an earlier visit left open: gone back to afterwards. */
  readonly suspended?: OpenDialog | undefined;
  /**
   * Id of the conversation in which the open flow goes on, by a link of ours: here nothing of it is answered. Until the
   * customer writes here again, and begins anew.
   */
  readonly movedTo?: string | undefined;
  /** The last reply asked yes or no: to go on with the suspended flow, or whether this intent is still not solved. */
  readonly asking?:
    { readonly type: "goOn" } | { readonly type: "unsolved"; readonly intent: string } | undefined;
  readonly visit?: Visit | undefined;
  /** The last ten at most, oldest first. */
  readonly concerns?: readonly Concern[] | undefined;
  /** Slots of this visit that later flows take as given. */
  readonly remembered?: Readonly<Record<string, Json>> | undefined;
  /** Script that our last reply began with: the same words for a miss never come twice in a row. */
  readonly lastScript?: string | undefined;
  /** How often abuse was heard in this visit. */
  readonly abuses?: number | undefined;
  /** Intents offered by our last reply, in the order shown. */
  readonly offered?: readonly string[] | undefined;
  /** All choices of our last reply, in the order shown: a channel without buttons lists them by number. */
  readonly choices?: readonly QuickReply[] | undefined;
  readonly lastIntent?: string | undefined;
  /** When the customer last wrote or tapped, epoch ms by the provider's clock: channels count their windows from it. */
  readonly lastInboundAt?: number | undefined;
  /** The contact wants nothing more from this sender: the channel's law, asked again when sending. */
  readonly optedOut?: boolean | undefined;
  /** The provider says that the contact blocked us or is gone. Ends when they write, or the provider takes it back. */
  readonly unreachable?: true | undefined;
  /** Generation of each timer that is set: a timer that fires with another one is stale. */
  readonly timers: Readonly<Record<string, number>>;
  /** The conversation's last cases, oldest first, at most five. */
  readonly cases?: readonly CaseNote[] | undefined;
  /** How far the contact is as a customer, where it is known. */
  readonly lifecycle?: Lifecycle | undefined;
  /** The contact was proved by a signed identity, a code or a link. */
  readonly verified: boolean;
}

export const newConversation: ConversationState = {
  owner: { type: "bot" },
  repliedTurns: 0,
  misses: 0,
  timers: {},
  verified: false,
};
