import { describe, expect, it } from "@jest/globals";
import { holidaysOf } from "../../src/content/holidays.ts";
import { teamsFile } from "../../src/content/teams-schema.ts";
import { teamsOf } from "../../src/content/teams.ts";
import { daysIn } from "../../src/content/working-hours.ts";

function team(written: Record<string, unknown>, teamWritten: Record<string, unknown> = {}) {
  const file = {
    timeZone: "Asia/Manila",
    hours: [{ days: "mon-fri", from: "09:00", to: "18:00" }],
    teams: [{ id: "care", name: "Care", answersWithinMinutes: 15, ...teamWritten }],
    ...written,
  };
  const [first] = teamsOf(teamsFile.parse(file));
  if (first === undefined) throw new Error("no team");
  return first.hours;
}
const faultOf = (written: Record<string, unknown>) =>
  teamsFile.safeParse({
    timeZone: "Asia/Manila",
    hours: [{ days: "mon", from: "09:00", to: "18:00" }],
    teams: [{ id: "care", name: "Care", answersWithinMinutes: 15 }],
    ...written,
  }).error?.issues[0]?.message;

describe("days", () => {
  it("are one, a stretch, or a stretch over the week's end", () => {
    expect(daysIn("wed")).toEqual(["wed"]);
    expect(daysIn("mon-thu")).toEqual(["mon", "tue", "wed", "thu"]);
    expect(daysIn("sat-mon")).toEqual(["sat", "sun", "mon"]);
    expect(["", "monday", "mon-", "mon-tue-wed"].map(daysIn)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("hours of a team", () => {
  it("are its own, else those of all teams", () => {
    const own = [{ days: ["sun"], from: "08:00", to: "10:30" }];
    expect(team({}).week[1]).toEqual([{ from: 540, to: 1080 }]);
    expect(team({}, { hours: own }).week.map((day) => day.length)).toEqual([1, 0, 0, 0, 0, 0, 0]);
  });

  it("keep split shifts apart, join what overlaps, and cut nights at midnight", () => {
    const hours = [
      { days: "mon", from: "13:00", to: "18:00" },
      { days: "mon", from: "09:00", to: "12:00" },
      { days: "tue", from: "09:00", to: "14:00" },
      { days: "tue", from: "13:00", to: "18:00" },
      { days: "sat", from: "22:00", to: "06:00" },
    ];
    const { week } = team({ hours });
    expect(week[1]).toEqual([
      { from: 540, to: 720 },
      { from: 780, to: 1080 },
    ]);
    expect(week[2]).toEqual([{ from: 540, to: 1080 }]);
    expect([week[6], week[0]]).toEqual([[{ from: 1320, to: 1440 }], [{ from: 0, to: 360 }]]);
  });

  it("that nobody could work are refused with a sentence", () => {
    expect(faultOf({ hours: [{ days: "mon", from: "09:00", to: "09:00" }] })).toMatch(/nobody would work/u);
    expect(faultOf({ hours: [{ days: "someday", from: "09:00", to: "10:00" }] })).toBeDefined();
    expect(faultOf({ hours: [{ days: "mon", from: "9am", to: "10:00" }] })).toMatch(/as in "09:00"/u);
    expect(faultOf({ timeZone: "Manila" })).toMatch(/Asia\/Manila/u);
    expect(faultOf({ holidays: { extra: [{ date: "2026-02-31", name: "x" }] } })).toBeDefined();
  });
});

describe("days off", () => {
  it("are the holidays of the Philippines, with the days that the business adds and removes", () => {
    const { daysOff } = team({
      holidays: {
        country: "PH",
        extra: [{ date: "2027-01-04", name: "Stock-taking" }],
        removed: ["2026-12-08"],
      },
    });
    expect(daysOff.has("2026-11-30")).toBe(true);
    expect(daysOff.has("2027-01-04")).toBe(true);
    expect(daysOff.has("2026-12-08")).toBe(false);
  });

  it("are none for a team that works on holidays", () => {
    expect(team({ holidays: { country: "PH" } }, { worksOnHolidays: true }).daysOff.size).toBe(0);
  });

  // Proclamation No. 1006, s. 2025: regular holidays and special non-working days of 2026, without the movable feasts.
  it("of 2026 are those that were proclaimed", () => {
    const proclaimed = [
      "01-01",
      "02-17",
      "04-02",
      "04-03",
      "04-04",
      "04-09",
      "05-01",
      "06-12",
      "08-21",
      "08-31",
    ];
    const rest = ["11-01", "11-02", "11-30", "12-08", "12-24", "12-25", "12-30", "12-31"];
    const known = new Set(holidaysOf("PH"));
    expect([...proclaimed, ...rest].filter((day) => !known.has(`2026-${day}`))).toEqual([]);
  });
});
