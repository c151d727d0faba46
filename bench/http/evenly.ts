/**
 * Starts `perSecond` pieces of work a second, evenly, whether or not those before them are done, and waits for all:
 * an open loop, as customers are. The timer ticks each 5 ms; above 200 a second some start together.
 * @returns how many
 */
export async function evenly(
  seconds: number,
  perSecond: number,
  start: (n: number) => Promise<void> | undefined,
): Promise<number> {
  const begun = performance.now();
  const all: Promise<void>[] = [];
  let started = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(seconds, (performance.now() - begun) / 1_000) * perSecond;
      while (started < due) {
        const work = start(started++);
        if (work !== undefined) all.push(work);
      }
      if (performance.now() - begun >= seconds * 1_000) {
        clearInterval(timer);
        resolve();
      }
    }, 5);
  });
  await Promise.all(all);
  return all.length;
}
