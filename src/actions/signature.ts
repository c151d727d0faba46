import { createHmac, timingSafeEqual } from "node:crypto";

/** Header with the time of signing, seconds since 1970. */
export const timestampHeader = "kumusta-timestamp";
/** Header with the signature: `v1=` and 64 hexadecimal digits. */
export const signatureHeader = "kumusta-signature";

/** How far the two clocks may differ, and how long a request that somebody recorded is of use, seconds. */
const toleranceSeconds = 300;

/** HMAC-SHA256 over the timestamp, a dot and the body as it travels (RFC 2104). */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}

/** True when the body was signed with this secret within the last five minutes. Compares in constant time. */
export function isSigned(
  secret: string,
  headers: Readonly<Record<string, string | undefined>>,
  body: string,
  nowMs: number,
): boolean {
  const timestamp = headers[timestampHeader] ?? "";
  const given = Buffer.from(headers[signatureHeader] ?? "");
  const wanted = Buffer.from(signatureOf(secret, timestamp, body));
  const age = Math.abs(nowMs / 1_000 - Number(timestamp));
  return given.length === wanted.length && timingSafeEqual(given, wanted) && age <= toleranceSeconds;
}
