import type { Action } from "../turn/ports.ts";

/** Where a parcel of the sample shop is, by how many days ago its order was placed. */
const journey = [
  { statusEn: "being packed at our warehouse", statusFil: "Pina-pack pa sa warehouse" },
  { statusEn: "at the Manila sorting hub", statusFil: "Nasa Manila sorting hub" },
  { statusEn: "on its way to your city", statusFil: "Papunta na sa inyong lungsod" },
  { statusEn: "out for delivery", statusFil: "Out for delivery na" },
] as const;

const dayMs = 86_400_000;
const date = new Intl.DateTimeFormat("en-PH", { month: "long", day: "numeric", timeZone: "Asia/Manila" });

/**
 * The order book of the sample shop: numbers 100000 to 899999 are orders placed in the last four days, by their
 * last digit. A business replaces this with its own endpoint.
 */
export function demoOrderStatus(now: () => number): Action {
  return {
    name: "orders.status",
    timeoutMs: 10_000,
    perform: (input) => {
      const number = Number(input["orderNumber"]);
      if (!Number.isInteger(number) || number < 100_000 || number > 899_999)
        return Promise.reject(new RangeError("no such order"));
      const day = number % journey.length;
      const at = journey[day] ?? journey[0];
      return Promise.resolve({ ...at, arrives: date.format(now() + (journey.length - day) * dayMs) });
    },
  };
}
