import { createHmac, timingSafeEqual } from "node:crypto";
import type { HttpRequest } from "../http-port.ts";

const headerForm = /^sha256=[0-9a-f]{64}$/u;

/** `sha256=` and the HMAC-SHA256 of the body as it came, keyed with the app's secret, lower-case hexadecimal. */
export function signatureOf(body: Buffer, appSecret: string): string {
  return `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
}

/** True where the header has the form of a signature: nothing else is worth reading a body for. */
export function looksSigned(headers: HttpRequest["headers"]): boolean {
  return headerForm.test(headers["x-hub-signature-256"] ?? "");
}

/**
 * True when the request is Meta's (Graph API, Webhooks, “Validating payloads”): over the raw bytes, since Meta signs
 * text outside ASCII as the escapes that it sends; in constant time.
 */
export function isSigned(
  { headers, body }: Pick<HttpRequest, "headers" | "body">,
  appSecret: string,
): boolean {
  const given = Buffer.from(headers["x-hub-signature-256"] ?? "");
  const ours = Buffer.from(signatureOf(body, appSecret));
  return given.length === ours.length && timingSafeEqual(given, ours);
}

/** Longer than any challenge that Meta sends. */
const longestChallenge = 200;

/** The challenge to answer when the webhook is set up (`hub.mode=subscribe`), undefined where the token is not ours. */
export function challengeOf(query: URLSearchParams, verifyToken: string): string | undefined {
  if (query.get("hub.mode") !== "subscribe") return undefined;
  const given = createHmac("sha256", verifyToken)
    .update(query.get("hub.verify_token") ?? "")
    .digest();
  const ours = createHmac("sha256", verifyToken).update(verifyToken).digest();
  if (!timingSafeEqual(given, ours)) return undefined;
  return (query.get("hub.challenge") ?? "").slice(0, longestChallenge);
}
