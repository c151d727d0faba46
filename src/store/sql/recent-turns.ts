import { countableOf, type CountableTurn } from "../../turn/counting/countable-turn.ts";
import type { TurnRecord } from "../../turn/ports.ts";

/** Some hundred bytes each: more than a second of a busy process makes. */
const mostTurns = 2_000;

/** Where a turn stands: which version of which conversation it made. */
export interface TurnPlace {
  readonly conversationId: string;
  readonly seq: number;
}

/**
 * Turns that this process committed a moment ago, so that counting need not read and parse what was just written. What
 * is not here, after a crash or from another process, is read from the database.
 */
export class RecentTurns {
  readonly #turns = new Map<string, CountableTurn>();

  note(turn: TurnRecord): void {
    this.#turns.set(keyOf(turn), countableOf(turn));
    if (this.#turns.size <= mostTurns) return;
    for (const oldest of this.#turns.keys()) {
      this.#turns.delete(oldest);
      return;
    }
  }

  /** Those at these places, if all of them are known. */
  all(places: readonly TurnPlace[]): readonly CountableTurn[] | undefined {
    const found: CountableTurn[] = [];
    for (const place of places) {
      const turn = this.#turns.get(keyOf(place));
      if (turn === undefined) return undefined;
      found.push(turn);
    }
    return found;
  }

  /** What is counted of this conversation from now on is read from the database. */
  forgetConversation(conversationId: string): void {
    for (const key of this.#turns.keys()) if (key.startsWith(`${conversationId}.`)) this.#turns.delete(key);
  }

  forget(places: readonly TurnPlace[]): void {
    for (const place of places) this.#turns.delete(keyOf(place));
  }
}

function keyOf({ conversationId, seq }: TurnPlace): string {
  return `${conversationId}.${String(seq)}`;
}
