import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { setTimeout as pause } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import { z } from "zod";
import { seededChance } from "../../src/recognition/linear/chance.ts";
import { MessengerPage, page } from "./messenger-page.ts";

/** Three with every test run; ten by `npm run torture:channels`. */
const rounds = Number(process.env["CRASH_ROUNDS"] ?? 3);
const seed = 20_261_122;
const customersEach = 15;

let running: MessengerPage;
const chance = seededChance(seed);

beforeAll(async () => {
  running = await MessengerPage.start({}, { echoes: "after" });
});
afterAll(async () => {
  await running.end();
});

const row = z.object({ status: z.string(), external_id: z.string() });

/** How the replies of each customer ended, by the program's own book. */
function ends(): ReadonlyMap<string, readonly string[]> {
  const database = new Sqlite(running.database, { readonly: true });
  const rows = z
    .array(row)
    .parse(
      database
        .prepare(
          "select status, external_id from outbox join conversations on conversations.id = conversation_id where kind = 'reply'",
        )
        .all(),
    );
  database.close();
  const byCustomer = new Map<string, string[]>();
  for (const { external_id: id, status } of rows) byCustomer.set(id, [...(byCustomer.get(id) ?? []), status]);
  return byCustomer;
}

describe("a program killed again and again while customers of Messenger write", () => {
  it("loses nothing that Meta was told it has, and doubles nothing without saying so", async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const customers = Array.from({ length: customersEach }, (_, i) => `${String(round)}00${String(i)}`);
      const writing = customers.map(async (customer) => {
        const event = running.meta.typed(page, customer, "magkano po sf");
        let status = await running.meta.post([event], page);
        // As Meta does: what was not acknowledged is sent again.
        while (status !== 200) {
          await pause(50);
          status = await running.meta.post([event], page);
        }
        acknowledged.push(customer);
      });
      await pause(chance() * 120);
      await running.kill();
      running.meta.subscribed.set(page, ["messages", "messaging_postbacks", "message_echoes"]);
      await running.restart();
      running.meta.subscribed.set(page, ["messages", "messaging_postbacks", "message_echoes"]);
      await Promise.all(writing);
    }
    expect(await running.atRest()).toBe(true);
    expect(acknowledged).toHaveLength(rounds * customersEach);
    const settled = ends();
    for (const customer of acknowledged) {
      const got = running.meta.textsTo(customer).length;
      const statuses = settled.get(customer) ?? [];
      // One reply a message, decided once; it reached the customer unless its row says that nobody knows.
      expect(statuses).toHaveLength(1);
      expect(got).toBeLessThanOrEqual(1);
      if (got === 0) expect(statuses).toEqual(["unknown"]);
    }
    expect(running.meta.breaches).toEqual([]);
  }, 300_000);
});
