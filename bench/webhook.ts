/**
 * A signed Messenger webhook → verified → committed → 200, against a bare restify handler that only verifies the same
 * signature, in one run on one machine:
 *
 *     npm run bench:webhook
 *
 * 1. Acceptance alone: the conversations belong to a person, so the bot is silent; the turns that record the messages
 *    wait until the round is over. With 64 webhooks in flight, and with 256, as after an outage.
 * 2. The full turn: the bot recognizes, decides and commits its answer on the same core while it acknowledges, and
 *    sends what its page's rate (240 a second) lets out. No waiting for more words.
 * 3. A bad signature, by CPU, against what the bare handler needs to refuse it.
 * 4. The time to an acknowledgement at an even rate while each call of the Send API takes 3 s.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { GraphEmulator } from "../test/emulators/messenger/graph-emulator.ts";
import { startServer, type MeasuredServer } from "./http/child.ts";
import {
  asFastAsItGoes,
  at,
  atAnEvenRate,
  page,
  signedEvent,
  typed,
  type Measured,
  type SignedRequest,
} from "./http/webhook-load.ts";

const app = { appId: "7001", appSecret: "bench-app-secret", verifyToken: "bench-verify-token" };
const rounds = Number(process.env["BENCH_ROUNDS"] ?? 7);
/** Rounds that are not counted: both servers compile their code while they run. */
const warmUps = 2;
/** Below what the program lets wait (10,000): beyond that it refuses, as it must. */
const requestsEach = 6_000;
/** As long a round for the bare handler, which nothing waits in: a short one is what scatters most. */
const bareRequestsEach = 2.5 * requestsEach;
const customers = 2_000;
const customerOf = (n: number) => String(500_000 + (n % customers));
/** Load of a busy page, well below what the program can do. */
const evenRate = { perSecond: 100, seconds: 20 };

const folder = mkdtempSync(join(tmpdir(), "kumusta-bench-"));
const meta = await GraphEmulator.start({ ...app, pages: { [page]: "T" } });
const kumustaWith = (name: string, quietMs: number) =>
  startServer(["bin/kumusta.js", "start"], {
    PORT: "0",
    HOST: "127.0.0.1",
    DATA_DIR: join(folder, name),
    BURST_QUIET_MS: String(quietMs),
    MESSENGER_APP_SECRET: app.appSecret,
    MESSENGER_VERIFY_TOKEN: app.verifyToken,
    MESSENGER_PAGE_ID: page,
    MESSENGER_PAGE_TOKEN: "T",
    MESSENGER_API_URL: meta.url,
  });

/** Makes what customers type; ids never repeat within the run. */
class Customers {
  #sent = 0;

  messages(count: number, secret = app.appSecret): SignedRequest[] {
    return Array.from({ length: count }, () => {
      this.#sent += 1;
      return signedEvent(typed(customerOf(this.#sent), this.#sent), secret);
    });
  }
}
const crowd = new Customers();

/** Waits until nothing waits to be handled: the next round begins on an idle server. */
async function untilQuiet({ port }: MeasuredServer): Promise<void> {
  for (;;) {
    const text = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
    if (text.includes('kumusta_waiting{queue="intake"} 0\n')) return;
    await pause(250);
  }
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Both in turns, on the same machine; prints the ratio of the medians. */
async function compare(
  what: string,
  { ours, bare }: { readonly ours: MeasuredServer; readonly bare: MeasuredServer },
  { times, uncounted = 0, inFlight }: { times: number; uncounted?: number; inFlight: number },
): Promise<void> {
  const all: Record<"bare" | "kumusta", Measured[]> = { bare: [], kumusta: [] };
  for (let round = -uncounted; round < times; round++) {
    const b = await asFastAsItGoes(bare, crowd.messages(bareRequestsEach), { inFlight });
    const k = await asFastAsItGoes(ours, crowd.messages(requestsEach), { inFlight });
    await untilQuiet(ours);
    if (round < 0) continue;
    all.bare.push(b);
    all.kumusta.push(k);
    console.log(`  bare ${shown(b)}; kumusta ${shown(k)}`);
  }
  const of = (which: "bare" | "kumusta", value: (one: Measured) => number) => median(all[which].map(value));
  const rate = of("kumusta", ({ perSecond }) => perSecond) / of("bare", ({ perSecond }) => perSecond);
  const cpu = of("kumusta", ({ cpuMsEach }) => cpuMsEach) / of("bare", ({ cpuMsEach }) => cpuMsEach);
  console.log(
    `${what}, ${String(inFlight)} in flight: ${rate.toFixed(2)} of the bare handler's rate, ${cpu.toFixed(1)} times its CPU`,
  );
}

function shown({ perSecond, cpuMsEach, p99Ms }: Measured): string {
  return `${String(Math.round(perSecond))}/s, ${cpuMsEach.toFixed(3)} ms CPU, p99 ${p99Ms.toFixed(0)} ms`;
}

/** A person answers in the page's inbox: from then on the bot is silent there. */
async function ownedByAPerson(server: MeasuredServer): Promise<void> {
  const echoes = Array.from({ length: customers }, (_, n) =>
    signedEvent(
      {
        sender: { id: page },
        recipient: { id: customerOf(n) },
        timestamp: 1_764_000_000_000,
        message: { is_echo: true, app_id: 263902037430900, mid: `m_person-${String(n)}`, text: "Hello po" },
      },
      app.appSecret,
    ),
  );
  await asFastAsItGoes(server, echoes);
  await untilQuiet(server);
}

/** On a busy machine the bare handler waits for the processor as well: its times are what there is to compare with. */
async function printTimes(what: string, server: MeasuredServer): Promise<void> {
  const { perSecond, seconds } = evenRate;
  const times = await atAnEvenRate(server, crowd.messages(perSecond * seconds), perSecond);
  const shown = (share: number) => at(times, share).toFixed(1);
  console.log(
    `${what}, ${String(perSecond)}/s: p50 ${shown(0.5)} ms, p99 ${shown(0.99)} ms, worst ${shown(1)} ms (${String(times.length)} of ${String(perSecond * seconds)})`,
  );
}

const bare = await startServer(["bench/http/bare-webhook.ts", app.appSecret], {});
try {
  const silent = await kumustaWith("silent", 10_000);
  await ownedByAPerson(silent);
  const both = { ours: silent, bare };
  await compare("accepted, the bot silent", both, { times: rounds, uncounted: warmUps, inFlight: 64 });
  await compare("accepted, the bot silent", both, { times: rounds, inFlight: 256 });

  const unsigned = () => crowd.messages(requestsEach, "somebody else's secret");
  const refusedBare = await asFastAsItGoes(bare, unsigned(), { expected: 403 });
  const refused = await asFastAsItGoes(silent, unsigned(), { expected: 403 });
  console.log(
    `a bad signature: ${refused.cpuMsEach.toFixed(3)} ms CPU, the bare handler ${refusedBare.cpuMsEach.toFixed(3)} ms`,
  );
  await silent.stop();

  const answering = await kumustaWith("answering", 0);
  const full = { ours: answering, bare };
  await compare("with the full turn on the same core", full, { times: Math.min(rounds, 3), inFlight: 64 });
  await answering.stop();

  meta.mood = () => pause(3_000).then(() => undefined);
  const waiting = await kumustaWith("waiting", 900);
  await asFastAsItGoes(waiting, crowd.messages(200));
  await printTimes("the bare handler", bare);
  await printTimes("acknowledged while Graph takes 3 s", waiting);
  await waiting.stop();
} finally {
  await bare.stop();
  await meta.stop();
  rmSync(folder, { recursive: true });
}
