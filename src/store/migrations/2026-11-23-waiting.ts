import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * What waits has a unique key of its own, so that accepting a message does not write to the key of all that was ever
 * handled (decision 0009).
 */
async function up(db: Kysely<unknown>): Promise<void> {
  // SQLite cannot drop a primary key.
  if (db.getExecutor().adapter.supportsTransactionalDdl) await dropKey(db);
  else await withoutKey(db);
  await sql`create unique index intake_pending on intake (conversation_id, external_id) where status = 'pending'`.execute(
    db,
  );
  await sql`create unique index intake_handled on intake (conversation_id, external_id) where status != 'pending'`.execute(
    db,
  );
}

/** The lock that this takes keeps other processes from writing until the keys that follow stand. */
async function dropKey(db: Kysely<unknown>): Promise<void> {
  await sql`alter table intake drop constraint intake_key`.execute(db);
  await sql`drop index intake_pending`.execute(db);
}

/** The rows move to a table without it, in the order in which they came. */
async function withoutKey(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("intake_kept")
    .addColumn("conversation_id", "text", (c) => c.notNull())
    .addColumn("external_id", "text", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn("sent_at", "bigint", (c) => c.notNull())
    .addColumn("received_at", "bigint", (c) => c.notNull())
    .addColumn("ready_at", "bigint", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("reason", "text")
    .addColumn("turn_id", "text")
    .execute();
  await sql`insert into intake_kept select * from intake order by rowid`.execute(db);
  // Its indexes go with it.
  await db.schema.dropTable("intake").execute();
  await db.schema.alterTable("intake_kept").renameTo("intake").execute();
  await sql`create index intake_set_aside on intake (conversation_id) where status = 'setAside'`.execute(db);
}

export const waiting: Migration = { up };
