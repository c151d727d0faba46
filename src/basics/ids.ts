import { randomBytes } from "node:crypto";
import { v7 } from "uuid";

/** A new identifier: UUIDv7 (RFC 9562 §5.7), text that sorts by time of creation within one process. */
export function newId(): string {
  return v7();
}

/** An unguessable key of 256 random bits, base64url: for secrets, resume keys and addresses without a password. */
export function newKey(): string {
  return randomBytes(32).toString("base64url");
}
