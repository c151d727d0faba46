/** What the scheduler keeps of one conversation that has or will have work. */
interface Entry {
  timer: NodeJS.Timeout | undefined;
  /** What the timer waits, ms. */
  delay: number;
  /** The timer ends when the first word has waited as long as it may: more words change nothing. */
  atMost: boolean;
  /** When the first word of the open burst came, on the clock that never jumps. */
  firstAt: number;
  state: "waiting" | "queued" | "running";
  /** Something came while it ran: run once more, after this quiet window (ms). */
  again: number | undefined;
}

export interface SchedulerOptions {
  /** Works on one conversation until nothing waits in it. Must not throw. */
  readonly work: (conversationId: string) => Promise<void>;
  readonly elapsed: () => number;
  /** The longest that anything waits, ms. */
  readonly mostMs: number;
  /** How many conversations are worked on at once. */
  readonly atOnce: number;
}

/**
 * Decides when each conversation is worked on: one worker a conversation, never two; a burst window that more
 * words extend; nothing that arrives during the work is stranded. It waits on the clock that never jumps, so
 * that a clock set back cannot hold a customer up. It holds no data: what it forgets, the sweep finds again.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #queue: string[] = [];
  #running = 0;
  #stopped = false;
  #idle: (() => void) | undefined;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  /** Work waits in this conversation: begin after `quietMs`, or later if more arrives, but soon enough. */
  wake(conversationId: string, quietMs: number): void {
    if (this.#stopped) return;
    const now = this.#options.elapsed();
    let entry = this.#entries.get(conversationId);
    if (entry === undefined) {
      entry = {
        timer: undefined,
        delay: 0,
        atMost: false,
        firstAt: now,
        state: "waiting",
        again: undefined,
      };
      this.#entries.set(conversationId, entry);
    }
    if (entry.state === "running") entry.again = Math.min(entry.again ?? quietMs, quietMs);
    if (entry.state !== "waiting") return;
    const left = entry.firstAt + this.#options.mostMs - now;
    const atMost = quietMs >= left;
    if (entry.timer !== undefined && atMost && entry.atMost) return;
    entry.atMost = atMost;
    const delay = atMost ? left : quietMs;
    if (entry.timer !== undefined && delay > 0 && delay === entry.delay) {
      entry.timer.refresh();
      return;
    }
    clearTimeout(entry.timer);
    if (delay <= 0) this.#enqueue(conversationId, entry);
    else {
      const waiting = entry;
      waiting.delay = delay;
      waiting.timer = setTimeout(() => {
        this.#enqueue(conversationId, waiting);
      }, delay);
    }
  }

  /** Work was found waiting in this conversation: see to it, unless it is seen to already. */
  remind(conversationId: string, quietMs: number): void {
    if (!this.#entries.has(conversationId)) this.wake(conversationId, quietMs);
  }

  /** The customer is typing: an open burst waits a little longer. */
  extend(conversationId: string, quietMs: number): void {
    if (this.#entries.get(conversationId)?.state === "waiting") this.wake(conversationId, quietMs);
  }

  /** True while something waits for its turn to begin. */
  waits(conversationId: string): boolean {
    const entry = this.#entries.get(conversationId);
    return entry !== undefined && (entry.state !== "running" || entry.again !== undefined);
  }

  /** True when something arrived for the conversation since its work began. */
  arrivedSince(conversationId: string): boolean {
    return this.#entries.get(conversationId)?.again !== undefined;
  }

  #enqueue(conversationId: string, entry: Entry): void {
    if (this.#stopped) return;
    entry.state = "queued";
    entry.timer = undefined;
    this.#queue.push(conversationId);
    this.#next();
  }

  #next(): void {
    while (this.#running < this.#options.atOnce) {
      const conversationId = this.#queue.shift();
      if (conversationId === undefined) return;
      const entry = this.#entries.get(conversationId);
      if (entry === undefined) continue;
      entry.state = "running";
      entry.again = undefined;
      this.#running += 1;
      void this.#options.work(conversationId).finally(() => {
        this.#finished(conversationId, entry);
      });
    }
  }

  #finished(conversationId: string, entry: Entry): void {
    this.#running -= 1;
    this.#entries.delete(conversationId);
    if (entry.again !== undefined) this.wake(conversationId, entry.again);
    this.#next();
    if (this.#running === 0) this.#idle?.();
  }

  /** Begins nothing new and resolves when the work in hand is done. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const entry of this.#entries.values()) clearTimeout(entry.timer);
    this.#queue.length = 0;
    if (this.#running > 0) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
  }
}
