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

function refuse(code: "engine.busy" | "engine.stopping"): Promise<never> {
  return Promise.reject(new KumustaError(code, [], { retryAfterSeconds: busyRetrySeconds }));
}

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
  accept(conversationId: string, arrival: Arrival): Promise<Accepted> {
    const { store, clock, observer, window, isCommand, mostWaiting, onAccepted } = this.#options;
    const { address, externalId, activity, transcript } = arrival;
    const { channel } = address;
    if (!this.#open) return refuse("engine.stopping");
    if (this.#waiting >= mostWaiting) {
      observer.accepted(channel, "refused");
      return refuse("engine.busy");
    }
    const quietMs = quietTimeOf(activity, window, isCommand);
    const receivedAt = clock.now();
    this.#waiting += 1;
    // What need not wait for more words is decided on while it is made durable: one commit then holds it and its turn.
    const early = quietMs === 0 && store.takesUpEarly === true;
    const accepting = store.accept({
      address,
      externalId,
      activity,
      transcript,
      conversationId,
      id: newId(),
      receivedAt,
      readyAt: receivedAt + quietMs,
    });
    if (early) onAccepted(conversationId, quietMs, arrival);
    // Not awaited: no frame is kept for each message that waits for its commit.
    return accepting.then(
      (accepted) => {
        observer.accepted(channel, accepted.duplicate ? "duplicate" : "stored");
        if (accepted.duplicate) this.#waiting -= 1;
        else if (!early) onAccepted(conversationId, quietMs, arrival);
        return accepted;
      },
      (thrown: unknown) => {
        this.#waiting -= 1;
        observer.accepted(channel, "refused");
        throw thrown;
      },
    );
  }

  /** Rows left or entered the backlog by another way than `accept`. */
  backlogChanged(rows: number): void {
    this.#waiting = Math.max(0, this.#waiting + rows);
  }

  close(): void {
    this.#open = false;
  }
}
