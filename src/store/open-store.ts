import { parseDatabaseUrl } from "./database-url.ts";
import { openSqlite } from "./sqlite/open-sqlite.ts";
import type { Store } from "./store.ts";

export type { Store } from "./store.ts";

export interface StoreOptions {
  /** Called with the number of units of each group commit. PostgreSQL commits each unit by itself: always 1. */
  readonly onFlush?: ((units: number) => void) | undefined;
}

/**
 * Opens the database that `DATABASE_URL` names and brings it up to date.
 * `file:PATH[?max_page_count=N]` is SQLite, a relative path counts from the working directory; `postgres://…` is
 * PostgreSQL.
 * @throws KumustaError `config.invalid`, `data.unwritable`, `store.inUse`, `store.damaged`, `store.newer`,
 * `store.unreachable`
 */
export async function openStore(databaseUrl: string, { onFlush }: StoreOptions = {}): Promise<Store> {
  const named = parseDatabaseUrl(databaseUrl);
  if (named.engine === "sqlite") return openSqlite({ file: named.file, maxPages: named.maxPages, onFlush });
  // Loaded only when it is used: those who stay on SQLite don't pay for the driver.
  const { openPostgres } = await import("./postgres/open-postgres.ts");
  return openPostgres(named.url, { onFlush });
}
