import { describe, expect, it } from "@jest/globals";
import {
  array,
  assert as assertAll,
  boolean,
  constantFrom,
  integer,
  property,
  record,
  uniqueArray,
} from "fast-check";
import { holidaysOf } from "../../../src/content/holidays.ts";
import { dayNames, weekOf, type WorkingHours } from "../../../src/content/working-hours.ts";
import { promisedAt, shiftsAfter } from "../../../src/conversation/handoff/promise.ts";
import { sayWhen } from "../../../src/conversation/handoff/say-when.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** An instant of the Philippines, which have no summer time: UTC+8. */
const manila = (written: string) => Date.parse(`${written}:00+08:00`);
const spoken = { locale: "en", timeZone: "Asia/Manila" } as const;

const shop: WorkingHours = {
  timeZone: "Asia/Manila",
  week: weekOf([
    { days: ["mon", "tue", "wed", "thu", "fri", "sat"], from: 540, to: 720 },
    { days: ["mon", "tue", "wed", "thu", "fri", "sat"], from: 780, to: 1080 },
  ]),
  daysOff: new Set(holidaysOf("PH")),
};

describe("what the customer is promised", () => {
  const promised = (written: string, minutes = 20, hours = shop) => {
    const now = manila(written);
    return sayWhen(promisedAt(hours, now, minutes), now, hours.timeZone, spoken.locale);
  };

  it("counts the team's working time: over lunch, over night, over Sunday and holidays", () => {
    expect(promised("2026-11-23T09:10")).toBe("by 9:30 am today");
    expect(promised("2026-11-23T11:50")).toBe("by 1:10 pm today");
    expect(promised("2026-11-23T12:30")).toBe("by 1:20 pm today");
    expect(promised("2026-11-23T17:50")).toBe("by 9:10 am tomorrow");
    expect(promised("2026-11-23T23:59")).toBe("by 9:20 am tomorrow");
    expect(promised("2026-11-21T17:55")).toBe("on Monday by 9:15 am");
    // Bonifacio Day, Monday, November 30.
    expect(promised("2026-11-28T18:00")).toBe("on Tuesday by 9:20 am");
    expect(promised("2026-12-29T17:59")).toBe("on Saturday by 9:20 am");
  });

  it("names the date when it is a week ahead, and the year when it is another", () => {
    const closed = {
      ...shop,
      daysOff: new Set([
        ...shop.daysOff,
        ...["23", "24", "25", "26", "27", "28"].map((day) => `2026-11-${day}`),
      ]),
    };
    expect(promised("2026-11-22T10:00", 20, closed)).toBe("on Tuesday, Dec 1, by 9:20 am");
    const untilNewYear = {
      ...shop,
      daysOff: new Set(["2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]),
    };
    expect(promised("2026-12-27T10:00", 20, untilNewYear)).toBe("on Monday, Jan 4, 2027, by 9:20 am");
  });

  it("is said in Filipino as a shop would", () => {
    const said = (due: string, now: string) => sayWhen(manila(due), manila(now), "Asia/Manila", "fil");
    expect(said("2026-11-23T09:30", "2026-11-23T09:10")).toBe("ngayong araw bago mag-9:30 am");
    expect(said("2026-11-23T09:30", "2026-11-22T20:00")).toBe("bukas bago mag-9:30 am");
    expect(said("2026-11-23T12:00", "2026-11-20T20:00")).toBe("sa Lunes bago mag-12 noon");
    expect(said("2026-11-30T09:30", "2026-11-20T20:00")).toBe("sa Lunes, Nob 30, bago mag-9:30 am");
    expect(said("2027-01-04T09:30", "2026-12-20T20:00")).toBe("sa Lunes, Ene 4, 2027, bago mag-9:30 am");
  });

  it("calls midnight the end of the day that ends", () => {
    const night = { ...shop, week: weekOf([{ days: [...dayNames], from: 1320, to: 360 }]) };
    expect(promised("2026-11-23T23:40", 20, night)).toBe("by 12 midnight today");
    expect(promised("2026-11-23T23:41", 20, night)).toBe("by 12:05 am tomorrow");
  });

  it("holds where clocks are set forth and back", () => {
    // New York, 2026: forth on March 8, back on November 1, both at 2 am (IANA tz database).
    const hours = {
      timeZone: "America/New_York",
      week: weekOf([{ days: [...dayNames], from: 60, to: 240 }]),
      daysOff: new Set<string>(),
    };
    expect(promisedAt(hours, Date.parse("2026-03-08T05:30:00Z"), 90)).toBe(
      Date.parse("2026-03-08T07:30:00Z"),
    );
    expect(promisedAt(hours, Date.parse("2026-11-01T05:30:00Z"), 90)).toBe(
      Date.parse("2026-11-01T07:00:00Z"),
    );
  });
});

/* The same promise worked out another way, minute by minute, by arithmetic on UTC+8 alone. */
const offset = 8 * 60 * minuteMs;
/** The hours of the day that begins at `midnight`, UTC+8. */
function hoursOn(hours: WorkingHours, midnight: number): WorkingHours["week"][number] {
  const local = new Date(midnight + offset);
  return hours.daysOff.has(local.toISOString().slice(0, 10)) ? [] : (hours.week[local.getUTCDay()] ?? []);
}

/** Minutes that begin in working time, from one instant until before another. Looks each day up once, not each minute. */
function minutesWorked(hours: WorkingHours, begin: number, end: number): number {
  let worked = 0;
  let midnight = Math.floor((begin + offset) / dayMs) * dayMs - offset;
  for (; midnight < end; midnight += dayMs) {
    const open = hoursOn(hours, midnight);
    const last = Math.min(end, midnight + dayMs);
    for (let at = Math.max(begin, midnight); at < last; at += minuteMs) {
      const minute = Math.floor((at - midnight) / minuteMs);
      if (open.some(({ from, to }) => minute >= from && minute < to)) worked++;
    }
  }
  return worked;
}

const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const filipinoMonths = ["Ene", "Peb", "Mar", "Abr", "Mayo", "Hun", "Hul", "Ago", "Set", "Okt", "Nob", "Dis"];
const weekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const filipinoDays = ["Linggo", "Lunes", "Martes", "Miyerkules", "Huwebes", "Biyernes", "Sabado"];

/** What a customer in Manila who reads the words at `now` takes them for. */
function understood(words: string, now: number): number {
  const today = Math.floor((now + offset) / dayMs) * dayMs;
  const time = /(?:by |mag-)(?:(\d+)(?::(\d+))? (am|pm)|12 (noon|midnight))/u.exec(words);
  const [, hour, minute = "0", half, word] = time ?? [];
  const minutes =
    word === "noon"
      ? 720
      : word === "midnight"
        ? 1_440
        : (Number(hour) % 12) * 60 + Number(minute) + (half === "pm" ? 720 : 0);
  let day: number;
  const date = /(\p{Lu}\p{Ll}+) (\d+)(?:, (\d{4}))?,/u.exec(words.replace(/^\S+ \S+,/u, ""));
  if (/today|ngayong/u.test(words)) day = today;
  else if (/tomorrow|bukas/u.test(words)) day = today + dayMs;
  else if (date !== null) {
    const [, month = "", dayOfMonth, year = String(new Date(now + offset).getUTCFullYear())] = date;
    const at = Math.max(monthNames.indexOf(month), filipinoMonths.indexOf(month));
    day = Date.UTC(Number(year), at, Number(dayOfMonth));
  } else {
    const name = words.split(" ")[1] ?? "";
    const wanted = Math.max(weekdayNames.indexOf(name), filipinoDays.indexOf(name));
    for (day = today + dayMs; new Date(day).getUTCDay() !== wanted;) day += dayMs;
  }
  return day + minutes * minuteMs - offset;
}

const hoursOfATeam = record({
  timeZone: constantFrom("Asia/Manila"),
  week: array(
    record({
      days: uniqueArray(constantFrom(...dayNames), { minLength: 1 }),
      from: integer({ min: 0, max: 1439 }),
      length: integer({ min: 1, max: 1439 }),
    }),
    { minLength: 1, maxLength: 4 },
  ).map((written) =>
    weekOf(written.map(({ days, from, length }) => ({ days, from, to: (from + length) % 1_440 }))),
  ),
  daysOff: record({ holidays: boolean(), extra: uniqueArray(integer({ min: -20, max: 20 })) }).map(
    ({ holidays, extra }) =>
      new Set([
        ...(holidays ? holidaysOf("PH") : []),
        // Around the turn of the year, where holidays are dense.
        ...extra.map((day) => new Date(Date.UTC(2026, 11, 31) + day * dayMs).toISOString().slice(0, 10)),
      ]),
  ),
});
const instant = integer({ min: manila("2026-12-01T00:00"), max: manila("2027-01-31T00:00") });
const minutes = integer({ min: 1, max: 600 });

describe("for any hours, holidays and time", () => {
  it("a promise is in working time, never in the past, and holds as much working time as was promised", () => {
    assertAll(
      property(hoursOfATeam, instant, minutes, (hours, now, promise) => {
        const due = promisedAt(hours, now, promise);
        expect(due).toBeGreaterThan(now);
        expect(minutesWorked(hours, due - minuteMs, due)).toBe(1);
        const worked = minutesWorked(hours, Math.ceil(now / minuteMs) * minuteMs, due);
        // The begun minute counts, and the time said is rounded up to five minutes.
        expect(worked).toBeGreaterThanOrEqual(promise - 1);
        expect(worked).toBeLessThan(promise + 5);
      }),
      { numRuns: 300 },
    );
  });

  it("a promise given later never runs out earlier", () => {
    assertAll(
      property(
        hoursOfATeam,
        instant,
        integer({ min: 0, max: 3 * dayMs }),
        minutes,
        (hours, now, later, promise) => {
          expect(promisedAt(hours, now + later, promise)).toBeGreaterThanOrEqual(
            promisedAt(hours, now, promise),
          );
        },
      ),
    );
  });

  it("what is said, in either language, is the time that the clock computed", () => {
    assertAll(
      property(
        hoursOfATeam,
        instant,
        minutes,
        constantFrom("en" as const, "fil" as const),
        (hours, now, promise, locale) => {
          const due = promisedAt(hours, now, promise);
          expect(understood(sayWhen(due, now, hours.timeZone, locale), now)).toBe(due);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("shifts come in order and never overlap", () => {
    assertAll(
      property(hoursOfATeam, instant, (hours, now) => {
        const after = shiftsAfter(hours, now);
        const shifts = Array.from({ length: 20 }, () => after.next().value);
        return shifts.every(({ from, to }, i) => {
          const last = shifts[i - 1]?.to ?? now;
          return to > Math.max(from, last) && Math.max(from, now) >= last;
        });
      }),
    );
  });
});
