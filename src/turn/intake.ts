import { KumustaError } from "../basics/errors.ts";
import { newId } from "../basics/ids.ts";
import type { Clock } from "../basics/time.ts";
import { quietTimeOf, type BurstWindow } from "./burst.ts";
import type { TurnObserver } from "./observer.ts";
import type { Accepted, Arrival, TurnStore } from "./ports.ts";

export interface IntakeOptions {
  readonly store: TurnStore;
  readonly clock: Clock;
  readonly observer: TurnObserver;
  readonly window: BurstWindow;
  readonly isCommand: (text: string) => boolean;
  /** The most that may wait before new messages are refused: what is accepted must be answered in a sane time. */
  readonly mostWaiting: number;
  /** Something waits in this conversation, to be taken up after `quietMs`: durable, or seen by `takeUp` already. */
  readonly onAccepted: (conversationId: string, quietMs: number, arrival: Arrival) => void;
}

/** Seconds after which a refused sender should try again. */
const busyRetrySeconds = 2;

/** The one way in: stores what happened before anybody is told that it was received. */
export class IntakeDoor {
  readonly #options: IntakeOptions;
  #waiting = 0;
  #open = true;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Accepts one arrival of a conversation that exists; resolves after it is durable.
   * @throws KumustaError `engine.busy`, `engine.stopping`, `store.refused`: nothing was kept, send it again
   */
  async accept(conversationId: string, arrival: Arrival): Promise<Accepted> {
    const { store, clock, observer, window, isCommand, mostWaiting } = this.#options;
    const { channel } = arrival.address;
    if (!this.#open) throw new KumustaError("engine.stopping", [], { retryAfterSeconds: busyRetrySeconds });
    if (this.#waiting >= mostWaiting) {
      observer.accepted(channel, "refused");
      throw new KumustaError("engine.busy", [], { retryAfterSeconds: busyRetrySeconds });
    }
    const quietMs = quietTimeOf(arrival.activity, window, isCommand);
    const receivedAt = clock.now();
    this.#waiting += 1;
    // What need not wait for more words is decided on while it is made durable: one commit then holds it and its turn.
    const early = quietMs === 0 && store.takesUpEarly === true;
    try {
      const accepting = store.accept({
        ...arrival,
        conversationId,
        id: newId(),
        receivedAt,
        readyAt: receivedAt + quietMs,
      });
      if (early) this.#options.onAccepted(conversationId, quietMs, arrival);
      const accepted = await accepting;
      observer.accepted(channel, accepted.duplicate ? "duplicate" : "stored");
      if (accepted.duplicate) this.#waiting -= 1;
      else if (!early) this.#options.onAccepted(conversationId, quietMs, arrival);
      return accepted;
    } catch (thrown) {
      this.#waiting -= 1;
      observer.accepted(channel, "refused");
      throw thrown;
    }
  }

  /** Rows left or entered the backlog by another way than `accept`. */
  backlogChanged(rows: number): void {
    this.#waiting = Math.max(0, this.#waiting + rows);
  }

  close(): void {
    this.#open = false;
  }
}
