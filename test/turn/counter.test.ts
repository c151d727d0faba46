import { describe, expect, it, jest } from "@jest/globals";
import { systemClock } from "../../src/basics/time.ts";
import { Counter } from "../../src/turn/counter.ts";

/** So many turns wait; each slice takes at most what it is asked for. */
function waiting(turns: number) {
  const failed: unknown[] = [];
  const state = { left: turns, slices: 0, failNext: false, failed };
  const counter = new Counter({
    counting: {
      anyWaits: () => Promise.resolve(state.left > 0),
      countSome: (most) => {
        if (state.failNext) {
          state.failNext = false;
          return Promise.reject(new TypeError("the disk is full"));
        }
        const counted = Math.min(most, state.left);
        state.left -= counted;
        state.slices += 1;
        return Promise.resolve(counted);
      },
    },
    clock: systemClock,
    onFailed: (thrown) => void failed.push(thrown),
  });
  return { state, counter };
}

describe("the counter", () => {
  it("counts what waits within a second or so, slice by slice, and again what comes later", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate", "performance", "nextTick", "queueMicrotask"] });
    const { state, counter } = waiting(750);
    try {
      counter.start();
      expect(state.left).toBe(750);
      await jest.advanceTimersByTimeAsync(1_000);
      while (state.left > 0) await new Promise(setImmediate);
      expect(state.slices).toBe(3);
      await new Promise(setImmediate);
      state.left = 5;
      await jest.advanceTimersByTimeAsync(2_000);
      while (state.left > 0) await new Promise(setImmediate);
    } finally {
      jest.useRealTimers();
      await counter.stop();
    }
  });

  it("counts the rest when it stops", async () => {
    const { state, counter } = waiting(1_000);
    counter.start();
    await counter.stop();
    expect(state.left).toBe(0);
  });

  it("tells of a failure, and what failed waits for the next try", async () => {
    const { state, counter } = waiting(10);
    state.failNext = true;
    counter.start();
    await counter.stop();
    expect(state.failed).toEqual([new TypeError("the disk is full")]);
    expect(state.left).toBe(10);
    await counter.stop();
    expect(state.left).toBe(0);
  });
});
