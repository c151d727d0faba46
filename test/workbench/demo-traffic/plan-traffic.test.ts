import { describe, expect, it } from "@jest/globals";
import { KumustaError } from "../../../src/basics/errors.ts";
import { demoDays } from "../../../src/workbench/demo-traffic/demo-days.ts";
import { planTraffic } from "../../../src/workbench/demo-traffic/plan-traffic.ts";
import type { PlannedVisit } from "../../../src/workbench/demo-traffic/planned-visit.ts";
import { plantedShifts } from "../../../src/workbench/demo-traffic/planted-shifts.ts";
import { TimeQueue } from "../../../src/workbench/demo-traffic/time-queue.ts";
import { sampleShop as content } from "../../sample-shop.ts";

const now = Date.parse("2026-11-22T08:00:00Z");
const months = { months: 3, until: "2026-09" };

function planOf(options: { readonly seed?: number; readonly shifts?: typeof plantedShifts }) {
  const days = demoDays(content, now, months);
  return planTraffic({ content, days, perDay: 200, seed: 1, shifts: plantedShifts, ...options });
}

const plan = planOf({});

const matters = (visits: readonly PlannedVisit[]) =>
  visits.flatMap(({ day, customer, matters: own }) =>
    own.map(({ intent }) => ({ day, intent, ...customer.placement })),
  );

describe("the days of made-up traffic", () => {
  it("end with the last month that is compared over holidays", () => {
    const days = demoDays(content, now, { months: 3 });
    // October and September 2026 have no holidays; August has two.
    expect([days[0]?.day, days.at(-1)?.day]).toEqual(["2026-07-01", "2026-09-30"]);
    expect(days.filter(({ holiday }) => holiday).map(({ day }) => day)).toEqual(["2026-08-21", "2026-08-31"]);
  });

  it("begin at midnight in Manila and hold a leap day", () => {
    const days = demoDays(content, now, { months: 1, until: "2028-02" });
    expect(days).toHaveLength(29);
    expect(days[28]).toMatchObject({ day: "2028-02-29", at: Date.parse("2028-02-29T00:00:00+08:00") });
  });

  it("are refused for what is no month", () => {
    expect(() => demoDays(content, now, { months: 3, until: "2026-13" })).toThrow(KumustaError);
  });
});

describe("a plan of traffic", () => {
  it("is the same for the same seed, and another for another", () => {
    const brief = ({ visits }: ReturnType<typeof planOf>) =>
      visits.slice(0, 200).map(({ at, matters: own }) => `${String(at)} ${own[0]?.intent?.id ?? ""}`);
    expect(brief(planOf({}))).toEqual(brief(plan));
    expect(brief(planOf({ seed: 2 }))).not.toEqual(brief(plan));
  });

  it("lets visits follow each other in time, each within its day", () => {
    const { visits } = plan;
    expect(visits.every(({ at }, i) => at >= (visits[i - 1]?.at ?? 0))).toBe(true);
    expect(visits.every(({ at, day }) => at >= day.at && at < day.at + 86_400_000)).toBe(true);
  });

  it("dips on holidays and swells at the weekend", () => {
    const { days, visits } = planOf({ shifts: [] });
    const mean = (which: (day: (typeof days)[number]) => boolean) => {
      const chosen = days.filter(which);
      return visits.filter(({ day }) => which(day)).length / chosen.length;
    };
    const working = mean((day) => !day.holiday && !day.payday && day.weekday > 0 && day.weekday < 6);
    // One of the two is a payday too.
    expect(mean((day) => day.holiday)).toBeLessThan(0.75 * working);
    expect(mean((day) => !day.holiday && (day.weekday === 0 || day.weekday === 6))).toBeGreaterThan(
      1.05 * working,
    );
  });

  it("holds the planted shifts and only where they were planted", () => {
    const all = matters(plan.visits);
    const ratio = (which: (matter: (typeof all)[number]) => boolean) => {
      const of = (month: number) =>
        all.filter((matter) => matter.day.month === month && which(matter)).length;
      return of(2) / of(1);
    };
    const signingUp = (device: string) => (matter: (typeof all)[number]) =>
      matter.intent?.stage === "account-creation" &&
      matter.intent.kind === "question" &&
      "device" in matter &&
      matter.device === device;
    expect(ratio(signingUp("mobile"))).toBeGreaterThan(2);
    expect(ratio(signingUp("desktop"))).toBeLessThan(1.4);
    expect(ratio(({ intent }) => intent?.id === "delivery.courier-complaint")).toBeGreaterThan(2);
    expect(ratio(({ intent }) => intent?.stage === "returns")).toBeLessThan(1.25);
  });
});

describe("a queue of times", () => {
  it("gives what was added in the order of its times, and of one time in the order of adding", () => {
    const queue = new TimeQueue<string>();
    const added = [5, 3, 9, 3, 1, 7, 1, 2, 8].map((at, order) => ({
      at,
      item: `${String(at)}.${String(order)}`,
    }));
    for (const { at, item } of added) queue.add(at, item);
    const taken = Array.from({ length: added.length }, () => queue.next()?.item);
    expect(taken).toEqual(added.toSorted((a, b) => a.at - b.at).map(({ item }) => item));
    expect(queue.next()).toBeUndefined();
  });
});
