import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Who was erased (random ids alone), and how far retention has come. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("erasures")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("by", "text", (c) => c.notNull())
    // SHA-256 of the salt and the contact that was named: tells that a receipt is about somebody who is named again.
    .addColumn("salt", "text", (c) => c.notNull())
    .addColumn("digest", "text", (c) => c.notNull())
    .addColumn("removed", "text", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("erased_conversations")
    .addColumn("conversation_id", "text", (c) => c.primaryKey())
    .addColumn("begun_at", "bigint", (c) => c.notNull())
    .addColumn("finished_at", "bigint")
    .execute();
  // A person is looked for in all channels and accounts at once.
  await db.schema.createIndex("conversations_by_contact").on("conversations").column("contact").execute();
  await db.schema.createIndex("uploads_made").on("uploads").column("created_at").execute();
  await db.schema
    .createTable("retention")
    .addColumn("purpose", "text", (c) => c.primaryKey())
    .addColumn("done_until", "bigint", (c) => c.notNull())
    .addColumn("due_until", "bigint", (c) => c.notNull())
    .addColumn("position", "text", (c) => c.notNull())
    .execute();
}

export const privacy: Migration = { up };
