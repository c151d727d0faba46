import { describe, expect, it } from "@jest/globals";
import { businessSpan } from "../../../src/insights/export/business-span.ts";

const manila = "Asia/Manila";

describe("since when and until when", () => {
  it("counts whole business days, the last one too", () => {
    expect(businessSpan("2026-11-01", "2026-11-30", manila)).toEqual({
      from: Date.parse("2026-11-01T00:00:00+08:00"),
      until: Date.parse("2026-12-01T00:00:00+08:00"),
    });
  });

  it("takes an instant as it stands", () => {
    expect(businessSpan("2026-11-01T09:30:00+08:00", "2026-11-01T02:00:00Z", manila)).toEqual({
      from: Date.parse("2026-11-01T01:30:00Z"),
      until: Date.parse("2026-11-01T02:00:00Z"),
    });
  });

  it("is everything where nothing is said", () => {
    const { from, until } = businessSpan(undefined, undefined, manila);
    expect(from).toBe(0);
    expect(until).toBeGreaterThan(Date.parse("9999-12-31"));
  });

  it.each(["2026-02-30", "yesterday", "2026-11-01T09:30:00", "2026-13-01", "11/01/2026", ""])(
    "refuses %j and says how a date is written",
    (text) => {
      expect(() => businessSpan(text, undefined, manila)).toThrow(/--since .*2026-11-22/u);
    },
  );
});
