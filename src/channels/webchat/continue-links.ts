import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { KumustaError } from "../../basics/errors.ts";
import type { Clock } from "../../basics/time.ts";

/** How long a link in a text is good, minutes: a text is read the same day or not at all. */
const goodMinutes = 24 * 60;
const minuteMs = 60_000;
const idBytes = 16;
const timeBytes = 4;
/** RFC 2104 §5: at least half of the hash and 80 bits. Whoever guesses is also slowed down. */
const macBytes = 16;

/** Path of the page that such a link opens, before the token. */
export const continuePath = "/c/";

/** The whole address that such a token is good for, under the address that the world knows. */
export function continueAddress(publicUrl: string, token: string): string {
  return `${publicUrl}${continuePath}${token}`;
}

/**
 * Links by which what began on another channel goes on in web chat: signed, good for a day, and as short as a text
 * message needs them (48 characters). Nothing is kept; each opening begins a web chat of its own, so whoever gets
 * the link later sees nothing of what was written there.
 */
export class ContinueLinks {
  readonly #key: Uint8Array;
  readonly #clock: Clock;

  constructor(secret: string, clock: Clock) {
    this.#key = new Uint8Array(hkdfSync("sha256", secret, "kumusta", "continue link", 32));
    this.#clock = clock;
  }

  /** @param conversationId the engine's id of the conversation that is to go on: a UUID */
  issue(conversationId: string): string {
    const until = Buffer.alloc(timeBytes);
    until.writeUInt32BE(Math.floor(this.#clock.now() / minuteMs) + goodMinutes);
    const said = Buffer.concat([Buffer.from(conversationId.replaceAll("-", ""), "hex"), until]);
    return Buffer.concat([said, this.#mac(said)]).toString("base64url");
  }

  #mac(said: Buffer): Buffer {
    return createHmac("sha256", this.#key).update(said).digest().subarray(0, macBytes);
  }

  /** The conversation's id. @throws KumustaError `auth.invalid` when we did not sign it, `auth.expired` */
  read(token: string): string {
    const bytes = Buffer.from(token, "base64url");
    const said = bytes.subarray(0, idBytes + timeBytes);
    // As text too: base64 has several spellings of the same bytes, and only ours is good.
    if (bytes.length !== idBytes + timeBytes + macBytes || bytes.toString("base64url") !== token)
      throw new KumustaError("auth.invalid");
    if (!timingSafeEqual(bytes.subarray(idBytes + timeBytes), this.#mac(said)))
      throw new KumustaError("auth.invalid");
    if (said.readUInt32BE(idBytes) * minuteMs <= this.#clock.now()) throw new KumustaError("auth.expired");
    const hex = said.subarray(0, idBytes).toString("hex");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
  }
}
