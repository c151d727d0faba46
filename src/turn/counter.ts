import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../basics/time.ts";

/** What is counted, as its consumer needs it. */
export interface Counting {
  /** True while a turn waits to be counted. */
  anyWaits(): Promise<boolean>;
  /** Counts at most so many turns in one transaction; gives how many it counted. */
  countSome(most: number): Promise<number>;
}

export interface CounterOptions {
  readonly counting: Counting;
  readonly clock: Pick<Clock, "elapsed">;
  /** Nothing is lost: what failed waits and is tried again. */
  readonly onFailed: (thrown: unknown) => void;
}

/**
 * Turns of one slice: a message that comes meanwhile waits for as long as they take, some ms. Turns of one concern in
 * one slice are written once.
 */
const turnsAtOnce = 300;
/** After each slice it rests so many times as long as the slice took: a backlog never takes more than a fifth of the thread. */
const restTimes = 4;
/** How often it looks, ms: reports are that much behind the log. */
const everyMs = 1_000;
/** The longest that stopping waits for the rest to be counted, ms; more is counted after the next start. */
const mostStoppingMs = 2_000;

/** Counts the log while the program runs, a moment behind the messages and in slices between them. */
export class Counter {
  readonly #options: CounterOptions;
  #timer: NodeJS.Timeout | undefined;
  #counting: Promise<void> = Promise.resolve();
  #stopBy: number | undefined;

  constructor(options: CounterOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#counting = this.#countWaiting().finally(() => {
        if (this.#stopBy === undefined) this.start();
      });
    }, everyMs);
  }

  /** Counts what is left, then stops. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stopBy = this.#options.clock.elapsed() + mostStoppingMs;
    await this.#counting;
    clearTimeout(this.#timer);
    await this.#countWaiting();
  }

  async #countWaiting(): Promise<void> {
    const { counting, clock, onFailed } = this.#options;
    try {
      while (await counting.anyWaits()) {
        if (this.#stopBy !== undefined && clock.elapsed() >= this.#stopBy) return;
        const begun = clock.elapsed();
        if ((await counting.countSome(turnsAtOnce)) === 0) return;
        // Messages that came meanwhile go first.
        const rest = this.#stopBy === undefined ? restTimes * (clock.elapsed() - begun) : 0;
        await pause(rest);
      }
    } catch (thrown) {
      onFailed(thrown);
    }
  }
}
