/**
 * The whole program over HTTP against the durable echo floor, in one run on one machine:
 *
 *     npm run bench:http
 *
 * Prints CPU per message of both and their ratio: as much as goes through each with 64 in flight, which is six times
 * as much for the floor, and under the same steady streams; then the highest rate, and at half of it the latencies.
 * About two minutes.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cpuMs, residentMiB, startServer } from "./child.ts";
import { DirectLineLoad, type Measured } from "./direct-line-load.ts";
import { FloorLoad, startSink } from "./floor-load.ts";

const rounds = 3;
const secondsEach = 3;
const inFlight = 64;
const secret = "the-benchmarks-own-secret";

/** What both loads can do. */
type Load<Result> = Record<
  "asFastAsPossible" | "steadily",
  (seconds: number, muchness: number) => Promise<Result>
>;

interface Shape {
  readonly title: string;
  run<Result>(load: Load<Result>): Promise<Result>;
}

const saturated: Shape = {
  title: `${String(inFlight)} in flight, as fast as it goes`,
  run: (load) => load.asFastAsPossible(secondsEach, inFlight),
};
const steady = (perSecond: number): Shape => ({
  title: `${String(perSecond)} a second, evenly`,
  run: (load) => load.steadily(secondsEach, perSecond),
});
const shapes: readonly Shape[] = [saturated, ...[2_000, 1_400, 1_000, 600, 200].map(steady)];

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
  // As it serves customers: without the page that shows whoever sits at this machine what the bot thinks.
  PUBLIC_URL: "https://shop.example",
});
const floorLoad = new FloorLoad(floor.port);
const load = await DirectLineLoad.open({ port: kumusta.port, secret, conversations: 300 });

/** CPU of one server per message of this load, ms, and what came of the load. */
async function costOf<Result extends { readonly messages: number }>(
  pid: number,
  shape: Shape,
  from: Load<Result>,
): Promise<Result & { readonly cpu: number }> {
  const before = cpuMs(pid);
  const result = await shape.run(from);
  return { ...result, cpu: (cpuMs(pid) - before) / result.messages };
}

function latencies(
  title: string,
  { acknowledgements, replies }: Pick<Measured, "acknowledgements" | "replies">,
) {
  console.log(
    `${title}: acknowledged p50 ${show(median(acknowledgements))} p99 ${show(quantile(acknowledgements, 0.99))} ms; replied p50 ${show(median(replies))} p95 ${show(quantile(replies, 0.95))} p99 ${show(quantile(replies, 0.99))} ms`,
  );
}

try {
  // Compilers work on other threads for some seconds, and their CPU counts: a steady state is what is asked for.
  await floorLoad.asFastAsPossible(3, inFlight);
  await load.asFastAsPossible(8, inFlight);
  const rates: Record<"floor" | "ours", number[]> = { floor: [], ours: [] };
  for (const shape of shapes) {
    const costs: Record<"floor" | "ours", number[]> = { floor: [], ours: [] };
    const times: Record<"acknowledgements" | "replies", number[]> = { acknowledgements: [], replies: [] };
    for (let round = 0; round < rounds; round++) {
      const echoed = await costOf(floor.pid, shape, floorLoad);
      costs.floor.push(echoed.cpu);
      const { cpu, messages, seconds, acknowledgements, replies } = await costOf(kumusta.pid, shape, load);
      costs.ours.push(cpu);
      times.acknowledgements.push(...acknowledgements);
      times.replies.push(...replies);
      if (shape !== saturated) continue;
      rates.floor.push(echoed.messages / secondsEach);
      rates.ours.push(messages / seconds);
    }
    const [bare, ours] = [median(costs.floor), median(costs.ours)];
    console.log(
      `${shape.title}: CPU a message: floor ${show(bare, 3)} ms, kumusta ${show(ours, 3)} ms, ratio ${show(ours / bare)}`,
    );
    if (shape !== saturated) latencies("  latencies", times);
  }
  const rate = median(rates.ours);
  console.log(
    `messages a second, everything on this machine: floor ${show(median(rates.floor), 0)}, kumusta ${show(rate, 0)}`,
  );
  latencies(`at half of that (${show(rate / 2, 0)}/s)`, await load.steadily(8, rate / 2));
  console.log(`resident memory: ${show(residentMiB(kumusta.pid), 0)} MiB`);
} finally {
  await Promise.all([load.close(), floorLoad.close()]);
  await Promise.all([floor.stop(), kumusta.stop()]);
  await sink.close();
  rmSync(folder, { recursive: true });
}
