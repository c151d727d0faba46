import { newId } from "../basics/ids.ts";
import type { Clock } from "../basics/time.ts";
import type { TurnObserver } from "./observer.ts";
import type { DueTimer, TurnStore } from "./ports.ts";

export interface TimerWatchOptions {
  readonly store: TurnStore;
  readonly clock: Clock;
  readonly observer: TurnObserver;
  /** The timer's activity is durable and waits in this conversation. */
  readonly onFired: (conversationId: string) => void;
}

/** Timers fired in one go before the loop lets others run. */
const atOnce = 100;

/** Turns timers that came due into intake rows. A timer that came due while we were down fires late, once. */
export class TimerWatch {
  readonly #options: TimerWatchOptions;

  constructor(options: TimerWatchOptions) {
    this.#options = options;
  }

  /** Fires everything that is due now. Never throws: what fails stays due. */
  async look(): Promise<void> {
    const { store, clock, observer } = this.#options;
    try {
      for (let due = await store.dueTimers(clock.now(), atOnce); due.length > 0;) {
        const fired = await Promise.all(due.map((timer) => this.#fire(timer)));
        if (due.length < atOnce || !fired.includes(true)) return;
        due = await store.dueTimers(clock.now(), atOnce);
      }
    } catch (thrown) {
      observer.failed("timers.look", {}, thrown);
    }
  }

  async #fire(timer: DueTimer): Promise<boolean> {
    const { store, clock, onFired } = this.#options;
    const conversation = await store.getConversation(timer.conversationId);
    if (conversation === undefined) return false;
    const now = clock.now();
    const fired = await store.fireTimer(timer, {
      address: conversation.address,
      conversationId: timer.conversationId,
      // Name and generation: firing the same setting of a timer twice is one activity.
      externalId: `timer:${timer.name}:${String(timer.generation)}`,
      id: newId(),
      receivedAt: now,
      readyAt: now,
      activity: { type: "timer", name: timer.name, generation: timer.generation, sentAt: now },
    });
    if (fired) onFired(timer.conversationId);
    return fired;
  }
}
