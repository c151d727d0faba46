import { describe, expect, it } from "@jest/globals";
import { daysFrom } from "../../../src/insights/report/calendar.ts";
import { findShifts, type CountedDay } from "../../../src/insights/report/find-shifts.ts";
import { madeUpDays } from "../statistics/made-up-days.ts";

const days = daysFrom("2026-08-01", "2026-09-30");
const [before, now] = [days.slice(0, 31), days.slice(31)];

/** Forty intents, four to a cell; some multiplied in the second month. */
function found(seed: number, factor: (intent: number) => number) {
  const { intents } = madeUpDays({ seed, perDay: 600, intents: 40, day: 0.1, drift: 0, month: 0 });
  const concerns = intents.flatMap((counts, intent) =>
    counts.map((n, day): CountedDay => ({
      day: days[day] ?? "",
      kind: intent % 2 === 0 ? "question" : "problem",
      stage: `stage-${String(intent % 10)}`,
      intent: `intent-${String(intent)}`,
      n: day >= 31 ? Math.round(n * factor(intent)) : n,
    })),
  );
  return findShifts({
    before,
    now,
    concerns,
    rates: [],
    content: { teams: new Map() },
    falseAlarmRate: 0.05,
  });
}

const told = ({ shifts }: ReturnType<typeof found>) =>
  shifts.map(({ kind, stage, intent, judgement }) => ({
    kind,
    stage,
    intent,
    rose: judgement.judged.ratio.value > 1,
  }));

describe("a shift", () => {
  it("of a whole cell is one finding that lists its intents", () => {
    const cell = found(1, (intent) => (intent % 10 === 4 ? 2 : 1));
    expect(told(cell)).toEqual([{ kind: "question", stage: "stage-4", intent: null, rose: true }]);
    expect(cell.shifts[0]?.intents.map(({ intent }) => intent)).toContain("intent-4");
  });

  it("of one intent in a cell that did not move is the intent's own", () => {
    expect(told(found(2, (intent) => (intent === 4 ? 2 : 1)))).toEqual([
      { kind: "question", stage: "stage-4", intent: "intent-4", rose: true },
    ]);
  });

  it("against its cell is told beside it", () => {
    const both = told(found(3, (intent) => (intent === 4 ? 0.3 : intent % 10 === 4 ? 3 : 1)));
    expect(both).toContainEqual({ kind: "question", stage: "stage-4", intent: "intent-4", rose: false });
    expect(both.filter(({ rose }) => rose).length).toBeGreaterThan(0);
  });

  it("of all traffic together is none of any part, and is seen in the total", () => {
    const grown = found(4, () => 2);
    expect(told(grown)).toEqual([]);
    expect(grown.total?.ratio.value).toBeGreaterThan(1.5);
    expect(grown.total?.p).toBeLessThan(0.001);
  });

  it("is not looked for where nearly nothing was asked", () => {
    const { ofIntent, comparisons } = findShifts({
      ...{ before, now, rates: [], content: { teams: new Map() }, falseAlarmRate: 0.05 },
      concerns: [{ day: days[40] ?? "", kind: "task", stage: "s", intent: "rare", n: 19 }],
    });
    expect(ofIntent("rare")).toBeNull();
    expect(comparisons).toBe(0);
  });
});
