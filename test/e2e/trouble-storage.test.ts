import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import Sqlite from "better-sqlite3";
import { z } from "zod";
import { atRest, until } from "./at-rest.ts";
import { readLedger } from "./ledger.ts";
import { faultsOf } from "./ledger-faults.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";
import { Sender } from "./sender.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: string;
let program: Program;

beforeEach(async () => {
  folder = await temporaryFolder();
  database = join(folder.path, "kumusta.db");
});
afterEach(async () => {
  await program.kill();
  await folder.remove();
});

async function readiness(): Promise<{ status: number; reasons: readonly string[] }> {
  const answer = await fetch(`${program.url}/readyz`);
  const { reasons } = z.object({ reasons: z.array(z.string()).default([]) }).parse(await answer.json());
  return { status: answer.status, reasons };
}

async function faults(senders: readonly Sender[]): Promise<string[]> {
  await atRest(database);
  return faultsOf(readLedger(database), await Promise.all(senders.map((sender) => sender.witness())));
}

describe("a full disk", () => {
  it("refuses new messages and says so; what was accepted is answered after a restart with more room", async () => {
    program = await startProgram(folder.path, { DATABASE_URL: `file:${database}?max_page_count=120` });
    expect((await readiness()).status).toBe(200);
    const senders = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(() => Sender.begin(() => program.url)));
    const filler = await Sender.begin(() => program.url);
    const long = `magkano po sf ${"po ".repeat(500)}`;
    const writing = senders.map(async (sender) => {
      while (sender.refusals.length === 0) await sender.say(long);
    });
    await Promise.all(writing);
    for (const { refusals } of senders)
      expect(refusals).toEqual([{ status: 503, retryAfter: expect.stringMatching(/^\d+$/u) }]);
    // What is answered meanwhile makes room again: somebody goes on writing into it.
    senders.push(filler);
    let full = await readiness();
    await until("it is not ready", async () => {
      await filler.say(long);
      full = await readiness();
      return full.status === 503;
    });
    expect(full.reasons).toEqual([expect.stringContaining("the store cannot write")]);
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    expect(await program.stop()).toBe(0);

    program = await startProgram(folder.path, { DATABASE_URL: `file:${database}?max_page_count=4000` });
    expect((await readiness()).status).toBe(200);
    await Promise.all(senders.map((sender) => sender.retry()));
    expect(await faults(senders)).toEqual([]);
  });
});

describe("a database that another program locks", () => {
  it("refuses new messages and says so; afterwards everything accepted is answered without help", async () => {
    program = await startProgram(folder.path, { BURST_QUIET_MS: "900" });
    const [early, late] = [await Sender.begin(() => program.url), await Sender.begin(() => program.url)];
    await early.say("magkano po sf");
    const intruder = new Sqlite(database);
    intruder.exec("begin immediate");
    try {
      const refused = await late.say("paano magbayad");
      expect(refused.ackedAt).toBeUndefined();
      expect(late.refusals).toEqual([{ status: 503, retryAfter: expect.stringMatching(/^\d+$/u) }]);
      expect(await readiness()).toEqual({
        status: 503,
        reasons: [expect.stringContaining("the store cannot write")],
      });
      // The turn of what was accepted before is refused, too; history can be read all the while.
      await until(
        "the refused message's neighbour stands in the history",
        async () => (await early.history()).length === 1,
      );
      await until("readiness was refused again", async () => (await readiness()).status === 503);
    } finally {
      intruder.close();
    }
    await until("it is ready again", async () => (await readiness()).status === 200);
    await late.retry();
    expect(await faults([early, late])).toEqual([]);
    expect((await early.history()).map(({ from }) => from.role)).toEqual(["user", "bot"]);
  });
});
