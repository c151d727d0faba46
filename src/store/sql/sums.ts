import type { Measure } from "../../turn/counting/contribution.ts";

/** A column of the sums. What k1 to k3 mean for each measure: src/turn/counting/contribution.ts. */
export type SumColumn = "day" | "kind" | "stage" | "intent" | "k1" | "k2" | "k3";

/** Values of the columns asked for, and their sum. */
export type Sum<By extends SumColumn> = Readonly<Record<By, string>> & { readonly n: number };

export interface SumQuery<By extends SumColumn> {
  readonly measure: Measure;
  /** Business days (2026-11-22), both inclusive. */
  readonly from: string;
  readonly to: string;
  readonly by: readonly By[];
  readonly where?: Readonly<Partial<Record<SumColumn, string>>> | undefined;
  /** Only the largest sums, so many. */
  readonly most?: number | undefined;
}
