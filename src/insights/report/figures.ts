import type { InsightStore, Sum } from "../../store/sql/insight-store.ts";
import type { Measure } from "../../turn/counting/contribution.ts";
import type { Period } from "./report.ts";

/** A figure of this period and of the one before. */
export interface Both<Value> {
  readonly now: Value;
  readonly before: Value;
}

type Sums<By extends "day" | "kind" | "stage" | "intent" | "k1" | "k2" | "k3"> = readonly Sum<By>[];

/** Everything counted that a report is made of, as the store sums it. Days of both periods. */
export interface Figures {
  readonly concernsByDay: Sums<"day" | "kind" | "stage" | "intent">;
  readonly fatesByDay: Sums<"day" | "kind" | "k1" | "k3">;
  readonly followUpsByDay: Sums<"day" | "kind">;
  readonly turnsByDay: Sums<"day" | "k1">;
  readonly fates: Both<Sums<"kind" | "stage" | "intent" | "k1" | "k2">>;
  readonly places: Both<Sums<"kind" | "stage" | "intent" | "k1" | "k2" | "k3">>;
  readonly owners: Both<Sums<"kind" | "stage" | "intent" | "k1" | "k2">>;
  readonly handOffs: Both<Sums<"k1" | "k2">>;
  readonly pages: Both<Sums<"k1">>;
  readonly campaigns: Both<Sums<"k1">>;
  readonly hours: Both<Sums<"k1">>;
  readonly wishes: Both<Sums<"k1">>;
  readonly botWaits: Both<Sums<"k1">>;
}

/** Reads the sums of both periods. Costs what two months hold, however long the log is. */
export async function readFigures(
  store: Pick<InsightStore, "sums">,
  period: Period,
  before: Period,
): Promise<Figures> {
  const whole = { from: before.from, to: before.to };
  const daily = async <By extends "day" | "kind" | "stage" | "intent" | "k1" | "k3">(
    measure: Measure,
    by: readonly By[],
  ) => [
    ...(await store.sums({ measure, ...whole, by })),
    ...(await store.sums({ measure, from: period.from, to: period.to, by })),
  ];
  const both = async <By extends "kind" | "stage" | "intent" | "k1" | "k2" | "k3">(
    measure: Measure,
    by: readonly By[],
  ): Promise<Both<readonly Sum<By>[]>> => ({
    now: await store.sums({ measure, from: period.from, to: period.to, by }),
    before: await store.sums({ measure, ...whole, by }),
  });
  const cell = ["kind", "stage", "intent"] as const;
  return {
    concernsByDay: await daily("concern", ["day", ...cell]),
    fatesByDay: await daily("concern", ["day", "kind", "k1", "k3"]),
    followUpsByDay: await daily("followUp", ["day", "kind"]),
    turnsByDay: await daily("turn", ["day", "k1"]),
    fates: await both("concern", [...cell, "k1", "k2"]),
    places: await both("where", [...cell, "k1", "k2", "k3"]),
    owners: await both("owner", [...cell, "k1", "k2"]),
    handOffs: await both("handOff", ["k1", "k2"]),
    pages: await both("page", ["k1"]),
    campaigns: await both("campaign", ["k1"]),
    hours: await both("hour", ["k1"]),
    wishes: await both("wish", ["k1"]),
    botWaits: await both("botWait", ["k1"]),
  };
}
