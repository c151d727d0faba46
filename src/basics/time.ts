/** The one place that reads the clock. Everything else takes a `Clock` as a parameter. */
export interface Clock {
  /** Wall-clock time, epoch milliseconds, UTC. May jump when the machine's clock is set. */
  now(): number;
  /** Milliseconds since an arbitrary origin; never jumps. For waiting and measuring, never for storing. */
  elapsed(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
};

/** An instant as ISO 8601 in UTC, the form that Direct Line's `timestamp` carries. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
