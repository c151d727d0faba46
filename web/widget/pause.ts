const waitsMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

/** A wait that grows with each failure and that somebody can end. */
export class Pause {
  #tries = 0;
  #end: ((wasEnded: boolean) => void) | undefined;

  /** The next wait after a failure; each customer's a little different, so that they do not all return at once. */
  async next(): Promise<void> {
    const wait = waitsMs[Math.min(this.#tries, waitsMs.length - 1)] ?? 0;
    this.#tries += 1;
    const [chance = 0] = crypto.getRandomValues(new Uint8Array(1));
    await this.for(wait * (0.75 + chance / 512));
  }

  /** Resolves after this time with false, or with true when it was ended before. */
  for(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(false), ms);
      this.#end = (wasEnded) => {
        clearTimeout(timer);
        resolve(wasEnded);
      };
    });
  }

  end(wasEnded: boolean): void {
    this.#tries = wasEnded ? 0 : this.#tries;
    this.#end?.(wasEnded);
    this.#end = undefined;
  }

  /** What was waited for succeeded. */
  reset(): void {
    this.#tries = 0;
  }
}
