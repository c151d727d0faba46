import { describe, expect, it } from "@jest/globals";
import type { HttpRequest } from "../../src/channels/http-port.ts";
import { healthRoutes, type HealthOptions } from "../../src/http/health.ts";

const request: HttpRequest = {
  id: "r",
  method: "GET",
  path: "/",
  params: {},
  query: new URLSearchParams(),
  rawQuery: "",
  headers: {},
  body: Buffer.alloc(0),
  remoteAddress: "",
};

function ask(path: string, more: Partial<HealthOptions>) {
  const routes = healthRoutes({
    probe: () => Promise.resolve(),
    waiting: () => 0,
    mostWaiting: 10,
    stopping: () => false,
    ...more,
  });
  return routes.find((route) => route.path === path)?.handle(request);
}

describe("GET /readyz", () => {
  it("is 200 while messages can be taken", async () => {
    expect(await ask("/readyz", {})).toMatchObject({ status: 200, body: { ready: true } });
  });

  it("is 503 with every reason while they cannot", async () => {
    const answer = await ask("/readyz", {
      probe: () => Promise.reject(new Error("SQLITE_FULL")),
      waiting: () => 10,
      stopping: () => true,
      otherReasons: () => ["no model"],
    });
    expect(answer).toMatchObject({
      status: 503,
      headers: { "Retry-After": "5" },
      body: {
        ready: false,
        reasons: [
          "no model",
          "the server is stopping",
          "too many messages are waiting",
          "the store cannot write: SQLITE_FULL",
        ],
      },
    });
  });

  it("does not wait for a store that never answers", async () => {
    expect(await ask("/readyz", { probe: () => new Promise(() => undefined), probeMs: 20 })).toMatchObject({
      status: 503,
      body: { reasons: ["the store cannot write: no answer within 20 ms"] },
    });
  });

  it("asks the store once, however many ask at once", async () => {
    let probes = 0;
    const routes = healthRoutes({
      probe: () => {
        probes += 1;
        return Promise.resolve();
      },
      waiting: () => 0,
      mostWaiting: 10,
      stopping: () => false,
    });
    const ready = routes.find(({ path }) => path === "/readyz");
    await Promise.all([1, 2, 3].map(async () => ready?.handle(request)));
    expect(probes).toBe(1);
    await ready?.handle(request);
    expect(probes).toBe(2);
  });
});

describe("GET /healthz", () => {
  it("is 200 while the process lives, whatever the store does", async () => {
    expect(
      await ask("/healthz", { probe: () => Promise.reject(new Error("gone")), stopping: () => true }),
    ).toMatchObject({ status: 200 });
  });
});
