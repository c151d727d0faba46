import { describe, expect, it } from "@jest/globals";
import { validate, version } from "uuid";
import { newId } from "../../src/basics/ids.ts";

describe("new ids", () => {
  it("are UUIDv7, all different, in the order in which they were made", () => {
    const made = Array.from({ length: 20_000 }, newId);
    expect(made.every((id) => validate(id) && version(id) === 7)).toBe(true);
    expect(new Set(made).size).toBe(made.length);
    expect([...made].sort()).toEqual(made);
  });

  it("tell the time at which they were made", () => {
    const before = Date.now();
    const at = parseInt(newId().replace("-", "").slice(0, 12), 16);
    // While many are made within one millisecond the count may run ahead of the clock, never by much.
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now() + 1);
  });

  it("share no more than the time with one another", () => {
    const tails = Array.from({ length: 2_000 }, () => newId().slice(-10));
    expect(new Set(tails).size).toBe(tails.length);
  });
});
