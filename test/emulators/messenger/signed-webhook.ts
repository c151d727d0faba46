import { createHmac } from "node:crypto";

/** Escapes as Meta does before signing: everything outside ASCII as lower-case \uXXXX, slashes too. */
export function escapedJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("/", "\\/")
    .replace(/[\u0080-\uffff]/gu, (unit) => escapeOf(unit))
    .replace(/[\u{10000}-\u{10ffff}]/gu, (pair) => [0, 1].map((i) => escapeOf(pair.charAt(i))).join(""));
}

function escapeOf(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Headers of a webhook as Meta sends them, for exactly these bytes. */
export function signedHeaders(body: string | Buffer, appSecret: string): Record<string, string> {
  const digest = (algorithm: string) => createHmac(algorithm, appSecret).update(body).digest("hex");
  return {
    "content-type": "application/json",
    "user-agent": "facebookexternalua",
    "x-hub-signature": `sha1=${digest("sha1")}`,
    "x-hub-signature-256": `sha256=${digest("sha256")}`,
  };
}
