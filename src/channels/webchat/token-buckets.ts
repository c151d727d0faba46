import { KumustaError } from "../../basics/errors.ts";
import type { Clock } from "../../basics/time.ts";
import type { Allowance } from "./settings.ts";

/** Keys remembered at once; the one unused for longest is forgotten first, and a forgotten key is a full bucket. */
const mostKeys = 50_000;

/** Token buckets by key, in bounded memory, on the clock that never jumps. */
export class TokenBuckets {
  readonly #allowance: Allowance;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(allowance: Allowance, clock: Clock) {
    this.#allowance = allowance;
    this.#clock = clock;
  }

  /** Takes one; @throws KumustaError `request.tooMany` when none is left, with the seconds until there is one. */
  take(key: string): void {
    const { burst, perSecond } = this.#allowance;
    const now = this.#clock.elapsed();
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = { left: burst, at: now };
      this.#forgetOldest();
    } else {
      bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1_000) * perSecond);
      bucket.at = now;
      this.#buckets.delete(key);
    }
    this.#buckets.set(key, bucket);
    if (bucket.left < 1)
      throw new KumustaError("request.tooMany", [], {
        retryAfterSeconds: Math.ceil((1 - bucket.left) / perSecond),
      });
    bucket.left -= 1;
  }

  #forgetOldest(): void {
    if (this.#buckets.size < mostKeys) return;
    for (const oldest of this.#buckets.keys()) {
      this.#buckets.delete(oldest);
      return;
    }
  }
}

/** The part of an address that one customer cannot change at will: IPv6 hands out whole /64 networks (RFC 4291 §2.5.1). */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [before = "", after] = address.split("::", 2);
  const groups = (text: string | undefined) => (text === undefined || text === "" ? [] : text.split(":"));
  const [left, right] = [groups(before), groups(after)];
  // `::` stands for as many groups of zeros as are missing from eight.
  const zeros =
    after === undefined ? [] : new Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  return [...left, ...zeros, ...right].slice(0, 4).join(":");
}
