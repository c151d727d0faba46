import type { CaseFacts } from "../../store/sql/insight-store.ts";
import type { Both } from "./figures.ts";
import type { ResponseTimes } from "./report.ts";

interface Bucket {
  /** Upper bound, ms; "Infinity" beyond the last. */
  readonly k1: string;
  readonly n: number;
}

/** The upper bound of the bucket in which this part of all waits lies; null where there are none, or it has no bound. */
function bound(buckets: readonly Bucket[], part: number): number | null {
  const sorted = buckets.map(({ k1, n }) => ({ bound: Number(k1), n })).sort((a, b) => a.bound - b.bound);
  const all = sorted.reduce((sum, { n }) => sum + n, 0);
  let sum = 0;
  for (const bucket of sorted) {
    sum += bucket.n;
    if (sum >= part * all) return Number.isFinite(bucket.bound) ? bucket.bound : null;
  }
  return null;
}

/** How long customers waited for the bot. */
export function botTimes({ now, before }: Both<readonly Bucket[]>): ResponseTimes {
  return {
    who: "bot",
    definition:
      "From the moment a customer's message was accepted to the moment the bot had decided its answer, waiting for the rest of a burst included. Upper bounds of buckets that double (1 ms to 65.5 s). Turns in which the bot said nothing are left out, and so is the time that the provider takes to deliver.",
    count: now.reduce((sum, { n }) => sum + n, 0),
    medianMs: bound(now, 0.5),
    p90Ms: bound(now, 0.9),
    p99Ms: bound(now, 0.99),
    before: { medianMs: bound(before, 0.5), p90Ms: bound(before, 0.9) },
  };
}

/** The smallest value that this part of all does not exceed (the nearest rank). */
export function quantile(values: readonly number[], part: number): number | null {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
}

/** Waits of the customers whose case a person answered, ms. */
export function firstReplies(cases: readonly CaseFacts[]): number[] {
  return cases.flatMap(({ opened_at, first_replied_at }) =>
    first_replied_at === null ? [] : [first_replied_at - opened_at],
  );
}

/** How long customers waited for a person. */
export function peopleTimes({ now, before }: Both<readonly CaseFacts[]>): ResponseTimes {
  const [waits, earlier] = [firstReplies(now), firstReplies(before)];
  return {
    who: "people",
    definition: `From the moment a case was opened to the first words of a person, in clock time: nights, Sundays and holidays count. Cases that nobody answered are left out (${String(now.length - waits.length)} of ${String(now.length)} opened in this period).`,
    count: waits.length,
    medianMs: quantile(waits, 0.5),
    p90Ms: quantile(waits, 0.9),
    p99Ms: quantile(waits, 0.99),
    before: { medianMs: quantile(earlier, 0.5), p90Ms: quantile(earlier, 0.9) },
  };
}
