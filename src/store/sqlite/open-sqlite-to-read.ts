import { existsSync } from "node:fs";
import { setImmediate as afterWhatWaits } from "node:timers/promises";
import Sqlite, { type Database } from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { KumustaError } from "../../basics/errors.ts";
import type { ReadingStore } from "../reading-store.ts";
import type { Schema } from "../sql/schema.ts";
import { rows, statement, type Script } from "../sql/statement.ts";
import { failureOf, isDamage, reasonOfEngine } from "./failure.ts";
import { StatementCache } from "./statement-cache.ts";

/**
 * Opens a SQLite file for reading, on the caller's own thread: whoever asks has nothing else to do, or a thread for it.
 * The log beside the file (WAL) lets a reader in while a server writes.
 * @throws KumustaError `store.unreachable` when there is no such file or it cannot be opened, `store.damaged`,
 * `store.foreign`
 */
export async function openSqliteToRead(file: string): Promise<ReadingStore> {
  if (!existsSync(file)) throw new KumustaError("store.unreachable", [`${file} does not exist`]);
  const database = opened(file);
  const run = <Result>(script: Script<Result>): Result => {
    try {
      // Queries differ from question to question: keeping them prepared would keep them all.
      return new StatementCache(database).drive(script);
    } catch (thrown) {
      if (isDamage(thrown))
        throw new KumustaError("store.damaged", [file, reasonOfEngine(thrown)], { cause: thrown });
      throw failureOf(thrown);
    }
  };
  const store: ReadingStore = {
    db: new Kysely<Schema>({ dialect: new SqliteDialect({ database }) }),
    driver: {
      readApart: async (script) => {
        // Progress is drawn and signals are heard between two questions.
        await afterWhatWaits();
        return run(script());
      },
    },
    close: () => {
      database.close();
      return Promise.resolve();
    },
  };
  try {
    await requireOurs(store, file);
    return store;
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

function opened(file: string): Database {
  try {
    return new Sqlite(file, { readonly: true });
  } catch (thrown) {
    throw new KumustaError("store.unreachable", [file, reasonOfEngine(thrown)], { cause: thrown });
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
