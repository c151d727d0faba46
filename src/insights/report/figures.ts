import type { InsightStore } from "../../store/sql/insight-store.ts";
import type { SpreadSums } from "../../store/sql/spread-sums.ts";
import type { Sum } from "../../store/sql/sums.ts";
import { keyValues, type Measure } from "../../turn/counting/contribution.ts";
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
  readonly channels: Both<Sums<"kind" | "stage" | "intent" | "k1">>;
  readonly devices: Both<Sums<"kind" | "stage" | "intent" | "k2">>;
  readonly languages: Both<Sums<"kind" | "stage" | "intent" | "k3">>;
  readonly owners: Both<Sums<"kind" | "stage" | "intent" | "k1" | "k2">>;
  readonly handOffs: Both<Sums<"k1" | "k2">>;
  readonly pages: Both<Sums<"k1">>;
  readonly campaigns: Both<Sums<"k1">>;
  readonly hours: Both<Sums<"k1">>;
  readonly wishes: Both<Sums<"k1">>;
  readonly botWaits: Both<Sums<"k1">>;
}

const filing = ({ kind, stage, intent }: Sum<"kind" | "stage" | "intent">) => `${kind}/${stage}/${intent}`;

const each = <From, To>({ now, before }: Both<From>, to: (value: From) => To): Both<To> => ({
  now: to(now),
  before: to(before),
});

const inOrder = <From, To>(
  { now, before }: Both<From>,
  to: (value: From) => readonly To[],
): readonly To[] => [...to(before), ...to(now)];

/** Reads the sums of both periods. Costs what two months hold, however long the log is. */
export async function readFigures(
  store: Pick<InsightStore, "sums" | "spread">,
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
  const spread = async (measure: keyof typeof keyValues): Promise<Both<SpreadSums>> => ({
    now: await store.spread({ measure, from: period.from, to: period.to, keys: keyValues[measure] }),
    before: await store.spread({ measure, ...whole, keys: keyValues[measure] }),
  });
  const concerns = await spread("concern");
  const places = await spread("where");
  const cell = ["kind", "stage", "intent"] as const;
  return {
    concernsByDay: inOrder(concerns, (all) => all.together((sum) => `${sum.day}/${filing(sum)}`).sums),
    fatesByDay: inOrder(concerns, (all) =>
      all.together(({ day, kind, k1 }) => `${day}/${kind}/${k1}`).byK3(),
    ),
    followUpsByDay: await daily("followUp", ["day", "kind"]),
    turnsByDay: await daily("turn", ["day", "k1"]),
    fates: each(concerns, (all) => all.together((sum) => `${filing(sum)}/${sum.k1}`).byK2()),
    channels: each(places, (all) => all.together((sum) => `${filing(sum)}/${sum.k1}`).sums),
    devices: each(places, (all) => all.together(filing).byK2()),
    languages: each(places, (all) => all.together(filing).byK3()),
    owners: await both("owner", [...cell, "k1", "k2"]),
    handOffs: await both("handOff", ["k1", "k2"]),
    pages: await both("page", ["k1"]),
    campaigns: await both("campaign", ["k1"]),
    hours: await both("hour", ["k1"]),
    wishes: await both("wish", ["k1"]),
    botWaits: await both("botWait", ["k1"]),
  };
}
