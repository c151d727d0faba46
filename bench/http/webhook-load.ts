import { Pool } from "undici";
import { escapedJson, signedHeaders } from "../../test/emulators/messenger/signed-webhook.ts";
import { cpuMs, type MeasuredServer } from "./child.ts";
import { evenly } from "./evenly.ts";

export const page = "1001";
export const webhookPath = "/webhooks/messenger";
const inFlight = 64;

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

/** Posts them all, 64 in flight, as fast as it goes. */
export async function asFastAsItGoes(
  server: MeasuredServer,
  requests: readonly SignedRequest[],
  expected = 200,
): Promise<Measured> {
  const pool = new Pool(`http://127.0.0.1:${String(server.port)}`, { connections: inFlight });
  const left = [...requests];
  const before = cpuMs(server.pid);
  const begun = performance.now();
  let done = 0;
  const line = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const answer = await pool.request({ method: "POST", path: webhookPath, ...next });
      await answer.body.text();
      if (answer.statusCode === expected) done += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, line));
  const seconds = (performance.now() - begun) / 1_000;
  const cpuMsEach = (cpuMs(server.pid) - before) / done;
  await pool.close();
  return { perSecond: done / seconds, cpuMsEach };
}

/** Posts them evenly, and gives the time to each 200, ms, shortest first. */
export async function atAnEvenRate(
  server: MeasuredServer,
  requests: readonly SignedRequest[],
  perSecond: number,
): Promise<readonly number[]> {
  const pool = new Pool(`http://127.0.0.1:${String(server.port)}`, { connections: inFlight });
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
  return times.toSorted((a, b) => a - b);
}
