import { createHash, timingSafeEqual } from "node:crypto";

/** Telegram sends the secret itself, no signature: compared in constant time, over digests of equal length. */
export function secretMatches(header: string | undefined, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return header !== undefined && timingSafeEqual(digest(header), digest(secret));
}
