import { setTimeout as pause } from "node:timers/promises";

/** Leaves the processor to what is awaited. */
const lookAgainMs = 5;

/** Waits until the condition holds; fails with what was awaited when it does not within the limit. */
export async function waitUntil(
  what: string,
  holds: () => boolean | Promise<boolean>,
  limitMs = 10_000,
): Promise<void> {
  const begun = performance.now();
  while (!(await holds())) {
    if (performance.now() - begun > limitMs)
      throw new Error(`Waited ${String(limitMs)} ms in vain until ${what}`);
    await pause(lookAgainMs);
  }
}
