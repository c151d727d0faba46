import { KumustaError, reasonOf } from "../../basics/errors.ts";

/** Seconds after which a refused write is worth another try. */
const retryAfterSeconds = 2;

/** SQLite's name for what went wrong, by its shape: the driver makes its errors with the class of whoever loaded it first in this process. */
export function engineCode(thrown: unknown): string | undefined {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown) || typeof thrown.code !== "string")
    return undefined;
  return thrown.code.startsWith("SQLITE_") ? thrown.code : undefined;
}

/** What SQLite said, by its shape: see engineCode. */
export function reasonOfEngine(thrown: unknown): string {
  return typeof thrown === "object" &&
    thrown !== null &&
    "message" in thrown &&
    typeof thrown.message === "string"
    ? thrown.message
    : reasonOf(thrown);
}

/** The engine said no to the statement itself and would say no again (SQLite, Result and Error Codes). */
function isOurFault(code: string): boolean {
  return /^SQLITE_(?:CONSTRAINT|MISMATCH|TOOBIG|RANGE|ERROR|MISUSE)/u.test(code);
}

/** Nothing was kept, and a later try may succeed. */
export function refused(thrown: unknown): KumustaError {
  return new KumustaError("store.refused", [engineCode(thrown) ?? reasonOf(thrown)], {
    cause: thrown,
    retryAfterSeconds,
  });
}

/**
 * What a failed unit means to its caller. Errors of our own pass; what the engine will refuse again is `internal`;
 * a full disk, a lock or an I/O error is worth another try.
 */
export function failureOf(thrown: unknown): unknown {
  const code = engineCode(thrown);
  return code === undefined ? thrown : failureOfCode(code, thrown);
}

/** The same for a failure that came with its code from another thread. */
export function failureOfCode(code: string | undefined, cause: unknown): KumustaError {
  if (code !== undefined && isOurFault(code))
    return new KumustaError("internal", [code, reasonOf(cause)], { cause });
  return new KumustaError("store.refused", [code ?? reasonOf(cause)], { cause, retryAfterSeconds });
}

/** The file is not a database, or its pages contradict each other. */
export function isDamage(thrown: unknown): boolean {
  return isDamageCode(engineCode(thrown));
}

export function isDamageCode(code: string | undefined): boolean {
  return /^SQLITE_(?:CORRUPT|NOTADB)/u.test(code ?? "");
}

/** Another connection holds the lock. */
export function isLocked(thrown: unknown): boolean {
  return /^SQLITE_(?:BUSY|LOCKED)/u.test(engineCode(thrown) ?? "");
}
