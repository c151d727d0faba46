import { describe, expect, it } from "@jest/globals";
import { businessDays, businessDaysAt } from "../../../src/turn/counting/business-day.ts";

describe("a business day", () => {
  it("begins at midnight of the teams' time zone", () => {
    const manila = businessDays("Asia/Manila");
    const midnight = Date.UTC(2026, 10, 21, 16);
    expect(manila.startOf("2026-11-22")).toBe(midnight);
    expect(manila.of(midnight)).toEqual({ day: "2026-11-22", hour: "00" });
    expect(manila.of(midnight - 1)).toEqual({ day: "2026-11-21", hour: "23" });
  });

  it("is that of a zone whose clock changes, also by half an hour, and off the full hour", () => {
    const newYork = businessDays("America/New_York");
    expect(newYork.of(Date.UTC(2026, 10, 1, 5, 59))).toEqual({ day: "2026-11-01", hour: "01" });
    expect(newYork.of(Date.UTC(2026, 10, 1, 6, 0))).toEqual({ day: "2026-11-01", hour: "01" });
    expect(newYork.of(Date.UTC(2026, 10, 1, 7, 0))).toEqual({ day: "2026-11-01", hour: "02" });
    const kathmandu = businessDays("Asia/Kathmandu");
    expect(kathmandu.of(Date.UTC(2026, 0, 1, 18, 14))).toEqual({ day: "2026-01-01", hour: "23" });
    expect(kathmandu.of(Date.UTC(2026, 0, 1, 18, 15))).toEqual({ day: "2026-01-02", hour: "00" });
  });

  it("follows a change of the time zone", () => {
    let zone = "Asia/Manila";
    const days = businessDaysAt(() => zone);
    const at = Date.UTC(2026, 10, 21, 16);
    expect(days().of(at).day).toBe("2026-11-22");
    zone = "UTC";
    expect(days().of(at).day).toBe("2026-11-21");
  });
});
