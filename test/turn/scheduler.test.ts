import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { Scheduler } from "../../src/turn/scheduler.ts";

const quietMs = 1_000;
const mostMs = 3_000;

let begun: { readonly id: string; readonly at: number }[];
let start: number;
let scheduler: Scheduler;

beforeEach(() => {
  jest.useFakeTimers();
  begun = [];
  start = performance.now();
  scheduler = new Scheduler({
    work: (id) => {
      begun.push({ id, at: performance.now() - start });
      return Promise.resolve();
    },
    elapsed: () => performance.now(),
    mostMs,
    atOnce: 4,
  });
});
afterEach(() => {
  jest.useRealTimers();
});

/** Words come every so often for so long; each time the customer is given the quiet window again. */
async function wordsEvery(stepMs: number, untilMs: number, quiet = quietMs): Promise<void> {
  for (let at = 0; at <= untilMs; at += stepMs) {
    scheduler.wake("ana", quiet);
    await jest.advanceTimersByTimeAsync(stepMs);
  }
}

describe("words that come one after the other", () => {
  it("begin their turn when no more came for the quiet window", async () => {
    await wordsEvery(600, 600);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(begun).toEqual([{ id: "ana", at: 1_600 }]);
  });

  it("wait no longer than they may, however many come", async () => {
    await wordsEvery(100, 2_900);
    expect(begun).toEqual([{ id: "ana", at: mostMs }]);
  });

  it("wait no longer than they may where the quiet window is longer than that", async () => {
    await wordsEvery(700, 2_800, 60_000);
    expect(begun).toEqual([{ id: "ana", at: mostMs }]);
  });

  it("make way at once for what is urgent, also when they wait as long as they may", async () => {
    await wordsEvery(700, 2_100);
    scheduler.wake("ana", 0);
    expect(begun).toEqual([{ id: "ana", at: 2_800 }]);
  });

  it("are counted anew after their turn began", async () => {
    await wordsEvery(1_000, 2_000, 60_000);
    await jest.advanceTimersByTimeAsync(500);
    await wordsEvery(1_000, 2_000, 60_000);
    expect(begun.map(({ at }) => at)).toEqual([mostMs, 2 * mostMs + 500]);
  });
});
