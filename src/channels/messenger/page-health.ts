import type { Clock } from "../../basics/time.ts";
import type { ProviderObserver } from "../provider.ts";
import type { GraphFailure } from "./graph-error.ts";
import { channelName } from "./settings.ts";

/** How long rows of a stopped page wait before they ask again whether it works, ms. */
const stoppedWaitMs = 5 * 60_000;

/**
 * Which pages may send now. A page whose token Meta refuses is stopped until the watch finds it well again or the
 * program is started with another token; one that was told to slow down stays away for as long as it was told:
 * calling on would prolong the block. Other pages go on.
 */
export class PageHealth {
  readonly #clock: Clock;
  readonly #observer: ProviderObserver;
  readonly #stopped = new Map<string, string>();
  /** Until when, on the elapsed clock. */
  readonly #blocked = new Map<string, number>();

  constructor(clock: Clock, observer: ProviderObserver) {
    this.#clock = clock;
    this.#observer = observer;
  }

  /** Why a page must not send now, and after how many ms to ask again; undefined where it may. */
  pauseOf(page: string): { readonly reason: string; readonly afterMs: number } | undefined {
    const stopped = this.#stopped.get(page);
    if (stopped !== undefined) return { reason: `the page is stopped: ${stopped}`, afterMs: stoppedWaitMs };
    const left = (this.#blocked.get(page) ?? -Infinity) - this.#clock.elapsed();
    if (left > 0) return { reason: "rate: Meta told this page to wait", afterMs: Math.ceil(left) };
    return undefined;
  }

  /** Takes in what a failure says of the whole page. */
  note(page: string, failure: GraphFailure): void {
    if (failure.class === "auth") this.stop(page, failure.reason);
    if (failure.class === "rate" && failure.waitMs !== undefined) {
      const until = this.#clock.elapsed() + failure.waitMs;
      this.#blocked.set(page, Math.max(until, this.#blocked.get(page) ?? 0));
    }
  }

  stop(page: string, reason: string): void {
    const known = this.#stopped.has(page);
    this.#stopped.set(page, reason);
    if (!known) this.#observer.health(channelName, page, false, reason);
  }

  /** The token was accepted again. */
  resume(page: string): void {
    if (this.#stopped.delete(page)) this.#observer.health(channelName, page, true, "works again");
  }
}
