import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** The path of a message: conversations, intake, turns, outbox, timers; web chat's transcript, sessions and uploads. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("conversations")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("channel", "text", (c) => c.notNull())
    .addColumn("account", "text", (c) => c.notNull())
    .addColumn("external_id", "text", (c) => c.notNull())
    .addColumn("contact", "text", (c) => c.notNull())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("last_handled_sent_at", "bigint", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("updated_at", "bigint", (c) => c.notNull())
    .addUniqueConstraint("conversations_address", ["channel", "account", "external_id"])
    .execute();

  // A conversation belongs to one channel and account, so this key is (channel, account, conversation, external id).
  await db.schema
    .createTable("intake")
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
    .addPrimaryKeyConstraint("intake_key", ["conversation_id", "external_id"])
    .execute();
  await sql`create index intake_pending on intake (conversation_id, id) where status = 'pending'`.execute(db);
  await sql`create index intake_set_aside on intake (conversation_id) where status = 'setAside'`.execute(db);

  await db.schema
    .createTable("turns")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("conversation_id", "text", (c) => c.notNull())
    .addColumn("seq", "integer", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("trigger", "text", (c) => c.notNull())
    .addColumn("outcome", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("stage", "text")
    .addColumn("intent", "text")
    .addColumn("record", "text", (c) => c.notNull())
    // The second guard beside the version check: one turn for each version of a conversation.
    .addUniqueConstraint("turns_of_conversation", ["conversation_id", "seq"])
    .execute();

  await db.schema
    .createTable("outbox")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("conversation_id", "text", (c) => c.notNull())
    .addColumn("turn_id", "text", (c) => c.notNull())
    .addColumn("turn_seq", "integer", (c) => c.notNull())
    .addColumn("n", "integer", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("not_before", "bigint", (c) => c.notNull())
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("provider_id", "text")
    .addColumn("reason", "text")
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("settled_at", "bigint")
    .execute();
  await sql`create index outbox_unsettled on outbox (conversation_id, turn_seq, n) where status in ('due', 'sending')`.execute(
    db,
  );
  await sql`create index outbox_unwell on outbox (status) where status in ('unknown', 'failed')`.execute(db);

  await db.schema
    .createTable("timers")
    .addColumn("conversation_id", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("due_at", "bigint", (c) => c.notNull())
    .addColumn("generation", "integer", (c) => c.notNull())
    .addPrimaryKeyConstraint("timers_key", ["conversation_id", "name"])
    .execute();
  await db.schema.createIndex("timers_due").on("timers").column("due_at").execute();

  await db.schema
    .createTable("transcript")
    .addColumn("conversation_id", "text", (c) => c.notNull())
    .addColumn("seq", "integer", (c) => c.notNull())
    .addColumn("source_id", "text", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("transcript_key", ["conversation_id", "seq"])
    .execute();

  await db.schema
    .createTable("webchat_sessions")
    .addColumn("conversation_id", "text", (c) => c.primaryKey())
    .addColumn("user_id", "text", (c) => c.notNull())
    .addColumn("resume_hash", "text", (c) => c.notNull().unique())
    .addColumn("previous_hash", "text")
    .addColumn("rotated_at", "bigint", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex("webchat_sessions_previous")
    .on("webchat_sessions")
    .column("previous_hash")
    .execute();

  await db.schema
    .createTable("uploads")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("conversation_id", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("content_type", "text", (c) => c.notNull())
    .addColumn("bytes", "integer", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  // In pieces, so that no single write of a large file holds up the messages behind it.
  await db.schema
    .createTable("upload_pieces")
    .addColumn("upload_id", "text", (c) => c.notNull())
    .addColumn("n", "integer", (c) => c.notNull())
    .addColumn(
      "bytes",
      sql`${sql.raw(db.getExecutor().adapter.supportsTransactionalDdl ? "bytea" : "blob")}`,
      (c) => c.notNull(),
    )
    .addPrimaryKeyConstraint("upload_pieces_key", ["upload_id", "n"])
    .execute();

  await db.schema
    .createTable("leases")
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("conversation_id", "text", (c) => c.notNull())
    .addColumn("holder", "text", (c) => c.notNull())
    .addColumn("until_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("leases_key", ["kind", "conversation_id"])
    .execute();
}

export const engine: Migration = { up };
