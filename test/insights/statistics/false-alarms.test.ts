import { describe, expect, it } from "@jest/globals";
import { judgeShifts, type Judgements } from "../../../src/insights/statistics/judge-shifts.ts";
import { totalShift } from "../../../src/insights/statistics/total-shift.ts";
import { madeUpDays, type Traffic } from "./made-up-days.ts";

const seeds = Array.from({ length: 200 }, (_, i) => i + 1);
/** With a rate of 5 %, more than 20 alarms of 200 come with a chance of 1 in 1,000. */
const mostAlarms = 20;

function judged(traffic: Traffic): Judgements {
  const { frame, intents } = madeUpDays(traffic);
  const quarter = Math.floor(traffic.intents / 4);
  return judgeShifts({
    frame,
    parts: intents,
    groups: [
      ...intents.map((_, i) => ({ parts: [i], role: "alone" as const })),
      ...Array.from({ length: quarter }, (_, i) => ({
        parts: [i, i + quarter, i + 2 * quarter],
        role: "sum" as const,
      })),
    ],
    shares: [],
    falseAlarmRate: 0.05,
  });
}

const moved = ({ groups }: Judgements) => groups.flatMap((one, i) => (one?.moved === true ? [i] : []));

describe("traffic without a shift", () => {
  const steady = { perDay: 220, intents: 40, day: 0, drift: 0, month: 0 };
  it.each([
    ["that only chance moves", steady],
    ["of a small shop", { ...steady, perDay: 25, day: 0.5 }],
    ["whose days vary much and that grows by a third", { ...steady, day: 0.4, growth: 1.33 }],
    ["that drifts from week to week", { ...steady, perDay: 1_000, day: 0.2, drift: 0.15 }],
    ["whose months differ by a tenth", { ...steady, perDay: 1_000, day: 0.1, month: 0.1 }],
  ])("%s raises an alarm in at most 5 % of months", (_, traffic) => {
    const alarms = seeds.filter((seed) => moved(judged({ ...traffic, seed })).length > 0);
    expect(alarms.length).toBeLessThanOrEqual(mostAlarms);
  });

  it("does not name the total either", () => {
    const named = seeds.filter((seed) => {
      const { frame, totals } = madeUpDays({ ...steady, seed });
      return (totalShift(frame, totals)?.p ?? 1) < 0.05;
    });
    expect(named.length).toBeLessThanOrEqual(mostAlarms);
  });
});

describe("a shift", () => {
  const traffic = { perDay: 300, intents: 40, day: 0.2, drift: 0, month: 0.02 };

  it("that doubles an intent is found, and nothing falls because of it", () => {
    const found = seeds
      .slice(0, 60)
      .map((seed) => moved(judged({ ...traffic, seed, shift: { intent: 2, by: 2 } })));
    const [hits, others] = [
      found.filter((groups) => groups.includes(2)).length,
      // Group 42 is the cell that the intent belongs to.
      found.filter((groups) => groups.some((group) => group !== 2 && group !== 42)).length,
    ];
    expect(hits).toBeGreaterThanOrEqual(50);
    expect(others).toBeLessThanOrEqual(9);
  });

  it("of half of everything in the total is found, day for day", () => {
    const { frame, totals } = madeUpDays({ ...traffic, seed: 3, growth: 1.5 });
    const shift = totalShift(frame, totals);
    expect(shift?.p).toBeLessThan(0.001);
    expect(shift?.ratio.low).toBeLessThan(1.5);
    expect(shift?.ratio.high).toBeGreaterThan(1.4);
  });
});
