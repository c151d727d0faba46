import type { LeaseKind } from "../../turn/ports.ts";
import type { Leases } from "../sql/driver.ts";

/**
 * Leases of a database that one process serves alone: they live and die with that process, as they should,
 * and cost no write.
 */
export class MemoryLeases implements Leases {
  /** By kind and conversation: a message takes a lease twice, and a key made of both would be made each time. */
  readonly #held: Readonly<
    Record<LeaseKind, Map<string, { readonly holder: string; readonly untilAt: number }>>
  > = { turn: new Map(), outbox: new Map() };

  take(
    kind: LeaseKind,
    conversationId: string,
    holder: string,
    now: number,
    untilAt: number,
  ): Promise<boolean> {
    const held = this.#held[kind].get(conversationId);
    if (held !== undefined && held.holder !== holder && held.untilAt > now) return Promise.resolve(false);
    this.#held[kind].set(conversationId, { holder, untilAt });
    return Promise.resolve(true);
  }

  release(kind: LeaseKind, conversationId: string, holder: string): Promise<void> {
    if (this.#held[kind].get(conversationId)?.holder === holder) this.#held[kind].delete(conversationId);
    return Promise.resolve();
  }
}
