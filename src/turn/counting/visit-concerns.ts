import type { BusinessDays } from "./business-day.ts";
import { applyTurn, type CountedConcern } from "./concern.ts";
import type { CountableTurn } from "./countable-turn.ts";

/** The concerns of one visit while its turns are counted, in the order of their versions. */
export class VisitConcerns {
  readonly #byIntent = new Map<string, CountedConcern>();

  /** @param concerns what the visit's turns before made */
  constructor(concerns: readonly CountedConcern[] = []) {
    for (const concern of concerns) this.#byIntent.set(concern.intent, concern);
  }

  get all(): readonly CountedConcern[] {
    return [...this.#byIntent.values()];
  }

  /** Counts one turn of the visit; what changed is the concern that it gives, or nothing. */
  count(turn: CountableTurn, days: BusinessDays): CountedConcern | undefined {
    const standing = turn.intent === null ? this.#handedOverBy(turn) : this.#byIntent.get(turn.intent);
    const concern = applyTurn(standing, turn, days);
    if (concern !== undefined) this.#byIntent.set(concern.intent, concern);
    return concern;
  }

  /** A customer who just asks for a person wants one for what they spoke of last. */
  #handedOverBy(turn: CountableTurn): CountedConcern | undefined {
    if (turn.handOff === null) return undefined;
    let last: CountedConcern | undefined;
    for (const concern of this.#byIntent.values())
      if (last === undefined || concern.lastSeq > last.lastSeq) last = concern;
    return last;
  }
}

/**
 * The concerns that the turns of one visit make, from the first one on: what correcting and recounting compare with.
 * @param turns in the order of their versions, corrections applied
 */
export function concernsOf(turns: Iterable<CountableTurn>, days: BusinessDays): readonly CountedConcern[] {
  const visit = new VisitConcerns();
  for (const turn of turns) visit.count(turn, days);
  return visit.all;
}

/**
 * The version that began a visit: a visit's id ends with it (src/conversation/decide/visit.ts). 0 for an id of another
 * form: then its turns are looked for from the conversation's beginning.
 */
export function firstSeqOf(visitId: string): number {
  const seq = Number(/\.(\d{1,15})$/u.exec(visitId)?.[1] ?? 0);
  return seq;
}
