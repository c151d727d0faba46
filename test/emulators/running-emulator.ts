/** A provider emulated by itself, for people without an account there. */
export interface RunningEmulator {
  /** What the program's environment is set to, so that it speaks to the emulator. */
  readonly env: Readonly<Record<string, string>>;
  /** The customer types; gives the status that the provider gets, 0 where nothing answered. */
  say(customer: string, text: string): Promise<number>;
  /** The customer taps on a choice. */
  tap(customer: string, title: string, payload: string): Promise<number>;
  /** What reached the customer so far, in order. */
  heard(customer: string): readonly {
    readonly text: string;
    readonly choices: readonly { readonly title: string; readonly payload: string }[];
  }[];
  /** Rules that the program broke so far. */
  breaches(): readonly string[];
  stop(): Promise<void>;
}
