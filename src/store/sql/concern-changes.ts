import type { CountedConcern } from "../../turn/counting/concern.ts";
import { contributionOf } from "../../turn/counting/contribution.ts";
import type { Sums } from "../../turn/counting/sums.ts";
import type { Concerns } from "./concerns.ts";
import type { Script } from "./statement.ts";

/** Writes what became of concerns, and what that changes in the sums; neighbours in time of the same contact included. */
export class ConcernChanges {
  readonly #concerns: Concerns;
  readonly #sums: Sums;

  constructor(concerns: Concerns, sums: Sums) {
    this.#concerns = concerns;
    this.#sums = sums;
  }

  /** The concern goes on: it was opened when it was, so its neighbours stay. */
  *goOn(before: CountedConcern, after: CountedConcern): Script<void> {
    yield* this.#concerns.put(after);
    this.#sums.add(contributionOf(before), -1);
    this.#sums.add(contributionOf(after));
  }

  *open(opened: CountedConcern): Script<void> {
    const concern = { ...opened, backAfterMs: yield* this.#concerns.backAfterMs(opened) };
    yield* this.#concerns.put(concern);
    this.#sums.add(contributionOf(concern));
    yield* this.#lookAgainBefore(concern);
  }

  *remove(concern: CountedConcern): Script<void> {
    yield* this.#concerns.remove(concern);
    this.#sums.add(contributionOf(concern), -1);
    yield* this.#lookAgainBefore(concern);
  }

  /** What came before this place may be followed by another concern now. */
  *#lookAgainBefore(place: CountedConcern): Script<void> {
    for (const before of yield* this.#concerns.before(place)) {
      const after = { ...before, backAfterMs: yield* this.#concerns.backAfterMs(before) };
      if (after.backAfterMs === before.backAfterMs) continue;
      yield* this.#concerns.setBack(after);
      this.#sums.add(contributionOf(before), -1);
      this.#sums.add(contributionOf(after));
    }
  }
}
