/**
 * The whole program over HTTP against the durable echo floor, in one run on one machine:
 *
 *     npm run bench:http
 *
 * Prints CPU per message of both and their ratio, the highest rate, and at half of it the latencies.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cpuMs, residentMiB, startServer } from "./child.ts";
import { DirectLineLoad } from "./direct-line-load.ts";
import { loadFloor, startSink } from "./floor-load.ts";

const rounds = 3;
const secondsEach = 6;
const inFlight = 64;
const secret = "the-benchmarks-own-secret";

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;
}

const median = (values: readonly number[]) => quantile(values, 0.5);
const show = (value: number, digits = 2) => value.toFixed(digits);

const folder = mkdtempSync(join(tmpdir(), "kumusta-bench-"));
const sink = await startSink();
const floor = await startServer(
  ["bench/http/floor-server.ts", join(folder, "floor.db"), String(sink.port)],
  {},
);
const kumusta = await startServer(["bin/kumusta.js", "start"], {
  PORT: "0",
  HOST: "127.0.0.1",
  DATA_DIR: join(folder, "data"),
  BURST_QUIET_MS: "0",
  DIRECTLINE_SECRET: secret,
});
const load = await DirectLineLoad.open({ port: kumusta.port, secret, conversations: 300 });
try {
  await loadFloor(floor.port, 2, inFlight);
  await load.asFastAsPossible(4, inFlight);
  const cost: Record<"floor" | "kumusta" | "rate", number[]> = { floor: [], kumusta: [], rate: [] };
  for (let round = 0; round < rounds; round++) {
    const floorBefore = cpuMs(floor.pid);
    const echoed = await loadFloor(floor.port, secondsEach, inFlight);
    cost.floor.push((cpuMs(floor.pid) - floorBefore) / echoed);
    const before = cpuMs(kumusta.pid);
    const { messages, seconds } = await load.asFastAsPossible(secondsEach, inFlight);
    cost.kumusta.push((cpuMs(kumusta.pid) - before) / messages);
    cost.rate.push(messages / seconds);
    console.log(
      `round ${String(round + 1)}: floor ${show(cost.floor.at(-1) ?? NaN, 3)} ms, kumusta ${show(cost.kumusta.at(-1) ?? NaN, 3)} ms CPU a message, ${show(messages / seconds, 0)} turns/s`,
    );
  }
  const rate = median(cost.rate);
  const calm = await load.steadily(10, rate / 2);
  const fixed = await load.steadily(10, 400);
  const latencies = (title: string, { acknowledgements, replies }: typeof calm) => {
    console.log(
      `${title}: acknowledged p50 ${show(median(acknowledgements))} p99 ${show(quantile(acknowledgements, 0.99))} ms; replied p50 ${show(median(replies))} p95 ${show(quantile(replies, 0.95))} p99 ${show(quantile(replies, 0.99))} ms`,
    );
  };
  console.log(`turns a second, everything on this machine: ${show(rate, 0)}`);
  latencies(`at half of that (${show(rate / 2, 0)}/s)`, calm);
  latencies("at 400/s", fixed);
  console.log(
    `CPU a message: floor ${show(median(cost.floor), 3)} ms, kumusta ${show(median(cost.kumusta), 3)} ms, ratio ${show(median(cost.kumusta) / median(cost.floor))}`,
  );
  console.log(`resident memory: ${show(residentMiB(kumusta.pid), 0)} MiB`);
} finally {
  await load.close();
  await Promise.all([floor.stop(), kumusta.stop()]);
  await sink.close();
  rmSync(folder, { recursive: true });
}
