import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import Sqlite from "better-sqlite3";
import { Kysely, PostgresDialect, SqliteDialect } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";
import { newId } from "../../src/basics/ids.ts";
import { newConversation } from "../../src/conversation/state.ts";
import { migrations } from "../../src/store/migrations/migrations.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { IntakeTable, Schema } from "../../src/store/sql/schema.ts";
import { startCluster, type PostgresCluster } from "./postgres-cluster.ts";
import { addressOf, arrival, noon, pendingIn, turn } from "./turn-store/samples.ts";

const conversationId = newId();
const address = addressOf("thread");

/** As the version before wrote it, in an order that is not that of the ids given by customers. */
const arrived = (["handled", "pending", "setAside", "pending"] as const).map((status, n): IntakeTable => ({
  conversation_id: conversationId,
  external_id: `m${String(9 - n)}`,
  id: newId(),
  type: "message",
  sent_at: noon + n,
  received_at: noon + n,
  ready_at: noon + n,
  body: JSON.stringify({ type: "message", text: `line ${String(n)}`, sentAt: noon + n }),
  status,
  attempts: status === "setAside" ? 5 : 0,
  reason: status === "setAside" ? "it always threw" : null,
  turn_id: status === "handled" ? newId() : null,
}));

/** Brings an empty database to the version before the last migration and fills it. */
async function asOnce(db: Kysely<Schema>): Promise<void> {
  const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < "2026-11-23"));
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(before) },
  }).migrateToLatest();
  if (error !== undefined) throw new Error("The earlier version cannot be made", { cause: error });
  await db
    .insertInto("conversations")
    .values({
      id: conversationId,
      channel: address.channel,
      account: address.account,
      external_id: address.conversation,
      contact: "contact of thread",
      contact_id: newId(),
      vault: "{}",
      version: 1,
      state: JSON.stringify(newConversation),
      last_handled_sent_at: noon,
      created_at: noon,
      updated_at: noon,
    })
    .execute();
  await db.insertInto("intake").values(arrived).execute();
  await db.destroy();
}

function promises(url: () => Promise<string>): void {
  it("keeps what arrived, in order, and accepts none of it again", async () => {
    const { turns, db, close } = await openStore(await url());
    try {
      const kept = await db.selectFrom("intake").selectAll().orderBy("id").execute();
      expect(kept).toEqual(arrived);
      const conversation = await turns.findConversation(address);
      if (conversation === undefined) throw new TypeError("the conversation is gone");
      expect(await pendingIn(turns, conversation)).toEqual(["m8", "m6"]);
      for (const { external_id: externalId, id } of arrived)
        expect(await turns.accept(arrival(conversation, { externalId }))).toEqual({ duplicate: true, id });
      expect(await turns.accept(arrival(conversation, { externalId: "new" }))).toMatchObject({
        duplicate: false,
      });
      expect(await turns.commitTurn(turn(conversation, { handled: ["m8", "m6", "new"] }))).toEqual({
        committed: true,
      });
      expect(await turns.depths(noon)).toMatchObject({ intakePending: 0, intakeSetAside: 1 });
    } finally {
      await close();
    }
  });
}

describe("a database of an earlier version, on SQLite", () => {
  const folder = mkdtempSync(join(tmpdir(), "kumusta-earlier-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  promises(async () => {
    const file = join(folder, "shop.db");
    await asOnce(new Kysely({ dialect: new SqliteDialect({ database: new Sqlite(file) }) }));
    return `file:${file}`;
  });
});

describe("a database of an earlier version, on PostgreSQL", () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster.stop());
  promises(async () => {
    const url = await cluster.createDatabase("shop");
    await asOnce(
      new Kysely({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }) }),
    );
    return url;
  });
});
