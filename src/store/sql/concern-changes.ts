import type { CountedConcern } from "../../turn/counting/concern.ts";
import { addsTheSame, contributionOf } from "../../turn/counting/contribution.ts";
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
    yield* this.#concerns.update(after);
    this.#counted(before, after);
  }

  *open(opened: CountedConcern): Script<void> {
    const { openedAt } = opened;
    const { before, after } = yield* this.#concerns.neighbours(opened);
    const concern = { ...opened, backAfterMs: after === null ? null : after - openedAt };
    yield* this.#concerns.insert(concern);
    this.#sums.add(contributionOf(concern));
    if (before !== null) yield* this.#followed({ ...opened, openedAt: before }, openedAt);
  }

  *remove(concern: CountedConcern): Script<void> {
    yield* this.#concerns.remove(concern);
    this.#sums.add(contributionOf(concern), -1);
    const [alike] = yield* this.#concerns.openedAt(concern);
    const { before, after } = yield* this.#concerns.neighbours(concern);
    if (before === null) return;
    yield* this.#followed({ ...concern, openedAt: before }, alike?.openedAt ?? after);
  }

  /** The concerns opened at this place were followed by one opened then, or by none. */
  *#followed(place: CountedConcern, nextAt: number | null): Script<void> {
    const backAfterMs = nextAt === null ? null : nextAt - place.openedAt;
    for (const before of yield* this.#concerns.openedAt(place)) {
      if (before.backAfterMs === backAfterMs) continue;
      const after = { ...before, backAfterMs };
      yield* this.#concerns.setBack(after);
      this.#counted(before, after);
    }
  }

  #counted(before: CountedConcern, after: CountedConcern): void {
    if (addsTheSame(before, after)) return;
    this.#sums.add(contributionOf(before), -1);
    this.#sums.add(contributionOf(after));
  }
}
