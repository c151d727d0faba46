import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { KumustaError } from "../../basics/errors.ts";
import type { Clock } from "../../basics/time.ts";

/** What a credential of ours says. Nobody but us can write one; anybody who holds one can read it. */
export interface Claims {
  /** Direct Line's conversation id. */
  readonly conversation: string;
  readonly user: string;
  readonly name?: string | undefined;
  /** Epoch seconds. */
  readonly expiresAt: number;
  /** Told apart from others of the same content, for those that are good once. */
  readonly nonce?: string | undefined;
}

const claimsSchema = z.tuple([
  z.string(),
  z.string(),
  z.number(),
  z.string().nullable(),
  z.string().nullable(),
]);

/** Verified credentials remembered: the same token comes with every call of a client. */
const mostRemembered = 10_000;

/**
 * Signs and reads credentials without keeping any: they survive restarts and hold on every process with the same
 * secret. HMAC-SHA256 under a key derived for this purpose alone (HKDF, RFC 5869).
 */
export class Signer {
  readonly #key: Uint8Array;
  readonly #clock: Clock;
  readonly #verified = new Map<string, Claims>();

  constructor(secret: string, purpose: string, clock: Clock) {
    this.#key = new Uint8Array(hkdfSync("sha256", secret, "kumusta", purpose, 32));
    this.#clock = clock;
  }

  issue(claims: Omit<Claims, "expiresAt">, seconds: number): string {
    const expiresAt = Math.floor(this.#clock.now() / 1_000) + seconds;
    const body = JSON.stringify([
      claims.conversation,
      claims.user,
      expiresAt,
      claims.name ?? null,
      claims.nonce ?? null,
    ]);
    const payload = Buffer.from(body).toString("base64url");
    return `${payload}.${this.#mac(payload)}`;
  }

  #mac(payload: string): string {
    return createHmac("sha256", this.#key).update(payload).digest("base64url");
  }

  /** What it says; undefined when we did not sign it. @throws KumustaError `auth.expired` for what we signed too long ago */
  read(credential: string): Claims | undefined {
    const claims = this.#verified.get(credential) ?? this.#verify(credential);
    if (claims !== undefined && claims.expiresAt * 1_000 <= this.#clock.now())
      throw new KumustaError("auth.expired");
    return claims;
  }

  #verify(credential: string): Claims | undefined {
    const [payload = "", signature = "", ...more] = credential.split(".");
    // As text: base64 has several spellings of the same bytes, and only ours is good.
    const given = Buffer.from(signature);
    const wanted = Buffer.from(this.#mac(payload));
    if (more.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted))
      return undefined;
    const [conversation, user, expiresAt, name, nonce] = claimsSchema.parse(
      JSON.parse(Buffer.from(payload, "base64url").toString("utf8")),
    );
    const claims = { conversation, user, expiresAt, name: name ?? undefined, nonce: nonce ?? undefined };
    if (this.#verified.size >= mostRemembered) this.#verified.clear();
    this.#verified.set(credential, claims);
    return claims;
  }
}

/** True when both are the same text, in a time that doesn't tell how much of it is. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHmac("sha256", "compare").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
