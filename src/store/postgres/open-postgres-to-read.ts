import { Kysely, PostgresDialect } from "kysely";
import type { ReadingStore } from "../reading-store.ts";
import type { Schema } from "../sql/schema.ts";
import { openPool } from "./pools.ts";
import { PostgresDriver } from "./postgres-driver.ts";

/** Opens a PostgreSQL database for reading: its sessions refuse to write. A page of a long table may take its time. */
export function openPostgresToRead(url: string): ReadingStore {
  const pool = openPool({
    url,
    most: 2,
    statementTimeoutMs: 120_000,
    session: "set default_transaction_read_only = on",
  });
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  // Not by Kysely: it leaves a pool open that it never ran a query on, and a command would then end ten seconds late.
  return { db, driver: new PostgresDriver(pool, pool), close: () => pool.end() };
}
