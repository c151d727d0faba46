import { parseDatabaseUrl } from "./database-url.ts";
import { requireCurrent } from "./migrations/require-current.ts";
import type { ReadingStore } from "./reading-store.ts";
import { rows, statement } from "./sql/statement.ts";

/**
 * Opens the database that `DATABASE_URL` names for reading, also while a server runs on it.
 * @throws KumustaError `config.invalid`, `store.unreachable`, `store.damaged`, `store.foreign`, `store.newer`,
 * `store.older`
 */
export async function openToRead(databaseUrl: string): Promise<ReadingStore> {
  const store = await openNamed(databaseUrl);
  try {
    const history = store.db.$extendTables<{ kysely_migration: { name: string } }>();
    const query = statement(history.selectFrom("kysely_migration").select("name"));
    const applied = await store.driver.readApart(function* () {
      return (yield* rows(query)).map(({ name }) => name);
    });
    requireCurrent(applied);
    return store;
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

async function openNamed(databaseUrl: string): Promise<ReadingStore> {
  const named = parseDatabaseUrl(databaseUrl);
  if (named.engine === "sqlite") {
    const { openSqliteToRead } = await import("./sqlite/open-sqlite-to-read.ts");
    return openSqliteToRead(named.file);
  }
  const { openPostgresToRead } = await import("./postgres/open-postgres-to-read.ts");
  return openPostgresToRead(named.url);
}
