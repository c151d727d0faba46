import type { Clock } from "../../basics/time.ts";

interface Sleeper {
  readonly until: number;
  wake(): void;
}

/** Waits that end when time is set forth, not when it passes. */
export class Sleepers {
  readonly #clock: Clock;
  readonly #waiting = new Set<Sleeper>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** When the next one is to be woken, epoch ms; Infinity when nobody sleeps. */
  get nextAt(): number {
    return Math.min(...[...this.#waiting].map(({ until }) => until));
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add({ until: this.#clock.now() + ms, wake: resolve });
    });
  }

  /** Wakes who is due now, in order. */
  wakeDue(): void {
    const now = this.#clock.now();
    const due = [...this.#waiting].filter(({ until }) => until <= now).sort((a, b) => a.until - b.until);
    this.#wake(due);
  }

  wakeAll(): void {
    this.#wake([...this.#waiting]);
  }

  #wake(sleepers: readonly Sleeper[]): void {
    for (const sleeper of sleepers) {
      this.#waiting.delete(sleeper);
      sleeper.wake();
    }
  }
}
