import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Route } from "../channels/http-port.ts";
import type { ProviderObserver } from "../channels/provider.ts";
import type { TurnObserver } from "../turn/observer.ts";
import type { Depths } from "../turn/ports.ts";
import { Tally } from "./tally.ts";

export interface MetricsOptions {
  /** Waiting work, read when somebody looks. */
  readonly depths: () => Promise<Depths>;
  readonly openSockets: () => number;
}

export interface Metrics {
  readonly observer: TurnObserver;
  readonly providers: ProviderObserver;
  readonly route: Route;
  /** Retention or an erasure removed so much of this kind. */
  readonly removed: (what: string, n: number) => void;
}

/** Seconds: from a tenth of a millisecond (a decision) to a minute (a send that was repeated). */
const buckets = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

/** Counts what the engine does and tells it to Prometheus (text format 0.0.4) at GET /metrics. */
export function createMetrics({ depths, openSockets }: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const accepted = tallied(registers, {
    name: "kumusta_accepted_total",
    help: "Activities that arrived, by what became of them",
    labelNames: ["channel", "result"],
  });
  const turns = tallied(registers, {
    name: "kumusta_turns_total",
    help: "Turns committed, by outcome",
    labelNames: ["channel", "outcome"],
  });
  const settled = new Counter({
    name: "kumusta_settled_total",
    help: "Replies and actions settled, by status",
    labelNames: ["channel", "kind", "status"],
    registers,
  });
  const failures = new Counter({
    name: "kumusta_failures_total",
    help: "Things that went wrong inside, by place",
    labelNames: ["what"],
    registers,
  });
  const removed = new Counter({
    name: "kumusta_removed_total",
    help: "Personal data removed because its time was over, by kind",
    labelNames: ["what"],
    registers,
  });
  const step = new Histogram({
    name: "kumusta_step_seconds",
    help: "Time by step of a message's path",
    labelNames: ["step"],
    buckets,
    registers,
  });
  const readDepths = registerDepths(registers, depths);
  new Gauge({
    name: "kumusta_open_streams",
    help: "Open WebSockets",
    registers,
    collect() {
      this.set(openSockets());
    },
  });
  const seconds = (name: string, ms: number) => {
    step.observe({ step: name }, ms / 1_000);
  };
  return {
    observer: {
      accepted: (channel, result) => {
        accepted.add(channel, result);
      },
      turned: (channel, outcome, times) => {
        turns.add(channel, outcome);
        seconds("accepted-to-decided", times.acceptedToDecidedMs);
        seconds("decide", times.decideMs);
        seconds("commit", times.commitMs);
      },
      settled: (channel, kind, status, sinceTurnMs) => {
        settled.inc({ channel, kind, status });
        seconds(`${kind}-settled`, sinceTurnMs);
      },
      failed: (what) => {
        failures.inc({ what });
      },
    },
    providers: providerMetrics(registers, failures),
    removed: (what, n) => {
      removed.inc({ what }, n);
    },
    route: {
      method: "GET",
      path: "/metrics",
      bodyLimit: 0,
      handle: async () => {
        await readDepths();
        return {
          status: 200,
          headers: { "Content-Type": registry.contentType, "Cache-Control": "no-store" },
          body: await registry.metrics(),
        };
      },
    },
  };
}

/** A counter of the message path: what was counted is told to prom-client when somebody looks. */
function tallied(
  registers: Registry[],
  {
    labelNames,
    ...about
  }: { readonly name: string; readonly help: string; readonly labelNames: readonly [string, string] },
): Tally {
  const [first, second] = labelNames;
  const tally = new Tally();
  new Counter<string>({
    ...about,
    labelNames,
    registers,
    collect() {
      tally.take((one, other, count) => {
        this.inc({ [first]: one, [second]: other }, count);
      });
    },
  });
  return tally;
}

/** What providers' channels tell: an account that stopped is an alarm. */
function providerMetrics(registers: Registry[], failures: Counter<"what">): ProviderObserver {
  const ignored = new Counter({
    name: "kumusta_ignored_total",
    help: "Requests and events of providers that nothing was done with, by what they were",
    labelNames: ["channel", "what"],
    registers,
  });
  const works = new Gauge({
    name: "kumusta_account_works",
    help: "1 while an account of a channel works, 0 when it stopped; absent until something is known",
    labelNames: ["channel", "account"],
    registers,
  });
  return {
    ignored: (channel, what) => {
      ignored.inc({ channel, what });
    },
    health: (channel, account, isWorking) => {
      works.set({ channel, account }, isWorking ? 1 : 0);
    },
    fault: (channel, what) => {
      failures.inc({ what: `${channel}.${what}` });
    },
  };
}

/** Gauges of waiting work, and what reads them from the store: one look serves all of one scrape. */
function registerDepths(registers: Registry[], depths: () => Promise<Depths>): () => Promise<void> {
  const waiting = new Gauge({
    name: "kumusta_waiting",
    help: "Rows that wait, by queue",
    labelNames: ["queue"],
    registers,
  });
  const oldest = new Gauge({
    name: "kumusta_oldest_seconds",
    help: "Age of the oldest row that waits, by queue",
    labelNames: ["queue"],
    registers,
  });
  const readable = new Gauge({
    name: "kumusta_store_readable",
    help: "1 when the store told its depths at this scrape, else 0",
    registers,
  });
  return async () => {
    try {
      const found = await depths();
      waiting.set({ queue: "intake" }, found.intakePending);
      waiting.set({ queue: "intake-set-aside" }, found.intakeSetAside);
      waiting.set({ queue: "outbox" }, found.outboxDue);
      waiting.set({ queue: "outbox-unknown" }, found.outboxUnknown);
      waiting.set({ queue: "outbox-failed" }, found.outboxFailed);
      waiting.set({ queue: "timers" }, found.timers);
      oldest.set({ queue: "intake" }, found.intakeOldestMs / 1_000);
      oldest.set({ queue: "outbox" }, found.outboxOldestMs / 1_000);
      readable.set(1);
    } catch {
      // A scrape of a sick process must still tell the rest.
      waiting.reset();
      oldest.reset();
      readable.set(0);
    }
  };
}
