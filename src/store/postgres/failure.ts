import { KumustaError, reasonOf } from "../../basics/errors.ts";

/** Seconds after which a refused write is worth another try. */
const retryAfterSeconds = 2;

/** SQLSTATE of a PostgreSQL error, the system's code of a lost connection, or undefined. */
export function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string"
    ? thrown.code
    : undefined;
}

const isSqlState = (code: string | undefined): code is string =>
  code !== undefined && /^[0-9FHPX][0-9A-Z]{4}$/u.test(code);

/** Two transactions met and the server chose this one to yield: serialization_failure, deadlock_detected. */
export function mayRunAgain(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return code === "40001" || code === "40P01";
}

/**
 * The server said no to the statement itself, so it would say no again: class 22 data exception, 23 integrity
 * constraint violation, 42 syntax error or access rule violation (PostgreSQL, Appendix A).
 */
function isOurFault(code: string | undefined): boolean {
  return isSqlState(code) && /^(?:22|23|42)/u.test(code);
}

/**
 * What a failed statement means to its caller. Errors of our own pass; what the server will refuse again is
 * `internal`; everything else (lost connection, full disk, time-out, shutdown) is worth another try. When the
 * connection was lost during COMMIT nobody knows whether it was kept; every unit of ours may be repeated.
 */
export function failureOf(thrown: unknown): unknown {
  if (thrown instanceof KumustaError || thrown instanceof TypeError) return thrown;
  const code = codeOf(thrown);
  const reason = code === undefined ? reasonOf(thrown) : `${code} ${reasonOf(thrown)}`;
  if (isOurFault(code)) return new KumustaError("internal", [reason], { cause: thrown });
  return new KumustaError("store.refused", [reason], { cause: thrown, retryAfterSeconds });
}

/**
 * What failed while opening: the server is not there or doesn't let us in (class 08 connection, 28 authorization,
 * 3D no such database, 53 out of resources, 57 starting or stopping). Anything else passes as it is.
 */
export function unreachable(thrown: unknown, place: string): unknown {
  if (thrown instanceof KumustaError) return thrown;
  const code = codeOf(thrown);
  if (isSqlState(code) && !/^(?:08|28|3D|53|57)/u.test(code)) return thrown;
  const reasons = thrown instanceof AggregateError ? thrown.errors.map(reasonOf) : [reasonOf(thrown)];
  return new KumustaError("store.unreachable", [place, ...new Set(reasons)], { cause: thrown });
}
