import { describe, expect, it } from "@jest/globals";
import { KumustaError } from "../../../src/basics/errors.ts";
import { requireOwnMachine } from "../../../src/http/demo/demo-guard.ts";
import { demoMeta, openDemo } from "../../../src/http/demo/open-demo.ts";

const own = { host: undefined, publicUrl: undefined, trustedProxies: 0 };
const parts = {
  clock: { now: () => 0, elapsed: () => 0 },
  content: () => {
    throw new RangeError("nobody asked yet");
  },
};

/** The code of the error by which a request is refused; undefined for one that is let through. */
function refusal(headers: Readonly<Record<string, string>>, remoteAddress = "127.0.0.1"): unknown {
  try {
    requireOwnMachine({ headers, remoteAddress });
    return undefined;
  } catch (thrown) {
    return thrown instanceof KumustaError ? thrown.code : thrown;
  }
}

describe("the x-ray of the demo page", () => {
  it("listens to turns on the maintainer's own machine, and its page is told where to ask", () => {
    expect(openDemo(own, parts)?.watch).toBeDefined();
    expect(demoMeta(own)).toMatchObject({ "kumusta-demo": "/demo/turns" });
  });

  it.each([
    ["with a public address", { ...own, publicUrl: "https://chat.shop.example" }],
    ["behind a proxy", { ...own, trustedProxies: 1 }],
    ["bound to the network", { ...own, host: "0.0.0.0" }],
  ])("is nowhere on a server %s: no listener, no address, no page that asks", (_what, reach) => {
    expect(openDemo(reach, parts)).toBeUndefined();
    expect(demoMeta(reach)).toEqual({});
  });

  it("answers its own page and the maintainer's terminal", () => {
    const host = "localhost:3978";
    expect(refusal({ host })).toBeUndefined();
    expect(
      refusal({ host, origin: "http://localhost:3978", "sec-fetch-site": "same-origin" }),
    ).toBeUndefined();
    expect(
      refusal({ host, referer: "http://localhost:3978/", "sec-fetch-site": "same-origin" }),
    ).toBeUndefined();
    expect(refusal({ host: "[::1]:3978" }, "::1")).toBeUndefined();
  });

  it.each([
    [
      "a page of another site in the same browser",
      { host: "localhost:3978", origin: "https://evil.example" },
    ],
    ["a page of another port", { host: "localhost:3978", origin: "http://localhost:8080" }],
    ["a page that hides where it is from", { host: "localhost:3978", origin: "null" }],
    ["a link on another site", { host: "localhost:3978", "sec-fetch-site": "cross-site" }],
    [
      "a customer's browser behind a proxy that names itself nowhere",
      {
        host: "localhost:3978",
        referer: "https://chat.shop.example/",
        "sec-fetch-site": "same-origin",
      },
    ],
    ["a proxy that tells whom it speaks for", { host: "localhost:3978", "x-real-ip": "203.0.113.9" }],
    ["a proxy that tells under which name", { host: "localhost:3978", "x-forwarded-host": "shop.example" }],
    ["a proxy that tells of itself", { host: "localhost:3978", via: "1.1 proxy" }],
  ])("answers nothing to %s", (_who, headers) => {
    expect(refusal(headers)).toBe("route.unknown");
  });
});
