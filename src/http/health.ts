import { setTimeout as wait } from "node:timers/promises";
import { reasonOf } from "../basics/errors.ts";
import type { HttpResponse, Route } from "../channels/http-port.ts";

export interface HealthOptions {
  /** Rejects when the store cannot take a write. */
  readonly probe: () => Promise<void>;
  /** Messages accepted and not handled yet, and the most there may be. */
  readonly waiting: () => number;
  readonly mostWaiting: number;
  readonly stopping: () => boolean;
  /** Other reasons why no message can be answered now, such as a model that is not loaded. */
  readonly otherReasons?: () => readonly string[];
  /** The longest that the store may take to show that it can write, ms; 2,000 unless told otherwise. */
  readonly probeMs?: number;
}

const defaultProbeMs = 2_000;

/** GET /healthz: this process lives. GET /readyz: it can take messages now, or why it cannot. */
export function healthRoutes(options: HealthOptions): Route[] {
  let probing: Promise<string | undefined> | undefined;
  // However many ask at once, the store is asked once.
  const probe = () => {
    probing ??= probeStore(options.probe, options.probeMs ?? defaultProbeMs).finally(() => {
      probing = undefined;
    });
    return probing;
  };
  const ready = async (): Promise<HttpResponse> => {
    const reasons = [...(options.otherReasons?.() ?? [])];
    if (options.stopping()) reasons.push("the server is stopping");
    if (options.waiting() >= options.mostWaiting) reasons.push("too many messages are waiting");
    const store = await probe();
    if (store !== undefined) reasons.push(`the store cannot write: ${store}`);
    return reasons.length === 0
      ? { status: 200, body: { ready: true } }
      : { status: 503, headers: { "Retry-After": "5" }, body: { ready: false, reasons } };
  };
  return [
    { method: "GET", path: "/healthz", bodyLimit: 0, handle: () => ({ status: 200, body: { alive: true } }) },
    { method: "GET", path: "/readyz", bodyLimit: 0, handle: ready },
  ];
}

/** Undefined when the store can write, else why not. */
async function probeStore(probe: () => Promise<void>, probeMs: number): Promise<string | undefined> {
  const enough = new AbortController();
  try {
    return await Promise.race([
      probe().then(() => undefined),
      wait(probeMs, `no answer within ${String(probeMs)} ms`, { signal: enough.signal }),
    ]);
  } catch (thrown) {
    return reasonOf(thrown);
  } finally {
    enough.abort();
  }
}
