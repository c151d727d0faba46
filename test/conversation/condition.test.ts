import { describe, expect, it } from "@jest/globals";
import type { Condition } from "../../src/content/content.ts";
import { holds } from "../../src/conversation/dialog/condition.ts";

const slots = { city: "Cebu", amount: "1200", count: 3, found: false, empty: null };

describe("a condition of a flow", () => {
  const cases: readonly (readonly [Condition, boolean])[] = [
    [{ test: "is", slot: "city", value: "Cebu" }, true],
    [{ test: "is", slot: "city", value: "Davao" }, false],
    [{ test: "is", slot: "found", value: false }, true],
    [{ test: "is", slot: "unknown", value: false }, false],
    [{ test: "isNot", slot: "city", value: "Davao" }, true],
    [{ test: "isNot", slot: "unknown", value: false }, true],
    [{ test: "oneOf", slot: "city", values: ["Cebu", "Bohol"] }, true],
    [{ test: "oneOf", slot: "city", values: ["Bohol"] }, false],
    [{ test: "known", slot: "city", value: true }, true],
    [{ test: "known", slot: "empty", value: true }, false],
    [{ test: "known", slot: "unknown", value: false }, true],
    [{ test: "above", slot: "amount", value: 1_000 }, true],
    [{ test: "below", slot: "count", value: 3 }, false],
    [{ test: "above", slot: "city", value: 0 }, false],
    [{ test: "below", slot: "unknown", value: 5 }, false],
    [{ test: "verified", value: false }, true],
    [{ test: "verified", value: true }, false],
  ];
  it.each(cases)("%j is %s", (condition, expected) => {
    expect(holds(condition, slots, false)).toBe(expected);
  });
});
