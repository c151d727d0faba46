import { existsSync } from "node:fs";
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import { KumustaError } from "../../basics/errors.ts";
import type { ReadingStore } from "../reading-store.ts";
import type { Schema } from "../sql/schema.ts";
import { Reader } from "./reader.ts";

/**
 * Opens a SQLite file for reading on a thread of its own. The log beside it (WAL) lets a reader in while a server writes.
 * @throws KumustaError `store.unreachable` when there is no such file
 */
export function openSqliteToRead(file: string): ReadingStore {
  if (!existsSync(file)) throw new KumustaError("store.unreachable", [`${file} does not exist`]);
  const reader = new Reader(file);
  return {
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
}
