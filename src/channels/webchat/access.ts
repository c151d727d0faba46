import { KumustaError } from "../../basics/errors.ts";
import { newKey } from "../../basics/ids.ts";
import type { Clock } from "../../basics/time.ts";
import type { HttpRequest } from "../http-port.ts";
import type { ConversationAnswer } from "./protocol.ts";
import { addressedAs } from "./public-address.ts";
import { defaultLimits, ticketSeconds, tokenSeconds, type WebchatSettings } from "./settings.ts";
import { sameSecret, Signer, type Claims } from "./signer.ts";
import { networkOf, TokenBuckets } from "./token-buckets.ts";

/** Who calls: the holder of the master key, or the customer of one conversation. */
export type Caller = { readonly by: "secret" } | { readonly by: "token"; readonly claims: Claims };

const bearer = /^Bearer +(\S+)$/iu;

/**
 * Credentials of the Direct Line API: the master key; tokens for one conversation and user; tickets in stream
 * addresses, good once within a minute, because a browser cannot give a WebSocket any header.
 */
export class Access {
  readonly #settings: WebchatSettings;
  readonly #clock: Clock;
  readonly #tokens: Signer;
  readonly #tickets: Signer;
  /** Tickets used and not yet expired, with their end in epoch seconds, oldest first. */
  readonly #used = new Map<string, number>();
  readonly #failures: TokenBuckets;

  constructor(settings: WebchatSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.#tokens = new Signer(settings.directLineSecret, "direct line token", clock);
    this.#tickets = new Signer(settings.directLineSecret, "direct line stream ticket", clock);
    this.#failures = new TokenBuckets(settings.limits?.failures ?? defaultLimits.failures, clock);
  }

  /** @throws KumustaError `auth.missing`, `auth.invalid`, `auth.expired`; `request.tooMany` for one who guesses */
  callerOf(request: Pick<HttpRequest, "headers" | "remoteAddress">): Caller {
    const credential = bearer.exec(request.headers["authorization"] ?? "")?.[1];
    if (credential === undefined) throw new KumustaError("auth.missing");
    try {
      const claims = this.#tokens.read(credential);
      if (claims !== undefined) return { by: "token", claims };
      if (sameSecret(credential, this.#settings.directLineSecret)) return { by: "secret" };
      throw new KumustaError("auth.invalid");
    } catch (thrown) {
      this.#failures.take(networkOf(request.remoteAddress));
      throw thrown;
    }
  }

  issueToken(claims: Pick<Claims, "conversation" | "user" | "name">): { token: string; expires_in: number } {
    return { token: this.#tokens.issue(claims, tokenSeconds), expires_in: tokenSeconds };
  }

  /** What a client needs to talk and to listen. `after`: the position from which its stream begins. */
  conversationAnswer(
    request: Pick<HttpRequest, "headers">,
    claims: Pick<Claims, "conversation" | "user" | "name">,
    after: number,
  ): ConversationAnswer {
    const { conversation } = claims;
    const ticket = this.#tickets.issue({ ...claims, nonce: newKey().slice(0, 16) }, ticketSeconds);
    const base = addressedAs(request, this.#settings.publicUrl).replace(/^http/u, "ws");
    const query = new URLSearchParams({ watermark: String(after), t: ticket });
    return {
      conversationId: conversation,
      ...this.issueToken(claims),
      streamUrl: `${base}/v3/directline/conversations/${conversation}/stream?${query.toString()}`,
    };
  }

  /** Takes a ticket, once. @throws KumustaError `auth.missing`, `auth.invalid`, `auth.expired` */
  redeem(ticket: string | null, conversation: string, remoteAddress: string): Claims {
    if (ticket === null)
      throw new KumustaError("auth.missing", ["the stream address carries its own credential"]);
    try {
      const claims = this.#tickets.read(ticket);
      const nonce = claims?.nonce;
      if (nonce === undefined || claims?.conversation !== conversation || this.#used.has(nonce))
        throw new KumustaError("auth.invalid");
      this.#forgetExpired();
      this.#used.set(nonce, claims.expiresAt);
      return claims;
    } catch (thrown) {
      this.#failures.take(networkOf(remoteAddress));
      throw thrown;
    }
  }

  #forgetExpired(): void {
    const now = this.#clock.now() / 1_000;
    for (const [nonce, expiresAt] of this.#used) {
      if (expiresAt > now) return;
      this.#used.delete(nonce);
    }
  }
}
