import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { setTimeout as pause } from "node:timers/promises";
import { join } from "node:path";
import { seededChance } from "../../src/recognition/linear/chance.ts";
import { startTwilio, type TwilioEmulator } from "../emulators/twilio/twilio-emulator.ts";
import { atRest } from "./at-rest.ts";
import { readLedger } from "./ledger.ts";
import { waitUntil } from "../wait-until.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";

/** One with every test run; ten by `npm run torture:channels`. */
const rounds = Number(process.env["CRASH_ROUNDS"] ?? 1);
const customersEach = 15;
const chance = seededChance(20_261_124);

let twilio: TwilioEmulator;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let program: Program;

const begin = async () => {
  program = await startProgram(folder.path, twilio.environment());
  twilio.target = program.url;
};

beforeAll(async () => {
  folder = await temporaryFolder();
  twilio = await startTwilio({ patienceMs: 2_000 });
  await begin();
});
afterAll(async () => {
  await program.stop();
  await twilio.close();
  await folder.remove();
});

describe("a program killed again and again while customers text", () => {
  it("loses no text that Twilio was told it has, and doubles none without saying so", async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const texting = Array.from({ length: customersEach }, async (_, n) => {
        await pause(chance() * 200);
        const from = `+63920${String(1_000_000 + round * 1_000 + n)}`;
        // Twilio tries once more by itself; a text that it could not hand over is lost at Twilio, and not ours to answer.
        const statuses = await twilio.text({ from, body: "magkano po sf" });
        if (statuses.includes(200)) acknowledged.push(from);
      });
      const before = acknowledged.length;
      await pause(100 + chance() * 1_000);
      // On a machine that is slow just now nothing may have come in yet: then nothing would be at stake.
      await waitUntil("Twilio was told that one text was taken", () => acknowledged.length > before);
      await program.kill();
      await begin();
      await Promise.all(texting);
    }
    expect(acknowledged.length).toBeGreaterThan(0);
    const database = join(folder.path, "kumusta.db");
    expect(await atRest(database)).toBe(true);
    const ledger = readLedger(database);
    for (const phone of acknowledged) {
      const conversation = ledger.conversations.find(({ external_id: id }) => id === phone);
      const statuses = ledger.outbox
        .filter(({ conversation_id: id }) => id === conversation?.id)
        .map(({ status }) => status);
      const got = twilio.to(phone).length;
      expect(statuses).toHaveLength(1);
      expect(got).toBeLessThanOrEqual(1);
      if (got === 0) expect(statuses).toEqual(["unknown"]);
    }
    expect(twilio.breaches).toEqual([]);
  }, 300_000);
});
