import type { Count } from "./contribution.ts";

/** Keys hold no U+0001: pages and campaigns lose their control characters (counted-source.ts), names have none. */
function keyOf({ measure, day, kind, stage, intent, k1, k2, k3 }: Count): string {
  return `${measure}\u0001${day}\u0001${kind}\u0001${stage}\u0001${intent}\u0001${k1}\u0001${k2}\u0001${k3}`;
}

/** Counts of one kind added up, so that a slice writes each sum once. */
export class Sums {
  readonly #sums = new Map<string, { count: Count; n: number }>();

  add(counts: readonly Count[], sign: 1 | -1 = 1): void {
    for (const count of counts) {
      const key = keyOf(count);
      const standing = this.#sums.get(key);
      if (standing === undefined) this.#sums.set(key, { count, n: sign * count.n });
      else standing.n += sign * count.n;
    }
  }

  get size(): number {
    return this.#sums.size;
  }

  /** Those that are not 0. */
  changes(): readonly Count[] {
    return [...this.#sums.values()].flatMap(({ count, n }) => (n === 0 ? [] : [{ ...count, n }]));
  }

  clear(): void {
    this.#sums.clear();
  }
}
