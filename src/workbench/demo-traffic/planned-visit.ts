import type { Intent } from "../../content/content.ts";
import type { Lifecycle } from "../../content/ownership.ts";
import type { DemoDay } from "./demo-days.ts";
import type { Placement, WishedDemoChannel } from "./traffic-mix.ts";

export interface PlannedCustomer {
  readonly placement: Placement;
  readonly language: "en" | "fil" | "mixed";
  readonly lifecycle: Lifecycle;
}

/** One matter that a customer comes with; null where it is nothing of ours. */
export interface PlannedMatter {
  readonly intent: Intent | null;
  /** They asked for the same on an earlier day and come back. */
  readonly again: boolean;
}

export interface PlannedVisit {
  /** Epoch ms. */
  readonly at: number;
  readonly day: DemoDay;
  readonly customer: PlannedCustomer;
  readonly matters: readonly PlannedMatter[];
  readonly page?: string;
  readonly referrer?: string;
  readonly campaign?: string;
  readonly greets: boolean;
  /** The first words come in several short messages. */
  readonly bursts: boolean;
  readonly thanks: boolean;
  readonly asksPerson: boolean;
  readonly wish?: WishedDemoChannel | undefined;
}

/** What came up on one day: matters by where the customer sat, as indices of `placements`. */
export interface DayOfMatters {
  readonly day: DemoDay;
  readonly matters: readonly { readonly intent: Intent | null; readonly placement: number }[];
}
