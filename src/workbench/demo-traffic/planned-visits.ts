import type { Intent } from "../../content/content.ts";
import type { DemoDay } from "./demo-days.ts";
import type { Draws } from "./draws.ts";
import type { DayOfMatters, PlannedCustomer, PlannedMatter, PlannedVisit } from "./planned-visit.ts";
import { backAgain, hourWeights, lifecycleShares, pagesOf, placements, wishShares } from "./traffic-mix.ts";

const hourMs = 3_600_000;
/** A visit brings a second matter so often. */
const secondMatter = 0.18;
/** A visit is one of a customer who was here before, with another matter. */
const regular = 0.15;
/** Days after which a customer comes with something new, at the least: an earlier visit is over by then. */
const fewestDaysBetween = 3;
/** Somebody whose matter is not settled comes back on one of the days up to this one. */
const mostDaysUntilBack = 9;

const languages: ReadonlyMap<PlannedCustomer["language"], number> = new Map([
  ["en", 0.34],
  ["fil", 0.3],
  ["mixed", 0.36],
]);
const referrers: ReadonlyMap<string, number> = new Map([
  ["https://www.facebook.com/", 3],
  ["https://www.google.com/", 2],
  ["", 5],
]);

interface Known {
  readonly customer: PlannedCustomer;
  /** Day from which they may come with something new. */
  free: number;
}

/** The people behind the counts: visits with their customers, hours and manners. */
export function plannedVisits(counted: readonly DayOfMatters[], draws: Draws): PlannedVisit[] {
  // Days like the first ones went before, unseen: some who come on the first days come back.
  const unseen = counted.slice(0, mostDaysUntilBack);
  const days = [...unseen, ...counted];
  const known: readonly Known[][] = placements.map(() => []);
  const comingBack = new Map<number, { known: Known; intent: Intent }[]>();
  const visits: PlannedVisit[] = [];

  const plan = (index: number, day: DemoDay, who: Known, matters: readonly PlannedMatter[]) => {
    const visit = visitOf(day, who.customer, matters, draws);
    if (index >= unseen.length) visits.push(visit);
    who.free = Math.max(who.free, index + fewestDaysBetween);
    for (const { intent } of matters) {
      if (intent === null || !draws.happens(backAgain[intent.kind])) continue;
      // Not the next morning: a visit lasts until a day of silence has passed.
      const back = index + 2 + Math.floor(draws.chance() * (mostDaysUntilBack - 1));
      comingBack.set(back, [...(comingBack.get(back) ?? []), { known: who, intent }]);
      who.free = Math.max(who.free, back + fewestDaysBetween);
    }
  };

  for (const [index, { day, matters }] of days.entries()) {
    for (const { known: who, intent } of comingBack.get(index) ?? [])
      plan(index, day, who, [{ intent, again: true }]);
    for (const [placement, those] of Map.groupBy(matters, (matter) => matter.placement)) {
      const left = shuffled(those, draws);
      for (let matter = left.pop(); matter !== undefined; matter = left.pop()) {
        const first = matter.intent;
        const second = draws.happens(secondMatter) ? left.at(-1)?.intent : undefined;
        const two = first !== null && second !== undefined && second !== null && second !== first;
        if (two) left.pop();
        const own = (two ? [first, second] : [first]).map((intent) => ({ intent, again: false }));
        plan(index, day, comer(known[placement] ?? [], index, placement, first, draws), own);
      }
    }
  }
  return visits;
}

function shuffled<Item>(items: readonly Item[], draws: Draws): Item[] {
  return items
    .map((item) => ({ item, place: draws.chance() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

/** Somebody who was here before and may come again, else somebody new. */
function comer(pool: Known[], day: number, placement: number, intent: Intent | null, draws: Draws): Known {
  if (draws.happens(regular)) {
    const seen = draws.oneOf(pool);
    if (seen !== undefined && seen.free <= day) return seen;
  }
  const lifecycle = draws.weighted(lifecycleShares(intent?.stage ?? "")) ?? "unknown";
  const language = draws.weighted(languages) ?? "en";
  const customer = { placement: placements[placement] ?? placements[0], language, lifecycle };
  const someone = { customer, free: day };
  pool.push(someone);
  return someone;
}

function visitOf(
  day: DemoDay,
  customer: PlannedCustomer,
  matters: readonly PlannedMatter[],
  draws: Draws,
): PlannedVisit {
  const hour = Number(draws.weighted(hourWeights) ?? 20);
  const at = day.at + Math.floor(hour * hourMs + draws.chance() * hourMs);
  return {
    at,
    day,
    customer,
    matters,
    ...sourceOf(day, customer, matters, draws),
    greets: draws.happens(0.3),
    bursts: draws.happens(0.22),
    thanks: draws.happens(0.2),
    asksPerson: draws.happens(0.04),
    wish: draws.happens(0.025) ? draws.weighted(wishShares) : undefined,
  };
}

function sourceOf(
  day: DemoDay,
  { placement }: PlannedCustomer,
  matters: readonly PlannedMatter[],
  draws: Draws,
): Pick<PlannedVisit, "page" | "referrer" | "campaign"> {
  if (placement.channel === "sms") return {};
  const sale = day.payday && draws.happens(0.4) ? "payday-sale" : undefined;
  const campaign = sale ?? (draws.happens(0.1) ? "fb-new-arrivals" : undefined);
  const named = campaign === undefined ? {} : { campaign };
  if (placement.channel === "messenger") return named;
  const page = draws.oneOf(pagesOf(matters[0]?.intent?.stage ?? ""));
  const referrer = draws.weighted(referrers);
  return {
    ...named,
    ...(page === undefined ? {} : { page }),
    ...(referrer === undefined || referrer === "" ? {} : { referrer }),
  };
}
