import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../basics/time.ts";

/** How fast a provider lets us send. */
export interface Pace {
  readonly burst: number;
  readonly perSecond: number;
}

/** The longest that a send waits for its turn here, ms; one that would wait longer is told when to come back. */
const longestWaitMs = 2_000;
/** Keys remembered at once; the one unused for longest is forgotten first, and a forgotten key is a full bucket. */
const mostKeys = 20_000;

/**
 * Keeps a provider's rate before the provider must: token buckets by key, on the clock that never jumps. Turns are
 * given in the order of asking, so that a crowd that waits leaves evenly and not at once.
 */
export class Pacer {
  readonly #pace: Pace;
  readonly #clock: Clock;
  /** When the bucket of a key was last empty of debt, on the elapsed clock: the next turn starts from there. */
  readonly #next = new Map<string, number>();
  readonly #stopping = new AbortController();

  constructor(pace: Pace, clock: Clock) {
    this.#pace = pace;
    this.#clock = clock;
  }

  /** Milliseconds until a turn taken now may begin; takes it when that is no longer than `mostMs`. */
  reserve(key: string, mostMs = longestWaitMs): { readonly taken: boolean; readonly waitMs: number } {
    const now = this.#clock.elapsed();
    const everyMs = 1_000 / this.#pace.perSecond;
    // A full bucket lets `burst` turns begin at once.
    const start = Math.max(this.#next.get(key) ?? -Infinity, now - (this.#pace.burst - 1) * everyMs);
    const waitMs = Math.max(0, start - now);
    if (waitMs > mostMs) return { taken: false, waitMs };
    this.#next.delete(key);
    this.#next.set(key, start + everyMs);
    if (this.#next.size > mostKeys) {
      const [oldest] = this.#next.keys();
      if (oldest !== undefined) this.#next.delete(oldest);
    }
    return { taken: true, waitMs };
  }

  /** Waits for a turn. Undefined: go; else how many ms to stay away, since the crowd is too large. */
  async turn(key: string): Promise<number | undefined> {
    const { taken, waitMs } = this.reserve(key);
    if (!taken) return Math.ceil(waitMs);
    if (waitMs === 0) return undefined;
    try {
      await pause(waitMs, undefined, { signal: this.#stopping.signal });
      return undefined;
    } catch {
      return Math.ceil(waitMs);
    }
  }

  /** Whoever waits is sent away. */
  stop(): void {
    this.#stopping.abort();
  }
}
