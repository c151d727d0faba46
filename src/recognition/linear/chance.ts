// Taken once: in a sandbox (jest) a look at a global costs more than the multiplication.
const { imul } = Math;

/** A source of numbers from 0 (included) to 1 (excluded). Training is seeded, so that the same content gives the same model. */
export type Chance = () => number;

/** The generator mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough for shuffling and dropping out. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = imul(t ^ (t >>> 15), t | 1);
    t ^= t + imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Shuffles in place (Fisher–Yates) and returns its argument. */
export function shuffled<T extends Int32Array | unknown[]>(items: T, chance: Chance): T {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(chance() * (i + 1));
    const held = items[i];
    items[i] = items[j];
    items[j] = held;
  }
  return items;
}
