import type { Kind } from "../../content/content.ts";
import type { Lifecycle } from "../../content/ownership.ts";

/** An estimate with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * How a count moved against the rest of the traffic of the same days, each class of days (working days, Saturdays,
 * Sundays, holidays) within itself: growth of all traffic and the calendar are no change. `rose` and `fell` only where
 * it moved by more than chance, with all comparisons of the report controlled together
 * (src/insights/statistics/judge-shifts.ts).
 */
export interface Change {
  readonly verdict: "rose" | "fell" | "withinNoise" | "tooFew";
  /** Now over before, each over the rest of the traffic: 1.38 is 38 % more. Null where nothing was counted before. */
  readonly ratio: Estimate | null;
  /** Of the test of "no change", before the control for many comparisons; null where none was made. */
  readonly p: number | null;
}

/** Business days, both inclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
  /** Days of it that have passed and are counted. */
  readonly days: number;
  readonly workingDays: number;
  readonly holidays: readonly { readonly day: string; readonly name: string }[];
}

/** One cell of the matrix of kind and stage. */
export interface Cell {
  readonly kind: Kind;
  readonly stage: string;
  readonly count: number;
  readonly before: number;
  readonly change: Change;
  readonly byLifecycle: Readonly<Record<Lifecycle, number>>;
  /** Concerns by business day of the period before and of this one, in order: for lines. */
  readonly daily: readonly number[];
  /** Titles, largest first. */
  readonly intents: readonly { readonly intent: string; readonly count: number }[];
  readonly team: string | null;
  /** What its customers wrote first, newest first; from the newest concerns of the period alone. */
  readonly examples: readonly Example[];
}

export interface IntentLine {
  readonly intent: string;
  readonly title: string;
  readonly kind: Kind;
  readonly stage: string | null;
  readonly team: string | null;
  readonly count: number;
  readonly before: number;
  /** Of all concerns of the period, from 0 to 1. */
  readonly share: number;
  readonly change: Change;
  readonly containment: number | null;
}

/** A shift that is more than chance: what, by how much, where it is strongest, and whom it concerns. */
export interface Finding {
  /** Plain words: "Questions about account creation rose 38 % (21 % to 57 %), most on mobile". */
  readonly sentence: string;
  readonly direction: "rose" | "fell";
  readonly about: {
    readonly kind: Kind | null;
    readonly stage: string | null;
    readonly intent: string | null;
  };
  readonly ratio: Estimate;
  readonly p: number;
  readonly before: number;
  readonly count: number;
  /** Where the shift is concentrated beyond chance: device, channel, language, lifecycle. */
  readonly where: readonly { readonly dimension: string; readonly value: string; readonly ratio: Estimate }[];
  readonly team: string | null;
  /** Intents of the cell that moved by themselves too, strongest first; empty for an intent's own finding. */
  readonly intents?: readonly { readonly intent: string; readonly title: string; readonly ratio: Estimate }[];
  /** What customers wrote first, newest first, where the shift is strongest. */
  readonly examples: readonly Example[];
}

/** What a customer wrote, masked, and where it is in the log. */
export interface Example {
  readonly turnId: string;
  readonly at: string;
  readonly channel: string;
  readonly text: string;
}

/** A share with its definition: nothing is shown without saying of what. */
export interface RateLine {
  readonly id: string;
  readonly title: string;
  readonly definition: string;
  readonly denominator: string;
  readonly exclusions: string;
  readonly count: number;
  readonly of: number;
  /** From 0 to 1 with Wilson's 95 % interval; null where `of` is 0. */
  readonly now: Estimate | null;
  readonly before: Estimate | null;
  /** Now less before, with Newcombe's 95 % interval. */
  readonly difference?: Estimate | null;
  readonly change: "rose" | "fell" | "withinNoise" | "tooFew";
}

/** Response times of one side. Milliseconds; quantiles are upper bounds of the histogram's buckets for the bot. */
export interface ResponseTimes {
  readonly who: "bot" | "people";
  readonly definition: string;
  readonly count: number;
  readonly medianMs: number | null;
  readonly p90Ms: number | null;
  readonly p99Ms: number | null;
  readonly before: { readonly medianMs: number | null; readonly p90Ms: number | null };
}

export interface MixLine {
  readonly value: string;
  readonly count: number;
  readonly before: number;
  readonly share: number;
}

/** Misses that look alike. */
export interface MissGroup {
  /** A line that stands for the group. */
  readonly like: string;
  readonly count: number;
  readonly examples: readonly Example[];
}

/** What one team has to know: the figures of its own touchpoints. */
export interface TeamPage {
  readonly team: string;
  readonly name: string;
  readonly concerns: number;
  readonly before: number;
  readonly handOffs: number;
  readonly handOffsByReason: readonly MixLine[];
  readonly firstReply: ResponseTimes;
  readonly promises: { readonly made: number; readonly broken: number };
  readonly findings: readonly Finding[];
  readonly topIntents: readonly IntentLine[];
}

/** A touchpoint whose promise was broken. */
export interface OverPromise {
  readonly stage: string | null;
  readonly channel: string;
  readonly team: string;
  readonly cases: number;
  readonly broken: number;
  readonly medianFirstReplyMs: number | null;
}

/** The month, as a business reads it. Everything here is counted or computed, nothing is written by hand. */
export interface Report {
  readonly title: string;
  readonly period: Period;
  readonly before: Period;
  readonly timeZone: string;
  /** When it was made, and up to when turns are counted in it, ISO 8601. */
  readonly madeAt: string;
  readonly countedThrough: string;
  /** The period is not over yet. */
  readonly running: boolean;
  /** Traffic made up by `kumusta demo`, with its seed; null for real traffic. */
  readonly demo: { readonly seed: number } | null;
  /** The rate at which a report without any shift names one all the same, at most. */
  readonly falseAlarmRate: number;
  readonly comparisons: number;
  readonly totals: {
    readonly concerns: number;
    readonly concernsBefore: number;
    readonly customerTurns: number;
    readonly customerTurnsBefore: number;
    /** All concerns, day for day: Mondays against Mondays, holidays against holidays. */
    readonly change?: Change;
    /** The same in words. */
    readonly sentence?: string;
    readonly daily: readonly { readonly day: string; readonly concerns: number; readonly off: boolean }[];
  };
  readonly kinds: readonly Kind[];
  readonly stages: readonly { readonly id: string; readonly title: string }[];
  readonly cells: readonly Cell[];
  readonly findings: readonly Finding[];
  readonly intents: readonly IntentLine[];
  readonly rates: readonly RateLine[];
  readonly responseTimes: readonly ResponseTimes[];
  readonly mix: {
    readonly channels: readonly MixLine[];
    readonly devices: readonly MixLine[];
    readonly languages: readonly MixLine[];
    readonly pages: readonly MixLine[];
    readonly campaigns: readonly MixLine[];
    readonly hours: readonly MixLine[];
    /** Channels where customers asked to be written to. */
    readonly wishedChannels: readonly MixLine[];
  };
  readonly misses: { readonly turns: number; readonly looked: number; readonly groups: readonly MissGroup[] };
  readonly withoutOwner: readonly {
    readonly stage: string | null;
    readonly channel: string;
    readonly count: number;
  }[];
  readonly overPromise: readonly OverPromise[];
  readonly teams: readonly TeamPage[];
}
