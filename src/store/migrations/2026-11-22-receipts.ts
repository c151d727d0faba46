import { sql, type Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** What a provider says later of a message that it took: found by the provider's own id. */
async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("outbox").addColumn("receipt", "text").execute();
  await db.schema.alterTable("outbox").addColumn("receipt_at", "bigint").execute();
  // Web chat has no provider: its rows stay out of the index and cost nothing.
  await sql`create index outbox_of_provider on outbox (provider_id) where provider_id is not null`.execute(
    db,
  );
}

export const receipts: Migration = { up };
