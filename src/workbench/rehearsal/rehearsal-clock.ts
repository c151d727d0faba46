import { systemClock, type Clock } from "../../basics/time.ts";

/** A wall clock that is set forth as the rehearsal tells; it stands still between, or runs on with real time. */
export class RehearsalClock implements Clock {
  readonly #runs: boolean;
  #at: number;
  #since = systemClock.elapsed();

  constructor(at: number, { runs }: { readonly runs: boolean }) {
    this.#at = at;
    this.#runs = runs;
  }

  set(at: number): void {
    this.#at = at;
    this.#since = systemClock.elapsed();
  }

  now(): number {
    return this.#runs ? Math.round(this.#at + systemClock.elapsed() - this.#since) : this.#at;
  }

  elapsed(): number {
    return systemClock.elapsed();
  }
}
