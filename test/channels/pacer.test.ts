import { describe, expect, it } from "@jest/globals";
import { Pacer } from "../../src/channels/pacer.ts";

function clockAt(start = 1_000) {
  let at = start;
  return { now: () => at, elapsed: () => at, pass: (ms: number) => (at += ms) };
}

describe("a provider's pace", () => {
  it("lets a burst go at once and spaces the rest evenly", () => {
    const pacer = new Pacer({ burst: 3, perSecond: 10 }, clockAt());
    const waits = Array.from({ length: 6 }, () => pacer.reserve("page").waitMs);
    expect(waits).toEqual([0, 0, 0, 100, 200, 300]);
  });

  it("sends the crowd away that would wait too long, without giving it turns", () => {
    const pacer = new Pacer({ burst: 1, perSecond: 10 }, clockAt());
    for (let i = 0; i < 3; i++) pacer.reserve("page", 150);
    expect(pacer.reserve("page", 150)).toEqual({ taken: false, waitMs: 200 });
    expect(pacer.reserve("page", 150)).toEqual({ taken: false, waitMs: 200 });
  });

  it("fills up again while nobody sends, never beyond the burst, each key by itself", () => {
    const clock = clockAt();
    const pacer = new Pacer({ burst: 2, perSecond: 10 }, clock);
    pacer.reserve("page");
    pacer.reserve("page");
    expect(pacer.reserve("other").waitMs).toBe(0);
    clock.pass(60_000);
    expect([1, 2, 3].map(() => pacer.reserve("page").waitMs)).toEqual([0, 0, 100]);
  });

  it("sends whoever waits away when it stops", async () => {
    const pacer = new Pacer({ burst: 1, perSecond: 1 }, clockAt());
    await pacer.turn("page");
    const waiting = pacer.turn("page");
    pacer.stop();
    expect(await waiting).toBe(1_000);
  });
});
