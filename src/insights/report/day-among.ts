import type { BusinessDays } from "../../turn/counting/business-day.ts";

/**
 * Tells on which of these days (in order) an instant lies: of tens of thousands of cases without asking the time zone
 * for each. An instant before them all counts on the first.
 */
export function dayAmong(among: readonly string[], days: BusinessDays): (at: number) => string {
  const starts = among.map((day) => days.startOf(day));
  return (at) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? Infinity) <= at) low = middle;
      else high = middle;
    }
    return among[low] ?? "";
  };
}
