import { describe, expect, it } from "@jest/globals";
import { KumustaError } from "../../../src/basics/errors.ts";
import { demoContentRoute } from "../../../src/http/demo/demo-content.ts";
import { isDemo } from "../../../src/http/demo/demo-guard.ts";

const own = { host: "127.0.0.1", publicUrl: undefined, trustedProxies: 0 };

/** What a request with these headers gets; the code of the error where it is refused. */
function ask(headers: Readonly<Record<string, string>>, remoteAddress = "127.0.0.1"): unknown {
  const route = demoContentRoute(() => ({
    version: "abc",
    liveSince: 0,
    pending: false,
    learning: true,
    refused: { at: 1_000, faults: ["dialogs/a.yaml:3 nothing fills {x}: write {fact.x}"] },
  }));
  const request = {
    ...{ id: "r", method: "GET", path: route.path, params: {}, query: new URLSearchParams(), rawQuery: "" },
    ...{ headers, body: Buffer.alloc(0), remoteAddress },
  };
  try {
    const answer = route.handle(request);
    return "body" in answer ? answer.body : undefined;
  } catch (thrown) {
    return thrown instanceof KumustaError ? thrown.code : thrown;
  }
}

describe("the demo page's view of the content", () => {
  it.each([undefined, "127.0.0.1", "127.1.2.3", "localhost", "::1"])("is there when HOST is %s", (host) => {
    expect(isDemo({ ...own, host })).toBe(true);
  });

  it.each([
    ["HOST is all addresses of the machine", { ...own, host: "0.0.0.0" }],
    ["HOST is all of them in IPv6", { ...own, host: "::" }],
    ["HOST is an address of the network", { ...own, host: "192.168.1.20" }],
    ["HOST only begins like our own", { ...own, host: "127.0.0.1.shop.example" }],
    ["the server has a public address", { ...own, publicUrl: "https://chat.shop.example" }],
    ["a proxy stands in front", { ...own, trustedProxies: 1 }],
  ])("is off when %s", (_what, config) => {
    expect(isDemo(config)).toBe(false);
  });

  it("tells the version, since when, that the training goes on, and why the last edit was refused", () => {
    expect(ask({ host: "localhost:3978" })).toEqual({
      version: "abc",
      liveSince: "1970-01-01T00:00:00.000Z",
      pending: false,
      learning: true,
      refused: {
        at: "1970-01-01T00:00:01.000Z",
        faults: ["dialogs/a.yaml:3 nothing fills {x}: write {fact.x}"],
      },
    });
    expect(ask({ host: "[::1]:3978" })).toMatchObject({ version: "abc" });
  });

  it("tells nothing to another machine, whatever it calls this one", () => {
    expect(ask({ host: "localhost:3978" }, "::ffff:127.0.0.1")).toMatchObject({ version: "abc" });
    expect(ask({ host: "localhost:3978" }, "192.168.1.7")).toBe("route.unknown");
  });

  it.each([
    ["that names another host", { host: "evil.example" }],
    ["that names none", {}],
    ["that a proxy passed on", { host: "127.0.0.1:3978", "x-forwarded-for": "203.0.113.9" }],
    ["that a proxy passed on by the standard's header", { host: "localhost", forwarded: "for=203.0.113.9" }],
  ])("tells nothing to a request %s", (_what, headers) => {
    expect(ask(headers)).toBe("route.unknown");
  });
});
