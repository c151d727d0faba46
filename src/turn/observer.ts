import type { Outcome } from "../conversation/outcome.ts";
import type { Settlement, TurnCommit } from "./ports.ts";

/** Where time of a turn goes, ms. */
export interface TurnTimes {
  /** From the accept commit to the decision: burst window and queueing included. */
  readonly acceptedToDecidedMs: number;
  readonly decideMs: number;
  readonly commitMs: number;
}

/** Hears what the engine does, for metrics and logs. Never gets anything that a customer wrote. */
export interface TurnObserver {
  accepted(channel: string, result: "stored" | "duplicate" | "refused"): void;
  turned(channel: string, outcome: Outcome, times: TurnTimes): void;
  settled(channel: string, kind: "reply" | "action", status: string, sinceTurnMs: number): void;
  /** Something went wrong; `ids` name rows, `thrown` is for the log. */
  failed(what: string, ids: Readonly<Record<string, string>>, thrown: unknown): void;
}

/**
 * Sees each turn as it was stored, after its commit. Unlike the observer it gets what the log holds: what customers
 * wrote, masked, among it. For the demo page on the maintainer's own machine; a server that customers reach has none.
 */
export interface TurnWatch {
  recorded(commit: TurnCommit, times: TurnTimes): void;
  /** One try to send a reply or perform an action ended. */
  settled(outboxId: string, settlement: Pick<Settlement, "status">): void;
}
