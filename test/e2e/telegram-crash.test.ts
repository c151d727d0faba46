import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { setTimeout as pause } from "node:timers/promises";
import { join } from "node:path";
import { seededChance } from "../../src/recognition/linear/chance.ts";
import { startTelegram, type TelegramEmulator } from "../emulators/telegram/telegram-emulator.ts";
import { atRest } from "./at-rest.ts";
import { readLedger } from "./ledger.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";

/** One with every test run; ten by `npm run torture:channels`. */
const rounds = Number(process.env["CRASH_ROUNDS"] ?? 1);
const customersEach = 15;
const chance = seededChance(20_261_123);

let telegram: TelegramEmulator;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let program: Program;

const begin = async () => {
  program = await startProgram(folder.path, {
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.url,
  });
};

beforeAll(async () => {
  telegram = await startTelegram();
  folder = await temporaryFolder();
  await begin();
});
afterAll(async () => {
  await program.stop();
  await telegram.close();
  await folder.remove();
});

describe("a program killed again and again while customers of Telegram write", () => {
  it("loses nothing that was written, and doubles nothing without saying so", async () => {
    const customers: number[] = [];
    for (let round = 0; round < rounds; round++) {
      for (let n = 0; n < customersEach; n++) {
        const customer = 6_000_000_000 + round * 1_000 + n;
        customers.push(customer);
        telegram.updates.text(customer, "magkano po sf");
        await pause(chance() * 20);
      }
      await pause(chance() * 1_200);
      await program.kill();
      await begin();
    }
    const database = join(folder.path, "kumusta.db");
    expect(await telegram.updates.confirmed()).toBe(true);
    expect(await atRest(database)).toBe(true);
    const ledger = readLedger(database);
    for (const customer of customers) {
      const conversation = ledger.conversations.find(({ external_id: id }) => id === String(customer));
      const statuses = ledger.outbox
        .filter(({ conversation_id: id }) => id === conversation?.id)
        .map(({ status }) => status);
      const got = telegram.calls.filter(
        ({ method, payload }) => method === "sendMessage" && payload["chat_id"] === String(customer),
      ).length;
      // One reply a message, decided once; it reached the customer unless its row says that nobody knows.
      expect(statuses).toHaveLength(1);
      expect(got).toBeLessThanOrEqual(1);
      if (got === 0) expect(statuses).toEqual(["unknown"]);
    }
    expect(telegram.breaches).toEqual([]);
  }, 300_000);
});
