import { randomBytes, randomFillSync } from "node:crypto";
import { v7 } from "uuid";
import { systemClock, type Clock } from "./time.ts";

/** Random bytes fetched at once: fetching them for each id costs eight times as much as all the rest of it. */
const pooledBytes = 4_096;
const bytesEach = 16;

/**
 * UUIDv7 (RFC 9562 §5.7) in order: within one millisecond, and while the clock is set back, they count up from a random
 * number (§6.2, method 1), as those of the package do when it draws its own random bytes.
 */
export class IdSource {
  readonly #clock: Pick<Clock, "now">;
  readonly #pool = Buffer.alloc(pooledBytes);
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
    const random = this.#pool.subarray(this.#used, this.#used + bytesEach);
    this.#used += bytesEach;
    const now = this.#clock.now();
    if (now > this.#msecs) {
      this.#msecs = now;
      // Bytes that the id itself doesn't take; the highest bit stays free, so that there is room to count.
      this.#seq = random.readUInt32BE(0) & 0x7fffffff;
    } else {
      this.#seq = (this.#seq + 1) | 0;
      if (this.#seq === 0) this.#msecs += 1;
    }
    return v7({ random, msecs: this.#msecs, seq: this.#seq });
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
