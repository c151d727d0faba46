import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { HttpRequest } from "../../src/channels/http-port.ts";
import { createMetrics, type Metrics } from "../../src/http/metrics.ts";

const request: HttpRequest = {
  id: "r",
  method: "GET",
  path: "/metrics",
  params: {},
  query: new URLSearchParams(),
  rawQuery: "",
  headers: {},
  body: Buffer.alloc(0),
  remoteAddress: "",
};
const depths = {
  intakePending: 3,
  intakeOldestMs: 1_500,
  intakeSetAside: 1,
  outboxDue: 2,
  outboxOldestMs: 0,
  outboxUnknown: 4,
  outboxFailed: 5,
  timers: 6,
};

async function scrape({ route }: Metrics): Promise<string[]> {
  const { body } = await route.handle(request);
  if (typeof body !== "string") throw new TypeError("metrics are text");
  return body.split("\n");
}

describe("GET /metrics", () => {
  it("counts on from one look to the next", async () => {
    const metrics = createMetrics({ depths: () => Promise.resolve(depths), openSockets: () => 0 });
    const turned = () => {
      metrics.observer.turned("sms", "answered", { acceptedToDecidedMs: 1, decideMs: 1, commitMs: 1 });
    };
    turned();
    turned();
    expect(await scrape(metrics)).toContain('kumusta_turns_total{channel="sms",outcome="answered"} 2');
    turned();
    expect(await scrape(metrics)).toContain('kumusta_turns_total{channel="sms",outcome="answered"} 3');
    expect(await scrape(metrics)).toContain('kumusta_turns_total{channel="sms",outcome="answered"} 3');
  });

  it("counts what the engine tells it", async () => {
    const metrics = createMetrics({ depths: () => Promise.resolve(depths), openSockets: () => 7 });
    const { observer } = metrics;
    observer.accepted("webchat", "stored");
    observer.accepted("webchat", "stored");
    observer.accepted("webchat", "duplicate");
    observer.accepted("webchat", "refused");
    observer.turned("webchat", "answered", { acceptedToDecidedMs: 905, decideMs: 0.2, commitMs: 3 });
    observer.settled("webchat", "reply", "delivered", 12);
    observer.failed("engine.sweep", {}, new Error("x"));
    const lines = await scrape(metrics);
    for (const line of [
      'kumusta_accepted_total{channel="webchat",result="stored"} 2',
      'kumusta_accepted_total{channel="webchat",result="duplicate"} 1',
      'kumusta_accepted_total{channel="webchat",result="refused"} 1',
      'kumusta_turns_total{channel="webchat",outcome="answered"} 1',
      'kumusta_settled_total{channel="webchat",kind="reply",status="delivered"} 1',
      'kumusta_failures_total{what="engine.sweep"} 1',
      'kumusta_step_seconds_sum{step="accepted-to-decided"} 0.905',
      'kumusta_step_seconds_bucket{le="0.0005",step="decide"} 1',
      'kumusta_step_seconds_bucket{le="0.001",step="commit"} 0',
      'kumusta_waiting{queue="intake"} 3',
      'kumusta_waiting{queue="outbox-unknown"} 4',
      'kumusta_oldest_seconds{queue="intake"} 1.5',
      "kumusta_open_streams 7",
      "kumusta_store_readable 1",
    ]) {
      expect(lines).toContain(line);
    }
  });

  it("tells the rest when the store cannot be read", async () => {
    const metrics = createMetrics({
      depths: () => Promise.reject(new Error("locked")),
      openSockets: () => 0,
    });
    const lines = await scrape(metrics);
    expect(lines).toContain("kumusta_store_readable 0");
    expect(lines.some((line) => line.startsWith("process_cpu_seconds_total"))).toBe(true);
    expect(lines.some((line) => line.startsWith("kumusta_waiting{"))).toBe(false);
  });

  it("is described in docs/metrics.md: exactly what the server tells, each with its kind", async () => {
    const lines = await scrape(
      createMetrics({ depths: () => Promise.resolve(depths), openSockets: () => 0 }),
    );
    const told = lines.flatMap((line) => /^# TYPE (kumusta_\w+ \w+)$/u.exec(line)?.[1] ?? []);
    const page = readFileSync(join(import.meta.dirname, "../../docs/metrics.md"), "utf8");
    const listed = [...page.matchAll(/^\| `(kumusta_\w+)` \| (\w+) \|/gmu)];
    expect(told.length).toBeGreaterThan(5);
    expect(listed.map(([, name = "", kind = ""]) => `${name} ${kind}`).sort()).toEqual(told.sort());
  });
});
