import { KumustaError } from "../basics/errors.ts";
import type { Clock } from "../basics/time.ts";
import type { HttpRequest } from "../channels/http-port.ts";
import { sameSecret } from "../channels/webchat/signer.ts";
import { networkOf, TokenBuckets } from "../channels/webchat/token-buckets.ts";

const bearer = /^Bearer +(\S+)$/iu;
/** Wrong tokens from one network before it must wait. */
const failures = { burst: 20, perSecond: 0.5 };

/** Lets through who holds the token of data/admin-token. */
export class AdminDoor {
  readonly #token: string;
  readonly #failures: TokenBuckets;

  constructor(token: string, clock: Clock) {
    this.#token = token;
    this.#failures = new TokenBuckets(failures, clock);
  }

  /** @throws KumustaError `auth.missing`, `auth.invalid`; `request.tooMany` for one who guesses */
  require(request: Pick<HttpRequest, "headers" | "remoteAddress">): void {
    const credential = bearer.exec(request.headers["authorization"] ?? "")?.[1];
    if (credential === undefined) throw new KumustaError("auth.missing");
    if (sameSecret(credential, this.#token)) return;
    this.#failures.take(networkOf(request.remoteAddress));
    throw new KumustaError("auth.invalid");
  }
}
