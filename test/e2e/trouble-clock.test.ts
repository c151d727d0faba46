import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { atRest, until } from "./at-rest.ts";
import { readLedger } from "./ledger.ts";
import { faultsOf } from "./ledger-faults.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";
import { Sender } from "./sender.ts";

const hourMs = 3_600_000;
const minuteMs = 60_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let program: Program;

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  await program.kill();
  await folder.remove();
});

/** Starts with a clock that the test sets. */
async function startWithClock(quietMs: number): Promise<void> {
  program = await startProgram(folder.path, {
    BURST_QUIET_MS: String(quietMs),
    CLOCK_FILE: join(folder.path, "clock"),
    NODE_OPTIONS: `--import ${new URL("./jumping-clock.js", import.meta.url).href}`,
  });
}

async function setClock(wrongByMs: number): Promise<void> {
  const jumps = () => program.output().split("clock.jumped").length;
  const before = jumps();
  await writeFile(join(folder.path, "clock"), String(wrongByMs));
  process.kill(program.pid, "SIGUSR2");
  await until("the clock has jumped", () => jumps() > before);
}

/** Where the clock is put, one after the other, ms from the truth. */
const jumps = [hourMs, 0, -hourMs, hourMs, -5 * minuteMs, 0] as const;

describe("a machine whose clock is set forth and back while customers write", () => {
  it.each([
    { quietMs: 0, what: "each message is answered by itself" },
    { quietMs: 400, what: "messages before and after a jump are one burst" },
  ])("answers everything, in the order of writing, without delay ($what)", async ({ quietMs }) => {
    await startWithClock(quietMs);
    // By the secret: a token's half hour passes with the clock, as it must.
    const senders = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(() => Sender.begin(() => program.url, "secret")),
    );
    const everybody = (text: string) => Promise.all(senders.map((sender) => sender.say(text)));
    for (const wrongByMs of jumps) {
      await everybody("magkano po sf");
      const writing = everybody("paano magbayad");
      await setClock(wrongByMs);
      await writing;
      await everybody("how much is shipping");
    }
    expect(await atRest(join(folder.path, "kumusta.db"))).toBe(true);
    const witnesses = await Promise.all(senders.map((sender) => sender.witness()));
    const ledger = readLedger(join(folder.path, "kumusta.db"));
    expect(faultsOf(ledger, witnesses)).toEqual([]);
    for (const { said, refusals } of senders) {
      expect(refusals).toEqual([]);
      expect(said).toHaveLength(3 * jumps.length);
    }
    expect(ledger.turns.filter(({ outcome }) => outcome === "silent")).toEqual([]);
  });
});
