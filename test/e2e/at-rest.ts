import { setTimeout as pause } from "node:timers/promises";
import { waitingIn } from "./ledger.ts";

/** The longest that anything may take to come to rest on a busy machine, ms. */
const mostMs = 20_000;

/**
 * Waits until nothing of the database waits to be handled, sent or fired. False when something still does after
 * a while: the ledger tells what.
 */
export async function atRest(database: string): Promise<boolean> {
  const limit = performance.now() + mostMs;
  for (;;) {
    const { intake, outbox, timersDue } = waitingIn(database, Date.now());
    if (intake + outbox + timersDue === 0) return true;
    if (performance.now() > limit) return false;
    await pause(25);
  }
}

/** Asks again and again, with a breath between, until the condition holds; fails with what was awaited. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const limit = performance.now() + mostMs;
  while (!(await holds())) {
    if (performance.now() > limit) throw new Error(`In vain: until ${what}`);
    await pause(25);
  }
}
