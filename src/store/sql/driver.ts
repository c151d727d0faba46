import type { LeaseKind } from "../../turn/ports.ts";
import type { Script } from "./statement.ts";

/** How an engine drives the scripts of the repositories. Each engine implements it once. */
export interface SqlDriver {
  /** Runs a script that only reads, on the message path: small, by key. */
  read<Result>(script: () => Script<Result>): Promise<Result>;
  /** Runs a script that only reads and may take long (reports, counts, export) without holding up the messages. */
  readApart<Result>(script: () => Script<Result>): Promise<Result>;
  /**
   * Runs a script as one transaction and resolves after it is durable. A script that throws leaves nothing
   * behind and rejects with what it threw; an engine that cannot write rejects with `store.refused`.
   */
  commit<Result>(script: () => Script<Result>): Promise<Result>;
}

/** One holder at a time for each conversation and kind of work. A lease that ran out may be taken by another. */
export interface Leases {
  take(
    kind: LeaseKind,
    conversationId: string,
    holder: string,
    now: number,
    untilAt: number,
  ): Promise<boolean>;
  release(kind: LeaseKind, conversationId: string, holder: string): Promise<void>;
}
