import { devices } from "../../basics/activity.ts";
import { lifecycles } from "../../content/ownership.ts";
import { utteranceLanguages } from "../../conversation/recognized.ts";
import type { BusinessDays } from "./business-day.ts";
import { fateOf, type CountedConcern } from "./concern.ts";
import type { CountableTurn } from "./countable-turn.ts";

/**
 * What reports count, by business day. A rollup is the sum of what every concern and every turn contributes; a change
 * of a concern is counted as what it contributes now, less what it contributed before.
 *
 * | measure | one for each | k1 | k2 | k3 |
 * | --- | --- | --- | --- | --- |
 * | `concern` | concern | fate: contained, handedOff, notSolved | lifecycle | days until the contact was back: "", "1", "7", "30" |
 * | `where` | concern | channel | device | language |
 * | `page` | concern that names its page | page | | |
 * | `campaign` | concern that names one | campaign | referrer's host | |
 * | `owner` | concern | team, "" for nobody | channel | account |
 * | `handOff` | concern handed over | reason | team | |
 * | `followUp` | concern that follows up an earlier visit | | | |
 * | `turn` | turn of a customer | outcome | channel | "late" where an older message arrived after a newer one, else "" |
 * | `hour` | turn of a customer | hour of the business day, "00" to "23" | channel | |
 * | `botWait` | turn of a customer to which the bot said something | upper bound of the wait's bucket, ms | channel | |
 * | `wish` | turn in which the customer asked to be written to elsewhere | channel | | |
 *
 * Measures of turns keep the turn's own kind, stage and intent ("" where there is none). Keys hold names of channels,
 * pages and the like, never a person's words, numbers or addresses.
 */
export const measures = [
  "concern",
  "where",
  "page",
  "campaign",
  "owner",
  "handOff",
  "followUp",
  "turn",
  "hour",
  "botWait",
  "wish",
] as const;
export type Measure = (typeof measures)[number];

/** One sum: how often (`n`, may be negative in a delta) something was seen on a business day. */
export interface Count {
  readonly measure: Measure;
  readonly day: string;
  readonly kind: string;
  readonly stage: string;
  readonly intent: string;
  readonly k1: string;
  readonly k2: string;
  readonly k3: string;
  readonly n: number;
}

/** Values of the keys of a measure that have few: all that `k2` and `k3` hold beside "". */
export const keyValues = {
  concern: { k2: lifecycles, k3: ["1", "7", "30"] },
  where: { k2: devices, k3: utteranceLanguages },
} as const;

const dayMs = 24 * 60 * 60 * 1000;
/** Days within which a contact who was back is counted, each for those who were not back sooner. */
const backWithinDays = [1, 7, 30] as const;

function backOf({ backAfterMs }: CountedConcern): string {
  const days = backAfterMs === null ? undefined : backWithinDays.find((most) => backAfterMs <= most * dayMs);
  return days === undefined ? "" : String(days);
}

/** The longest wait that has a bucket of its own, ms. */
const longestWaitMs = 65_536;

/** The smallest power of two that is not below the wait: "1" to "65536", else "Infinity". */
function waitBucket(waitMs: number): string {
  for (let bound = 1; bound <= longestWaitMs; bound *= 2) if (waitMs <= bound) return String(bound);
  return "Infinity";
}

interface Cell {
  readonly day: string;
  readonly kind: string;
  readonly stage: string;
  readonly intent: string;
}

function one(cell: Cell, measure: Measure, k1 = "", k2 = "", k3 = ""): Count {
  const { day, kind, stage, intent } = cell;
  return { measure, day, kind, stage, intent, k1, k2, k3, n: 1 };
}

/** What a concern adds to the sums, on the day on which it was opened. */
export function contributionOf(concern: CountedConcern): readonly Count[] {
  const { day, kind, intent, channel, account, page, campaign, handOffReason } = concern;
  const cell = { day, kind, stage: concern.stage ?? "", intent };
  const counts = [
    one(cell, "concern", fateOf(concern), concern.lifecycle, backOf(concern)),
    one(cell, "where", channel, concern.device ?? "", concern.language ?? ""),
    one(cell, "owner", concern.team ?? "", channel, account),
  ];
  if (page !== null) counts.push(one(cell, "page", page));
  if (campaign !== null) counts.push(one(cell, "campaign", campaign, concern.referrer ?? ""));
  if (handOffReason !== null) counts.push(one(cell, "handOff", handOffReason, concern.handOffTeam ?? ""));
  if (concern.followUpOf !== null) counts.push(one(cell, "followUp"));
  return counts;
}

/** True where two states of one concern add the same: most turns go on with a concern and change none of its sums. */
export function addsTheSame(before: CountedConcern, after: CountedConcern): boolean {
  return (
    fateOf(before) === fateOf(after) &&
    backOf(before) === backOf(after) &&
    sameMembers.every((member) => before[member] === after[member])
  );
}

/** What a concern's sums are made of, beside its fate and return; its visit, intent, day and channel never change. */
const sameMembers = [
  ...(["kind", "stage", "lifecycle", "language", "device", "page", "referrer", "campaign", "team"] as const),
  ...(["handOffReason", "handOffTeam", "followUpOf"] as const),
];

/** What a turn adds to the sums, on the day on which it was decided. */
export function contributionOfTurn(turn: CountableTurn, days: BusinessDays): readonly Count[] {
  const { channel, outcome, wishedChannel } = turn;
  if (!turn.byCustomer && wishedChannel === null) return [];
  const { day, hour } = days.of(turn.at);
  const cell = { day, kind: turn.kind, stage: turn.stage ?? "", intent: turn.intent ?? "" };
  const counts: Count[] = [];
  if (turn.byCustomer) {
    counts.push(
      one(cell, "turn", outcome, channel, turn.late ? "late" : ""),
      one(cell, "hour", hour, channel),
    );
    if (outcome !== "silent")
      counts.push(one(cell, "botWait", waitBucket(turn.at - turn.acceptedAt), channel));
  }
  if (wishedChannel !== null) counts.push(one(cell, "wish", wishedChannel));
  return counts;
}
