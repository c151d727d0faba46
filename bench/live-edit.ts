/**
 * How long a maintainer waits: five new utterances are saved one after the other while the program runs with a copy of the
 * sample shop's content; from each save to the instant at which the program calls the version live, and to the end of
 * its whole training. Beside other programs the processor time tells more: on an idle machine little else is waited for but
 * the 100 ms that an editor gets to finish saving. `node bench/live-edit.ts`.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { cpuMs, startServer } from "./http/child.ts";

const lookEveryMs = 10;
const stateSchema = z.object({ version: z.string(), pending: z.boolean(), learning: z.boolean() });

const folder = mkdtempSync(join(tmpdir(), "kumusta-live-edit-"));
for (const part of ["intents", "dialogs"]) cpSync(part, join(folder, part), { recursive: true });
const file = join(folder, "intents/payment/cod.yaml");
const server = await startServer(["bin/kumusta.js", "start"], {
  HOST: "127.0.0.1",
  PORT: "0",
  CONTENT_DIR: folder,
  DATA_DIR: join(folder, "data"),
});

const state = async () =>
  stateSchema.parse(await (await fetch(`http://127.0.0.1:${String(server.port)}/demo/content`)).json());
async function until(holds: (now: z.infer<typeof stateSchema>) => boolean): Promise<number> {
  while (!holds(await state())) await pause(lookEveryMs);
  return performance.now();
}

try {
  const waits: number[] = [];
  for (const word of ["isa", "dalawa", "tatlo", "apat", "lima"]) {
    const before = await state();
    const text = readFileSync(file, "utf8");
    const savedAt = performance.now();
    const usedAtSave = cpuMs(server.pid);
    writeFileSync(file, text.replace("  fil:\n", `  fil:\n    - "pabitbit kalabaw ${word}"\n`));
    const live = (await until(({ version }) => version !== before.version)) - savedAt;
    const used = cpuMs(server.pid) - usedAtSave;
    const learnt = (await until(({ pending, learning }) => !pending && !learning)) - savedAt;
    waits.push(live);
    console.log(
      `live after ${live.toFixed(0)} ms (${used.toFixed(0)} ms of processor), trained whole after ${learnt.toFixed(0)} ms`,
    );
  }
  waits.sort((a, b) => a - b);
  console.log(`median of ${String(waits.length)}: ${(waits[2] ?? 0).toFixed(0)} ms`);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}
