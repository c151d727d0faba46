import { setImmediate as nextLoop } from "node:timers/promises";

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
    await nextLoop();
  }
}
