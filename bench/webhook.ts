/**
 * A signed Messenger webhook → verified → committed → 200, against a bare restify handler that only verifies the same
 * signature, in one run on one machine:
 *
 *     npm run bench:webhook
 *
 * Prints acknowledgements a second of both, in turns, and the ratio of their medians.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Pool } from "undici";
import { escapedJson, signedHeaders } from "../test/emulators/messenger/signed-webhook.ts";
import { GraphEmulator } from "../test/emulators/messenger/graph-emulator.ts";
import { cpuMs, startServer } from "./http/child.ts";

const app = { appId: "7001", appSecret: "bench-app-secret", verifyToken: "bench-verify-token" };
const page = "1001";
const rounds = 5;
/** Below what the program lets wait (10,000): beyond that it refuses, as it must. */
const requestsEach = 6_000;
const inFlight = 64;
const customers = 2_000;

interface Measured {
  readonly perSecond: number;
  readonly cpuMsEach: number;
}

/** The n-th webhook of the run: ids never repeat. */
function request(mids: number): { headers: Record<string, string>; body: string } {
  const customer = String(500_000 + (mids % customers));
  const event = {
    sender: { id: customer },
    recipient: { id: page },
    timestamp: 1_764_000_000_000 + mids,
    message: { mid: `m_bench-${String(mids)}`, text: "magkano po ang shipping sa Parañaque?" },
  };
  const body = escapedJson({
    object: "page",
    entry: [{ id: page, time: event.timestamp, messaging: [event] }],
  });
  return { headers: signedHeaders(body, app.appSecret), body };
}

async function measure(port: number, pid: number, first: number): Promise<Measured> {
  const pool = new Pool(`http://127.0.0.1:${String(port)}`, { connections: inFlight });
  // Signed before the clock starts: the sender's own work must not be measured.
  const requests: ReturnType<typeof request>[] = Array.from({ length: requestsEach }, (_, i) =>
    request(first + i),
  );
  const before = cpuMs(pid);
  const begun = performance.now();
  let done = 0;
  const line = async () => {
    for (let next = requests.pop(); next !== undefined; next = requests.pop()) {
      const answer = await pool.request({ method: "POST", path: "/webhooks/messenger", ...next });
      await answer.body.text();
      if (answer.statusCode === 200) done += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, line));
  const seconds = (performance.now() - begun) / 1_000;
  await pool.close();
  return { perSecond: done / seconds, cpuMsEach: (cpuMs(pid) - before) / done };
}

/** Turns come after the quiet time and take the same CPU: the next round begins when they are done. */
async function untilQuiet(port: number): Promise<void> {
  for (;;) {
    const text = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
    if (text.includes('kumusta_waiting{queue="intake"} 0\n')) return;
    await pause(250);
  }
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const folder = mkdtempSync(join(tmpdir(), "kumusta-bench-"));
const meta = await GraphEmulator.start({ ...app, pages: { [page]: "T" } });
// What is measured is the acknowledgement: turns wait for more words meanwhile, as they do in production.
const kumusta = await startServer(["bin/kumusta.js", "start"], {
  PORT: "0",
  HOST: "127.0.0.1",
  DATA_DIR: folder,
  BURST_QUIET_MS: "10000",
  MESSENGER_APP_SECRET: app.appSecret,
  MESSENGER_VERIFY_TOKEN: app.verifyToken,
  MESSENGER_PAGE_ID: page,
  MESSENGER_PAGE_TOKEN: "T",
  MESSENGER_API_URL: meta.url,
});
const bare = await startServer(["bench/http/bare-webhook.ts", app.appSecret], {});
try {
  const all: Record<"bare" | "kumusta", Measured[]> = { bare: [], kumusta: [] };
  for (let round = 0; round < rounds; round++) {
    all.bare.push(await measure(bare.port, bare.pid, round * requestsEach));
    all.kumusta.push(await measure(kumusta.port, kumusta.pid, round * requestsEach));
    await untilQuiet(kumusta.port);
    const [b, k] = [all.bare.at(-1), all.kumusta.at(-1)];
    console.log(
      `round ${String(round + 1)}: bare ${String(Math.round(b?.perSecond ?? 0))}/s ${(b?.cpuMsEach ?? 0).toFixed(3)} ms, kumusta ${String(Math.round(k?.perSecond ?? 0))}/s ${(k?.cpuMsEach ?? 0).toFixed(3)} ms CPU each`,
    );
  }
  const rate = (which: "bare" | "kumusta") => median(all[which].map(({ perSecond }) => perSecond));
  console.log(`acknowledged at ${(rate("kumusta") / rate("bare")).toFixed(2)} of the bare handler's rate`);
} finally {
  await Promise.all([bare.stop(), kumusta.stop()]);
  await meta.stop();
  rmSync(folder, { recursive: true });
}
