import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Cases: what teams have in hand, and each case's history. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("cases")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("ref", "text", (c) => c.notNull())
    .addColumn("conversation_id", "text", (c) => c.notNull())
    .addColumn("channel", "text", (c) => c.notNull())
    .addColumn("account", "text", (c) => c.notNull())
    .addColumn("contact", "text", (c) => c.notNull())
    .addColumn("team", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("agent", "text")
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("stage", "text")
    .addColumn("intent", "text")
    .addColumn("opened_at", "bigint", (c) => c.notNull())
    .addColumn("opened_seq", "integer", (c) => c.notNull())
    .addColumn("updated_at", "bigint", (c) => c.notNull())
    .addColumn("promised_at", "bigint")
    .addColumn("broken", "integer", (c) => c.notNull())
    .addColumn("waiting_since", "bigint")
    .addColumn("first_replied_at", "bigint")
    .addColumn("closed_at", "bigint")
    .addColumn("card", "text", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("cases_ref").on("cases").column("ref").execute();
  await db.schema.createIndex("cases_of_conversation").on("cases").column("conversation_id").execute();
  await db.schema.createIndex("cases_opened").on("cases").columns(["opened_at", "id"]).execute();
  await db.schema.createIndex("cases_by_status").on("cases").columns(["status", "opened_at", "id"]).execute();
  // What is open is a small part of all cases there ever were.
  await sql`create index cases_open on cases (opened_at, id) where status in ('queued', 'assigned')`.execute(
    db,
  );

  await db.schema
    .createTable("case_events")
    .addColumn("case_id", "text", (c) => c.notNull())
    .addColumn("seq", "integer", (c) => c.notNull())
    .addColumn("n", "integer", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn("agent", "text")
    .addColumn("key", "text")
    .addColumn("body", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("case_events_key", ["case_id", "seq", "n"])
    .execute();
}

export const cases: Migration = { up };
