import { describe, expect, it } from "@jest/globals";
import { networkOf, TokenBuckets } from "../../../src/channels/webchat/token-buckets.ts";

function bucketsAt(burst: number, perSecond: number) {
  const clock = { elapsedMs: 0, now: () => 0, elapsed: () => clock.elapsedMs };
  const buckets = new TokenBuckets({ burst, perSecond }, clock);
  /** How many of `tries` get through. */
  const through = (key: string, tries: number) => {
    let passed = 0;
    for (let n = 0; n < tries; n += 1) {
      try {
        buckets.take(key);
        passed += 1;
      } catch {
        // Refused: that is what is counted.
      }
    }
    return passed;
  };
  return { buckets, clock, through };
}

describe("an allowance", () => {
  it("lets a burst through, then as many as it refills", () => {
    const { clock, through } = bucketsAt(30, 10);
    expect(through("a", 100)).toBe(30);
    clock.elapsedMs += 1_000;
    expect(through("a", 100)).toBe(10);
    clock.elapsedMs += 60_000;
    expect(through("a", 100)).toBe(30);
  });

  it("keeps the keys apart", () => {
    const { through } = bucketsAt(3, 1);
    expect([through("a", 5), through("b", 5)]).toEqual([3, 3]);
  });

  it("says in how many seconds the next one gets through", () => {
    const { buckets, through } = bucketsAt(1, 0.2);
    through("a", 1);
    expect(() => buckets.take("a")).toThrow(
      expect.objectContaining({ code: "request.tooMany", retryAfterSeconds: 5 }),
    );
  });

  it("remembers those who come often, however many others come once", () => {
    const { through } = bucketsAt(2, 0.001);
    expect(through("often", 2)).toBe(2);
    for (let n = 0; n < 60_000; n += 1) {
      through(String(n), 1);
      if (n % 1_000 === 0) expect(through("often", 1)).toBe(0);
    }
  });
});

describe("the network of an address", () => {
  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ])("%s is %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it("is one for all addresses of a /64, and two for two", () => {
    expect(networkOf("2001:db8::1")).toBe(networkOf("2001:db8:0:0:9::7"));
    expect(networkOf("2001:db8:0:1::1")).not.toBe(networkOf("2001:db8::1"));
  });
});
