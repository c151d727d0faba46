import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import Sqlite from "better-sqlite3";
import { z } from "zod";
import { until } from "./at-rest.ts";
import { MessengerPage, page } from "./messenger-page.ts";
import { temporaryFolder } from "./program.ts";

const hourMs = 3_600_000;
let clockFolder: Awaited<ReturnType<typeof temporaryFolder>>;
let running: MessengerPage;

beforeAll(async () => {
  clockFolder = await temporaryFolder();
  running = await MessengerPage.start({
    CLOCK_FILE: join(clockFolder.path, "clock"),
    NODE_OPTIONS: `--import ${new URL("./jumping-clock.js", import.meta.url).href}`,
  });
});
afterAll(async () => {
  await running.end();
  await clockFolder.remove();
});

/** The program's wall clock from now on, ms from the truth. */
async function setClock(wrongByMs: number): Promise<void> {
  const jumps = () => running.program.output().split("clock.jumped").length;
  const before = jumps();
  await writeFile(join(clockFolder.path, "clock"), String(wrongByMs));
  process.kill(running.program.pid, "SIGUSR2");
  await until("the clock has jumped", () => jumps() > before);
}

const rowsSchema = z.array(z.object({ status: z.string(), reason: z.string().nullable() }));

function outboxOf(customer: string) {
  const database = new Sqlite(running.database, { readonly: true });
  try {
    return rowsSchema.parse(
      database
        .prepare(
          "select status, reason from outbox join conversations on conversations.id = conversation_id where external_id = ? and kind = 'reply' order by outbox.id",
        )
        .all(customer),
    );
  } finally {
    database.close();
  }
}

describe("a reply that Meta did not take for more than a day", () => {
  it("is not sent after the customer's 24 hours: it is cancelled, and says why", async () => {
    running.meta.mood = () => ({ status: 503, code: 2 });
    await running.says("8001", "magkano po sf");
    await until("it was tried", () => outboxOf("8001").some(({ reason }) => reason !== null));
    await setClock(25 * hourMs);
    running.meta.mood = () => undefined;
    await until("it found its end", () => outboxOf("8001").every(({ status }) => status === "cancelled"));
    expect(outboxOf("8001")[0]?.reason).toMatch(/24 hours|window/iu);
    expect(running.meta.textsTo("8001")).toEqual([]);
    expect(running.meta.breaches).toEqual([]);
    await setClock(0);
  }, 60_000);
});

describe("a person in Business Suite who answers no more", () => {
  it("gives the customer back to the bot after the idle time", async () => {
    const answers = () => running.meta.textsTo("8002").length;
    await running.says("8002", "magkano po sf");
    await until("the bot answers", () => answers() === 1);
    await running.meta.post([running.meta.answeredInInbox(page, "8002", "Hi po, si Ana ito")], page);
    await running.says("8002", "paano po magbayad");
    await running.atRest();
    expect(answers()).toBe(1);
    await setClock(25 * hourMs);
    const tomorrow = Date.now() + 25 * hourMs;
    await until("the bot answers again", async () => {
      await running.says("8002", "paano po magbayad", { at: tomorrow });
      return answers() > 1;
    });
    await setClock(0);
  }, 60_000);
});
