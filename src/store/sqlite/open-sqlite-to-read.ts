import { existsSync } from "node:fs";
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import { KumustaError } from "../../basics/errors.ts";
import type { ReadingStore } from "../reading-store.ts";
import type { Schema } from "../sql/schema.ts";
import { rows, statement } from "../sql/statement.ts";
import { Reader } from "./reader.ts";

/**
 * Opens a SQLite file for reading on a thread of its own. The log beside it (WAL) lets a reader in while a server writes.
 * @throws KumustaError `store.unreachable` when there is no such file or it cannot be opened, `store.damaged`,
 * `store.foreign`
 */
export async function openSqliteToRead(file: string): Promise<ReadingStore> {
  if (!existsSync(file)) throw new KumustaError("store.unreachable", [`${file} does not exist`]);
  const reader = new Reader(file);
  const store: ReadingStore = {
    // Builds text alone: the thread holds the only connection, and that one cannot write.
    db: new Kysely<Schema>({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db) => new SqliteIntrospector(db),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    }),
    driver: { readApart: (script) => reader.drive(script()) },
    close: () => reader.close(),
  };
  try {
    await requireOurs(store, file);
    return store;
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

/** Whatever has no history of our migrations was made by another program, or is empty. */
async function requireOurs({ db, driver }: ReadingStore, file: string): Promise<void> {
  const catalogue = db.$extendTables<{ sqlite_master: { name: string } }>();
  const query = statement(
    catalogue.selectFrom("sqlite_master").select("name").where("name", "=", "kysely_migration"),
  );
  const found = await driver.readApart(function* () {
    return (yield* rows(query)).length;
  });
  if (found === 0) throw new KumustaError("store.foreign", [file]);
}
