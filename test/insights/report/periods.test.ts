import { describe, expect, it } from "@jest/globals";
import { weekOf } from "../../../src/content/working-hours.ts";
import type { Team } from "../../../src/content/teams.ts";
import { calendarOf, dayClass } from "../../../src/insights/report/calendar.ts";
import { lastMonth, periodsOf } from "../../../src/insights/report/periods.ts";
import { businessDays } from "../../../src/turn/counting/business-day.ts";

const manila = businessDays("Asia/Manila");
const team: Team = {
  id: "support",
  name: "Support",
  answersWithinMinutes: 15,
  skills: [],
  hours: {
    timeZone: "Asia/Manila",
    week: weekOf([{ days: ["mon", "tue", "wed", "thu", "fri", "sat"], from: 540, to: 1080 }]),
    daysOff: new Set(["2026-11-01", "2026-11-30", "2026-11-17"]),
  },
};
const natureOf = calendarOf({ teams: new Map([["support", team]]) });
const at = (iso: string) => Date.parse(iso);

describe("a business month", () => {
  it("is held against the whole month before once it is over", () => {
    const { period, before, running } = periodsOf("2026-11", at("2026-12-05T00:00:00Z"), manila, natureOf);
    expect(running).toBe(false);
    expect(period).toMatchObject({ from: "2026-11-01", to: "2026-11-30", days: 30 });
    expect(before).toMatchObject({ from: "2026-10-01", to: "2026-10-31", days: 31, holidays: [] });
    // 25 days from Monday to Saturday, less the 17th and the 30th.
    expect(period.workingDays).toBe(23);
    expect(period.holidays).toEqual([
      { day: "2026-11-01", name: "All Saints' Day" },
      { day: "2026-11-17", name: "Day off" },
      { day: "2026-11-30", name: "Bonifacio Day" },
    ]);
  });

  it("that runs is counted by the days that are over, against as many before", () => {
    // 00:30 on 1 March in Manila is still February in UTC.
    const first = periodsOf("2026-03", at("2026-02-28T16:30:00Z"), manila, natureOf);
    expect(first).toMatchObject({ running: true, period: { from: "2026-03-01", to: "2026-03-01", days: 1 } });
    const last = periodsOf("2026-03", at("2026-03-31T12:00:00Z"), manila, natureOf);
    expect(last).toMatchObject({
      running: true,
      period: { to: "2026-03-30", days: 30 },
      before: { from: "2026-02-01", to: "2026-02-28", days: 28 },
    });
  });

  it("without a name is the last that is over, in the zone of the business", () => {
    expect(lastMonth(at("2026-12-31T16:30:00Z"), manila)).toBe("2026-12");
    expect(lastMonth(at("2026-12-31T15:30:00Z"), manila)).toBe("2026-11");
  });

  it.each(["2026-13", "2026-1", "0000-01", "0099-12", "october", ""])("%p is none", (month) => {
    expect(() => periodsOf(month, at("2026-12-05T00:00:00Z"), manila, natureOf)).toThrow(
      expect.objectContaining({ code: "request.malformed" }),
    );
  });

  it("that has not begun is refused", () => {
    expect(() => periodsOf("2027-01", at("2026-12-05T00:00:00Z"), manila, natureOf)).toThrow(
      expect.objectContaining({ code: "request.malformed" }),
    );
  });
});

describe("days", () => {
  it("of one kind are compared with each other", () => {
    const classOf = (day: string) => dayClass(natureOf(day), "shares");
    expect(classOf("2026-11-02")).toBe(classOf("2026-11-06"));
    expect(classOf("2026-11-07")).not.toBe(classOf("2026-11-06"));
    // A holiday is no Sunday, and no Tuesday.
    expect(classOf("2026-11-01")).toBe(classOf("2026-11-17"));
    expect(classOf("2026-11-01")).not.toBe(classOf("2026-11-08"));
    expect(dayClass(natureOf("2026-11-02"), "traffic")).not.toBe(dayClass(natureOf("2026-11-06"), "traffic"));
  });
});
