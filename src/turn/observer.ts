import type { Outcome } from "../conversation/outcome.ts";

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
