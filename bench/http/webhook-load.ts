import { Pool } from "undici";
import { escapedJson, signedHeaders } from "../../test/emulators/messenger/signed-webhook.ts";
import { cpuMs, type MeasuredServer } from "./child.ts";
import { evenly } from "./evenly.ts";

export const page = "1001";
export const webhookPath = "/webhooks/messenger";
/** Connections of a load that is not about how many there are. */
const usualInFlight = 64;

/** One webhook of Meta's, signed before the clock starts: the sender's own work must not be measured. */
export interface SignedRequest {
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface Measured {
  /** Answers with the status that was expected, a second. */
  readonly perSecond: number;
  /** CPU of the server for each, ms. */
  readonly cpuMsEach: number;
  /** The time to an answer that 99 of 100 stay below, ms. */
  readonly p99Ms: number;
}

/** A request with one event, signed with this secret. */
export function signedEvent(event: object, secret: string): SignedRequest {
  const body = escapedJson({
    object: "page",
    entry: [{ id: page, time: 1_764_000_000_000, messaging: [event] }],
  });
  return { headers: signedHeaders(body, secret), body };
}

/** What the n-th customer types; ids never repeat within a run. */
export function typed(customer: string, n: number): object {
  return {
    sender: { id: customer },
    recipient: { id: page },
    timestamp: 1_764_000_000_000 + n,
    message: { mid: `m_bench-${String(n)}`, text: "magkano po ang shipping sa Parañaque?" },
  };
}

/**
 * Opens so many connections by requests that any handler refuses. libuv accepts one connection in each turn of the event
 * loop (its pull request 3696), so a busy server would else spend the beginning of a round on them.
 */
async function opened(server: MeasuredServer, connections: number): Promise<Pool> {
  const pool = new Pool(`http://127.0.0.1:${String(server.port)}`, { connections });
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const answer = await pool.request({ method: "POST", path: webhookPath, body: "{}" });
      await answer.body.text();
    }),
  );
  return pool;
}

/** Posts them all as fast as it goes, so many at once. */
export async function asFastAsItGoes(
  server: MeasuredServer,
  requests: readonly SignedRequest[],
  { expected = 200, inFlight = usualInFlight } = {},
): Promise<Measured> {
  const pool = await opened(server, inFlight);
  const left = [...requests];
  const before = cpuMs(server.pid);
  const begun = performance.now();
  let done = 0;
  const times: number[] = [];
  const line = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const asked = performance.now();
      const answer = await pool.request({ method: "POST", path: webhookPath, ...next });
      await answer.body.text();
      times.push(performance.now() - asked);
      if (answer.statusCode === expected) done += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, line));
  const seconds = (performance.now() - begun) / 1_000;
  const cpuMsEach = (cpuMs(server.pid) - before) / done;
  await pool.close();
  return { perSecond: done / seconds, cpuMsEach, p99Ms: at(times, 0.99) };
}

/** The time that this share of them stay below, ms. */
export function at(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)] ?? NaN;
}

/** Posts them evenly, and gives the time to each 200, ms. */
export async function atAnEvenRate(
  server: MeasuredServer,
  requests: readonly SignedRequest[],
  perSecond: number,
): Promise<readonly number[]> {
  const pool = new Pool(`http://127.0.0.1:${String(server.port)}`, { connections: usualInFlight });
  const times: number[] = [];
  await evenly(requests.length / perSecond, perSecond, async (n) => {
    const next = requests[n];
    if (next === undefined) return;
    const begun = performance.now();
    const answer = await pool.request({ method: "POST", path: webhookPath, ...next });
    await answer.body.text();
    if (answer.statusCode === 200) times.push(performance.now() - begun);
  });
  await pool.close();
  return times;
}
