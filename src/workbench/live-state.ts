/** What a maintainer wants to know of the content while the program runs. */
export interface LiveState {
  /** The version that answers customers now. */
  readonly version: string;
  /** Since when, epoch milliseconds. */
  readonly liveSince: number;
  /** An edit was taken and is not live yet; until then the version above answers. */
  readonly pending: boolean;
  /** The version above is live with a quickly trained model, and the whole training goes on; its model follows without a word. */
  readonly learning: boolean;
  /** The last edit if it was not taken: why, each fault with file, line and mend; until it is mended. */
  readonly refused?: { readonly at: number; readonly faults: readonly string[] };
}
