import type { Json, Reply } from "../basics/activity.ts";
import type { Kind, Proof } from "../content/content.ts";
import type { CaseChange } from "./handoff/case-change.ts";
import type { ConversationState, HandOffReason } from "./state.ts";

/** What became of the customer's words. */
export type Outcome = "answered" | "clarified" | "fellBack" | "handedOff" | "silent";

/** What a turn was about: the unit that reports count. */
export interface Category {
  readonly kind: Kind;
  readonly stage: string | null;
  readonly intent: string | null;
  readonly topic: string | null;
  readonly decidedBy: "bot";
  /** Probability from 0 to 1; null where nothing was recognized, 1 for taps and commands. */
  readonly confidence: number | null;
}

/** A business action to perform; its result comes back as an activity. */
export interface ActionRequest {
  readonly action: string;
  readonly needs: Proof;
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
  readonly dialog: { readonly id: string; readonly step: string | null } | null;
  /** Every saying of the reply with its wording, in order: one reply may answer two questions. */
  readonly said: readonly { readonly script: string; readonly variant: string }[];
  /** The steps of flows that this turn passed, in order. */
  readonly steps: readonly { readonly dialog: string; readonly step: string }[];
  /** What happened to the conversation's cases, in order. */
  readonly cases: readonly CaseChange[];
  readonly handOff: { readonly reason: HandOffReason; readonly team: string } | null;
}
