import type { LeaseKind } from "../../turn/ports.ts";
import type { Leases } from "../sql/driver.ts";

/**
 * Leases of a database that one process serves alone: they live and die with that process, as they should,
 * and cost no write.
 */
export class MemoryLeases implements Leases {
  readonly #held = new Map<string, { holder: string; untilAt: number }>();

  take(
    kind: LeaseKind,
    conversationId: string,
    holder: string,
    now: number,
    untilAt: number,
  ): Promise<boolean> {
    const key = `${kind}:${conversationId}`;
    const held = this.#held.get(key);
    if (held !== undefined && held.holder !== holder && held.untilAt > now) return Promise.resolve(false);
    this.#held.set(key, { holder, untilAt });
    return Promise.resolve(true);
  }

  release(kind: LeaseKind, conversationId: string, holder: string): Promise<void> {
    const key = `${kind}:${conversationId}`;
    if (this.#held.get(key)?.holder === holder) this.#held.delete(key);
    return Promise.resolve();
  }
}
