import type { Content, Intent, Kind } from "../../content/content.ts";
import type { Lifecycle } from "../../content/ownership.ts";

/* Made up, and plausible for a shop in the Philippines that sells by its page and its site: what is asked at which
 * stage, where and by whom. Stages that are not named here take `any`, so that other content has traffic too. */

type ByStage<Value> = Readonly<Record<string, Value>> & { readonly any: Value };

function at<Value>(table: ByStage<Value>, stage: string): Value {
  return table[stage] ?? table.any;
}

const shares: ByStage<Readonly<Record<Kind, number>>> = {
  any: { question: 6, task: 3, problem: 4, other: 0 },
  discovery: { question: 16, task: 2, problem: 2, other: 0 },
  "account-creation": { question: 9, task: 5, problem: 6, other: 0 },
  ordering: { question: 6, task: 5, problem: 4, other: 0 },
  payment: { question: 6, task: 2, problem: 5, other: 0 },
  delivery: { question: 9, task: 6, problem: 11, other: 0 },
  returns: { question: 5, task: 3, problem: 5, other: 0 },
  retention: { question: 4, task: 2, problem: 2, other: 0 },
};

const linesOf = ({ utterances }: Intent) => utterances.en.length + utterances.fil.length;

/**
 * Intents asked for as matters, with their part of all. Of each cell a few are asked much and most of it seldom; the
 * much asked ones are those that the maintainer wrote most lines for.
 */
export function intentShares(content: Content): ReadonlyMap<Intent, number> {
  const cells = Map.groupBy(
    [...content.intents.values()].filter(({ kind }) => kind !== "other"),
    ({ stage, kind }) => `${stage} ${kind}`,
  );
  const weights = [...cells.values()].flatMap((intents) => {
    const parts = intents.map((_, rank) => 1 / (1 + rank) ** 1.5);
    const whole = parts.reduce((sum, part) => sum + part, 0);
    return intents
      .toSorted((one, other) => linesOf(other) - linesOf(one))
      .map((intent, rank) => {
        const share = at(shares, intent.stage)[intent.kind];
        return [intent, (share * (parts[rank] ?? 0)) / whole] as const;
      });
  });
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  return new Map(weights.map(([intent, weight]) => [intent, weight / total]));
}

/** Where a customer sits: only the site tells the device. */
export interface Placement {
  readonly channel: "webchat" | "messenger" | "sms";
  readonly device?: "mobile" | "desktop";
}

export const placements = [
  { channel: "webchat", device: "mobile" },
  { channel: "webchat", device: "desktop" },
  { channel: "messenger" },
  { channel: "sms" },
] as const satisfies readonly Placement[];

/** In the order of `placements`. */
const placementShares: ByStage<readonly [number, number, number, number]> = {
  any: [0.35, 0.12, 0.4, 0.13],
  discovery: [0.38, 0.12, 0.44, 0.06],
  // Whoever signs up is on the site.
  "account-creation": [0.58, 0.15, 0.2, 0.07],
  ordering: [0.44, 0.17, 0.29, 0.1],
  payment: [0.4, 0.13, 0.35, 0.12],
  delivery: [0.31, 0.09, 0.42, 0.18],
  returns: [0.31, 0.12, 0.43, 0.14],
};

/** Part of a stage's matters that comes from the placement at this index of `placements`. */
export function placementShare(stage: string, placement: number): number {
  return at(placementShares, stage)[placement] ?? 0;
}

type Lifecycles = ReadonlyMap<Lifecycle, number>;

function lifecycleMix(prospect: number, first: number, repeat: number, unknown: number): Lifecycles {
  return new Map([
    ["prospect", prospect],
    ["first-purchase", first],
    ["repeat-purchase", repeat],
    ["unknown", unknown],
  ]);
}

const lifecycles: ByStage<Lifecycles> = {
  any: lifecycleMix(0.2, 0.25, 0.35, 0.2),
  discovery: lifecycleMix(0.5, 0.15, 0.15, 0.2),
  "account-creation": lifecycleMix(0.55, 0.2, 0.07, 0.18),
  delivery: lifecycleMix(0.02, 0.38, 0.45, 0.15),
  returns: lifecycleMix(0.02, 0.38, 0.45, 0.15),
};

export function lifecycleShares(stage: string): Lifecycles {
  return at(lifecycles, stage);
}

const site = "https://tindahan.example";
const pages: ByStage<readonly string[]> = {
  any: ["/", "/help"],
  discovery: ["/", "/new-arrivals", "/sale", "/shoes"],
  "account-creation": ["/sign-up", "/sign-up", "/login"],
  ordering: ["/cart", "/checkout"],
  payment: ["/checkout/payment", "/checkout/payment", "/help/payment"],
  delivery: ["/my-orders", "/help/delivery"],
  returns: ["/my-orders", "/help/returns"],
  retention: ["/rewards", "/"],
};

/** Addresses of the pages on which matters of this stage come up. */
export function pagesOf(stage: string): readonly string[] {
  return at(pages, stage).map((path) => `${site}${path}`);
}

/** Matters by weekday, Sunday first: people shop at the weekend. */
export const weekdayFactors = [1.14, 1.02, 0.93, 0.92, 0.95, 1.02, 1.13] as const;
export const paydayFactor = 1.22;
/** On a holiday people are with their families. */
export const holidayFactor = 0.5;

/** Matters by hour of the day: lunch, and the evening after work. */
export const hourWeights: ReadonlyMap<string, number> = new Map(
  [
    2, 1, 0.6, 0.4, 0.4, 0.7, 1.3, 2.2, 3.3, 4.5, 5.2, 5.5, 6, 5.3, 4.8, 4.8, 5, 5.4, 5.9, 6.7, 7.6, 7.7, 6.1,
    3.9,
  ].map((weight, hour) => [String(hour), weight] as const),
);

/** How likely a customer is back with the same matter on a later day. */
export const backAgain: Readonly<Record<Kind, number>> = {
  problem: 0.14,
  task: 0.07,
  question: 0.03,
  other: 0,
};

/** Where customers ask to be written to. */
const wishedDemoChannels = ["viber", "sms", "messenger", "call", "email", "whatsapp"] as const;
export type WishedDemoChannel = (typeof wishedDemoChannels)[number];
/** The first ones most. */
export const wishShares: ReadonlyMap<WishedDemoChannel, number> = new Map(
  wishedDemoChannels.map((channel, rank) => [channel, 1 / (1 + rank)]),
);
