const PRIME = 16_777_619;
const WORD_SEED = 0x811c9dc5;

/** FNV-1a over UTF-16 code units, with a final mix so that the low bits can index a table. */
export function hashOf(text: string, seed: number = WORD_SEED): number {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
  return mixed(hash);
}

/** `hashOf` of a piece of text, without cutting it out. */
export function hashOfPiece(text: string, from: number, to: number): number {
  let hash = WORD_SEED;
  for (let i = from; i < to; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
  return mixed(hash);
}

/** `hashOf` of plain ASCII text that lies in bytes, without making a string of it. */
export function hashOfBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = WORD_SEED;
  for (let i = from; i < to; i += 1) hash = Math.imul(hash ^ (bytes[i] ?? 0), PRIME);
  return mixed(hash);
}

/** Spreads a hash over its bits; never 0, which marks an empty place of the table. */
export function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  h ^= h >>> 16;
  return h === 0 ? 1 : h >>> 0;
}

/** A table from feature hash to its number; open addressing, because a Map of 100,000 numbers is four times as slow here. */
export class HashTable {
  #keys: Uint32Array;
  #values: Int32Array;
  #mask: number;
  #size = 0;

  constructor(expected = 1024) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 2)));
    this.#keys = new Uint32Array(capacity);
    this.#values = new Int32Array(capacity);
    this.#mask = capacity - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** The value, or -1. */
  get(key: number): number {
    let at = key & this.#mask;
    for (;;) {
      const found = this.#keys[at];
      if (found === key) return this.#values[at] ?? -1;
      if (found === 0) return -1;
      at = (at + 1) & this.#mask;
    }
  }

  set(key: number, value: number): void {
    if (this.#size * 2 > this.#mask) this.#grow();
    let at = key & this.#mask;
    while (this.#keys[at] !== 0 && this.#keys[at] !== key) at = (at + 1) & this.#mask;
    if (this.#keys[at] === 0) this.#size += 1;
    this.#keys[at] = key;
    this.#values[at] = value;
  }

  *entries(): Generator<readonly [key: number, value: number]> {
    for (let at = 0; at <= this.#mask; at += 1) {
      const key = this.#keys[at] ?? 0;
      if (key !== 0) yield [key, this.#values[at] ?? 0];
    }
  }

  #grow(): void {
    const old = [...this.entries()];
    this.#keys = new Uint32Array((this.#mask + 1) * 4);
    this.#values = new Int32Array((this.#mask + 1) * 4);
    this.#mask = this.#keys.length - 1;
    this.#size = 0;
    for (const [key, value] of old) this.set(key, value);
  }
}
