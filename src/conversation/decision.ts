import type { Json, Reply } from "../basics/activity.ts";
import type { Kind, Proof } from "../content/content.ts";
import type { CaseChange } from "./handoff/case-change.ts";
import type { Outcome } from "./outcome.ts";
import type { ConversationState, HandOffReason } from "./state.ts";

/** The earlier concern that a follow-up goes back to. */
export interface FollowUpOf {
  readonly visit: string;
  readonly intent: string;
  readonly caseId?: string | undefined;
}

/** What a turn was about: the unit that reports count. */
export interface Category {
  readonly kind: Kind;
  readonly stage: string | null;
  readonly intent: string | null;
  readonly topic: string | null;
  readonly followUpOf?: FollowUpOf | undefined;
  readonly decidedBy: "bot";
  /** Probability from 0 to 1; null where nothing was recognized, 1 for taps and commands. */
  readonly confidence: number | null;
}

/** A business action to perform; its result comes back as an activity. */
export interface ActionRequest {
  readonly action: string;
  readonly needs: Proof;
  /** Comes back with the result: names the request within its conversation. */
  readonly ticket?: string | undefined;
  readonly input: { readonly [slot: string]: Json };
}

/** Sets, moves (`dueAt`, epoch ms) or cancels a durable timer of this conversation. */
export type TimerChange =
  { readonly name: string; readonly dueAt: number } | { readonly name: string; readonly cancel: true };

/** Everything one turn decided. Pure data: a runner commits and performs it. */
export interface Decision {
  readonly state: ConversationState;
  readonly replies: readonly Reply[];
  readonly actions: readonly ActionRequest[];
  readonly timers: readonly TimerChange[];
  readonly category: Category;
  readonly outcome: Outcome;
  /** The visit that the turn belongs to; null before the customer's first word. */
  readonly visitId: string | null;
  /** What the turn counts for: the (visit, intent) pair; null where no intent was found. */
  readonly concern: { readonly visit: string; readonly intent: string } | null;
  readonly dialog: { readonly id: string; readonly step: string | null } | null;
  /** Every saying of the reply with its wording, in order: one reply may answer two questions. */
  readonly said: readonly { readonly script: string; readonly variant: string }[];
  /** The steps of flows that this turn passed, in order. */
  readonly steps: readonly { readonly dialog: string; readonly step: string }[];
  /** What happened to the conversation's cases, in order. */
  readonly cases: readonly CaseChange[];
  readonly handOff: { readonly reason: HandOffReason; readonly team: string } | null;
  /** What flows knew in this turn, by slot, an answer that was used up within it included. */
  readonly slots: Readonly<Record<string, Json>>;
  /** Channel by which the customer asked to be written to. Absent where they named none. */
  readonly wishedChannel?: string;
}
