/**
 * Resident memory of the whole program over many turns: it must level off, not climb.
 *
 *     npm run bench:memory -- [TURNS]
 *
 * A line every ten seconds; two minutes for the default of 200,000 turns on two cores.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { residentMiB, startServer } from "./child.ts";
import { DirectLineLoad } from "./direct-line-load.ts";

const wanted = Number(process.argv[2] ?? 200_000);
const secret = "the-benchmarks-own-secret";
const folder = mkdtempSync(join(tmpdir(), "kumusta-bench-"));
const env = {
  PORT: "0",
  HOST: "127.0.0.1",
  DATA_DIR: folder,
  BURST_QUIET_MS: "0",
  DIRECTLINE_SECRET: secret,
  // As it serves customers: see run.ts.
  PUBLIC_URL: "https://shop.example",
};

// The first start trains the model and compiles; what is measured is a start like every later one.
await (await startServer(["bin/kumusta.js", "start"], env)).stop();
const begun = performance.now();
const kumusta = await startServer(["bin/kumusta.js", "start"], env);
console.log(
  `ready after ${(performance.now() - begun).toFixed(0)} ms, ${residentMiB(kumusta.pid).toFixed(0)} MiB`,
);
const load = await DirectLineLoad.open({ port: kumusta.port, secret, conversations: 300 });
try {
  for (let turns = 0; turns < wanted;) {
    turns += (await load.asFastAsPossible(10, 64)).messages;
    console.log(`${String(turns)} turns: ${residentMiB(kumusta.pid).toFixed(0)} MiB`);
  }
} finally {
  await load.close();
  await kumusta.stop();
  rmSync(folder, { recursive: true });
}
