import { randomBytes, randomFillSync } from "node:crypto";
import { v7 } from "uuid";
import { systemClock, type Clock } from "./time.ts";

/** Random bytes fetched at once: fetching them for each id costs eight times as much as all the rest of it. */
const pooledBytes = 4_096;
const bytesEach = 16;
const digits = Buffer.from("0123456789abcdef");

/**
 * UUIDv7 (RFC 9562 §5.7) in order: within one millisecond, and while the clock is set back, they count up from a random
 * number (§6.2, method 1), as those of the package do when it draws its own random bytes.
 */
export class IdSource {
  readonly #clock: Pick<Clock, "now">;
  readonly #pool = Buffer.alloc(pooledBytes);
  readonly #random = new Uint8Array(bytesEach);
  readonly #bytes = new Uint8Array(bytesEach);
  readonly #text = Buffer.alloc(bytesEach * 2 + 4, "-");
  #used = pooledBytes;
  #msecs = 0;
  #seq = 0;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  next(): string {
    if (this.#used === pooledBytes) {
      randomFillSync(this.#pool);
      this.#used = 0;
    }
    const random = this.#random;
    for (let n = 0; n < bytesEach; n++) random[n] = this.#pool[this.#used + n] ?? 0;
    this.#used += bytesEach;
    const now = this.#clock.now();
    if (now > this.#msecs) {
      this.#msecs = now;
      // Bytes that the id itself doesn't take; the highest bit stays free, so that there is room to count.
      this.#seq = this.#pool.readUInt32BE(this.#used - bytesEach) & 0x7fffffff;
    } else {
      this.#seq = (this.#seq + 1) | 0;
      if (this.#seq === 0) this.#msecs += 1;
    }
    v7({ random, msecs: this.#msecs, seq: this.#seq }, this.#bytes);
    return this.#written();
  }

  /**
   * The bytes as RFC 9562 §4 writes them, 8-4-4-4-12, as one flat text. The package's own is put together of twenty
   * pieces, which takes twice the time and four times the memory.
   */
  #written(): string {
    const text = this.#text;
    let at = 0;
    for (let n = 0; n < bytesEach; n++) {
      const byte = this.#bytes[n] ?? 0;
      if (n === 4 || n === 6 || n === 8 || n === 10) at += 1;
      text[at++] = digits[byte >> 4] ?? 0;
      text[at++] = digits[byte & 15] ?? 0;
    }
    return text.toString("latin1");
  }
}

/** One for the process: its ids are in order only if they have one source. */
const ids = new IdSource(systemClock);

/** A new identifier: UUIDv7, text that sorts by time of creation within one process. */
export function newId(): string {
  return ids.next();
}

/** An unguessable key of 256 random bits, base64url: for secrets, resume keys and addresses without a password. */
export function newKey(): string {
  return randomBytes(32).toString("base64url");
}
