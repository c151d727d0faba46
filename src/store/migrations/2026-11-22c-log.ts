import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** The categorized log: the vault of what is masked, concerns, what reports count, corrections. */
async function up(db: Kysely<unknown>): Promise<void> {
  // On SQLite these tables are their own index: one tree to write less for each row (PostgreSQL has nothing like it).
  const ownIndex = sql.raw(db.getExecutor().adapter.supportsTransactionalDdl ? "" : "without rowid");
  // Placeholders of this conversation and what they stand for, as JSON. Nothing else holds these values for good.
  await db.schema
    .alterTable("conversations")
    .addColumn("vault", "text", (c) => c.notNull().defaultTo("{}"))
    .execute();
  // Names the customer in the log instead of their number or address; says nothing once the conversation is erased.
  await db.schema
    .alterTable("conversations")
    .addColumn("contact_id", "text", (c) => c.notNull().defaultTo(""))
    .execute();
  await sql`update conversations set contact_id = id`.execute(db);
  await db.schema
    .createIndex("conversations_of_contact")
    .on("conversations")
    .columns(["channel", "account", "contact"])
    .execute();
  await db.schema
    .createIndex("conversations_of_contact_id")
    .on("conversations")
    .column("contact_id")
    .execute();
  // Misses are a small part of all turns, and reports group them.
  await sql`create index turns_missed on turns (at, id) where outcome = 'fellBack'`.execute(db);

  // Turns that are committed and not counted yet: the counter takes them from here, in the same transaction. By the
  // position in the conversation, so that whoever takes the first of them meets every conversation in its order.
  await db.schema
    .createTable("uncounted")
    .addColumn("conversation_id", "text", (c) => c.notNull())
    .addColumn("seq", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("uncounted_key", ["conversation_id", "seq"])
    .modifyEnd(ownIndex)
    .execute();
  // What was logged before there were reports is counted too.
  await sql`insert into uncounted (conversation_id, seq) select conversation_id, seq from turns`.execute(db);

  await db.schema
    .createTable("concerns")
    .addColumn("visit_id", "text", (c) => c.notNull())
    .addColumn("intent", "text", (c) => c.notNull())
    .addColumn("conversation_id", "text", (c) => c.notNull())
    .addColumn("contact_id", "text", (c) => c.notNull())
    .addColumn("channel", "text", (c) => c.notNull())
    .addColumn("account", "text", (c) => c.notNull())
    .addColumn("language", "text")
    .addColumn("device", "text")
    .addColumn("page", "text")
    .addColumn("referrer", "text")
    .addColumn("campaign", "text")
    .addColumn("lifecycle", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("stage", "text")
    .addColumn("topic", "text")
    .addColumn("team", "text")
    .addColumn("opened_at", "bigint", (c) => c.notNull())
    .addColumn("last_at", "bigint", (c) => c.notNull())
    .addColumn("first_seq", "integer", (c) => c.notNull())
    .addColumn("last_seq", "integer", (c) => c.notNull())
    .addColumn("day", "text", (c) => c.notNull())
    .addColumn("turns", "integer", (c) => c.notNull())
    .addColumn("outcome", "text", (c) => c.notNull())
    .addColumn("handed_off_at", "bigint")
    .addColumn("hand_off_reason", "text")
    .addColumn("hand_off_team", "text")
    .addColumn("follow_up_of", "text")
    .addColumn("back_after_ms", "bigint")
    .addPrimaryKeyConstraint("concerns_key", ["visit_id", "intent"])
    .modifyEnd(ownIndex)
    .execute();
  await db.schema
    .createIndex("concerns_of_contact")
    .on("concerns")
    .columns(["contact_id", "intent", "opened_at"])
    .execute();
  await db.schema.createIndex("concerns_opened").on("concerns").columns(["opened_at", "visit_id"]).execute();

  await db.schema
    .createTable("rollups")
    .addColumn("measure", "text", (c) => c.notNull())
    .addColumn("day", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("stage", "text", (c) => c.notNull())
    .addColumn("intent", "text", (c) => c.notNull())
    .addColumn("k1", "text", (c) => c.notNull())
    .addColumn("k2", "text", (c) => c.notNull())
    .addColumn("k3", "text", (c) => c.notNull())
    .addColumn("n", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("rollups_key", ["measure", "day", "kind", "stage", "intent", "k1", "k2", "k3"])
    .modifyEnd(ownIndex)
    .execute();

  await db.schema
    .createTable("corrections")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("turn_id", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("by", "text", (c) => c.notNull())
    .addColumn("decided_by", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("stage", "text")
    .addColumn("intent", "text")
    .addColumn("topic", "text")
    .addColumn("team", "text")
    .execute();
  await db.schema.createIndex("corrections_of_turn").on("corrections").columns(["turn_id", "id"]).execute();
}

export const log: Migration = { up };
