import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** What a whole database is, by name: made-up traffic says so. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("marks")
    .addColumn("name", "text", (c) => c.primaryKey())
    .addColumn("value", "text", (c) => c.notNull())
    .execute();
}

export const marks: Migration = { up };
