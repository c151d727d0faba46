import type { Json } from "../basics/activity.ts";
import type { Outcome } from "../conversation/outcome.ts";
import type { CaseChange } from "../conversation/handoff/case-change.ts";

export type { Json };

/* What /demo/turns and /demo/scripts answer: the demo page's x-ray of each turn, on the maintainer's own machine. */

/** One meaning that was weighed. */
export interface CandidateView {
  readonly intent: string;
  readonly title: string;
  /** From 0 to 1. */
  readonly confidence: number;
}

export interface TurnView {
  readonly id: string;
  readonly conversationId: string;
  /** The turn's number in its conversation. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly channel: string;
  readonly trigger: string;
  /** What the customer wrote or tapped, as logged; a burst has several. */
  readonly heard: readonly string[];
  /** One for each question of the message; none where no recognizer was asked. Best first. */
  readonly questions: readonly {
    readonly candidates: readonly CandidateView[];
    /** Probability from 0 to 1 that the shop has no answer to it. */
    readonly outOfScope: number;
  }[];
  readonly language: string | null;
  readonly recognizer: string | null;
  readonly category: {
    readonly kind: string;
    readonly stage: string | null;
    readonly intent: string | null;
    readonly title: string | null;
    readonly confidence: number | null;
    readonly isFollowUp: boolean;
  };
  /** Name of the team whose touchpoint it is. */
  readonly team: string | null;
  readonly outcome: Outcome;
  /** Misses in a row; the third goes to a person. */
  readonly misses: number;
  readonly said: readonly { readonly script: string; readonly variant: string }[];
  readonly replies: readonly { readonly text: string; readonly agent: string | null }[];
  /** The flow that waits for the customer or an action, with what it knows. */
  readonly flow: {
    readonly dialog: string;
    readonly step: string;
    readonly slots: Readonly<Record<string, Json>>;
  } | null;
  /** Steps of flows that this turn passed. */
  readonly steps: readonly { readonly dialog: string; readonly step: string }[];
  /** What the business was asked to do. */
  readonly calls: readonly { readonly action: string; readonly input: Json }[];
  /** What came back of an earlier call. */
  readonly results: readonly { readonly action: string; readonly ok: boolean; readonly value: Json }[];
  readonly handOff: { readonly reason: string; readonly team: string } | null;
  readonly cases: readonly { readonly caseId: string; readonly type: CaseChange["type"] }[];
  readonly contentVersion: string;
  readonly times: {
    /** From the first message's acceptance to the decision: the wait for a burst's last words included. */
    readonly waitedMs: number;
    readonly decideMs: number;
    readonly commitMs: number;
    /** From the commit until every reply was delivered; null while one is under way, or where nothing was said. */
    readonly deliverMs: number | null;
  };
  /** How replies that were not delivered ended. */
  readonly undelivered: readonly string[];
  /** The record as it stands in the log. */
  readonly record: Json;
}

/** Answer to GET /demo/turns?after=N. */
export interface TrailAnswer {
  /** Names the run of the program: another one has seen nothing of what is on the page. */
  readonly run: string;
  /** Value of `after` for the next look. */
  readonly at: number;
  /** Turns that are new or changed since, oldest first. */
  readonly turns: readonly TurnView[];
  /** The customer's journey, in order. */
  readonly stages: readonly { readonly id: string; readonly title: string }[];
  /** Names of teams by their id. */
  readonly teams: Readonly<Record<string, string>>;
}

/** Answer to GET /demo/scripts: what an agent may send instead of own words. */
export interface ScriptList {
  readonly scripts: readonly { readonly id: string; readonly title: string; readonly text: string }[];
}
