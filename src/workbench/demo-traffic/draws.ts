import { seededChance, type Chance } from "../../recognition/linear/chance.ts";

/** Random draws from one seeded source: the same seed always draws the same. */
export class Draws {
  readonly chance: Chance;

  /** @param seeds combined into one: a part of the traffic can be drawn anew without all that came before it */
  constructor(...seeds: readonly number[]) {
    // Multiplication by the golden ratio spreads neighbouring numbers (Knuth, TAOCP 3, 6.4).
    this.chance = seededChance(
      seeds.reduce((mixed, seed) => (Math.imul(mixed, 0x9e3779b1) ^ (seed >>> 0)) >>> 0, 0x2545f491),
    );
    this.chance();
  }

  /** True with this probability. */
  happens(probability: number): boolean {
    return this.chance() < probability;
  }

  between(least: number, most: number): number {
    return least + this.chance() * (most - least);
  }

  oneOf<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.chance() * items.length)];
  }

  /** One of the names, each as often as its weight says. */
  weighted<Name extends string>(weights: ReadonlyMap<Name, number>): Name | undefined {
    let left = this.chance() * [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    let last: Name | undefined;
    for (const [name, weight] of weights) {
      last = name;
      left -= weight;
      if (left < 0) return name;
    }
    return last;
  }

  /** Standard normal (Box and Muller 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.chance())) * Math.cos(2 * Math.PI * this.chance());
  }

  /** Gamma with mean 1 and this shape of at least 1: its coefficient of variation is 1/√shape (Marsaglia and Tsang 2000). */
  gamma(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - this.chance()) < 0.5 * x * x + d - d * v + d * Math.log(v))
        return (d * v) / shape;
    }
  }

  /** Poisson; the mean is small here, so it is counted up (Knuth, TAOCP 2, 3.4.1). */
  poisson(mean: number): number {
    const least = Math.exp(-mean);
    let count = 0;
    for (let product = this.chance(); product > least; product *= this.chance()) count += 1;
    return count;
  }

  /** A duration about this median, now and then several times as long: its logarithm is normal. */
  around(median: number, spread: number): number {
    return median * Math.exp(spread * this.normal());
  }
}
