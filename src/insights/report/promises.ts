import type { CaseFacts } from "../../store/sql/insight-store.ts";
import type { OverPromise } from "./report.ts";
import { firstReplies, quantile } from "./response-times.ts";

/** Touchpoints at which a promise was broken, the most broken first. */
export function overPromiseOf(cases: readonly CaseFacts[]): OverPromise[] {
  const places = new Map<string, CaseFacts[]>();
  for (const one of cases) {
    const key = JSON.stringify([one.stage, one.channel, one.team]);
    const same = places.get(key);
    if (same === undefined) places.set(key, [one]);
    else same.push(one);
  }
  return [...places.values()]
    .flatMap((same) => {
      const [first] = same;
      const broken = same.filter((one) => one.broken > 0).length;
      if (first === undefined || broken === 0) return [];
      const { stage, channel, team } = first;
      const median = quantile(firstReplies(same), 0.5);
      return [{ stage, channel, team, cases: same.length, broken, medianFirstReplyMs: median }];
    })
    .sort((a, b) => b.broken - a.broken || b.cases - a.cases);
}
