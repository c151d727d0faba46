import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite, { type Database } from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { KumustaError, reasonOf } from "../../basics/errors.ts";
import { migrate } from "../migrations/migrate.ts";
import type { Store } from "../store.ts";
import type { SqlDriver } from "../sql/driver.ts";
import type { Schema } from "../sql/schema.ts";
import { SqlTurnStore } from "../sql/turn-store.ts";
import { GroupCommitter } from "./group-committer.ts";
import { MemoryLeases } from "./memory-leases.ts";
import { lockForThisProcess } from "./process-lock.ts";
import { Reader } from "./reader.ts";

export interface SqliteOptions {
  readonly file: string;
  /** Upper bound of the file in pages of 4 KiB; a full database refuses writes, as a full disk does. */
  readonly maxPages?: number | undefined;
  /** Called with the number of units of each group commit. */
  readonly onFlush?: ((units: number) => void) | undefined;
}

/** Files up to this size are checked whole at start: it takes about a second for each half GiB. */
const checkedUpToBytes = 256 * 1024 * 1024;

/**
 * Opens the database for this process alone, checks it and brings it up to date.
 * @throws KumustaError `data.unwritable`, `store.inUse`, `store.damaged`, `store.newer`
 */
export async function openSqlite(options: SqliteOptions): Promise<Store> {
  requireWritableFolder(dirname(options.file));
  const unlock = lockForThisProcess(options.file);
  try {
    const database = openChecked(options);
    const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
    await migrate(db);
    const committer = new GroupCommitter(database, options.onFlush);
    const reader = new Reader(options.file);
    const driver: SqlDriver = {
      read: (script) => committer.read(script),
      readApart: (script) => reader.drive(script()),
      commit: (script) => committer.commit(script),
    };
    return {
      turns: new SqlTurnStore(db, driver, new MemoryLeases()),
      db,
      driver,
      close: async () => {
        committer.flush();
        await reader.close();
        await db.destroy();
        unlock();
      },
    };
  } catch (thrown) {
    unlock();
    throw thrown;
  }
}

function requireWritableFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (thrown) {
    throw new KumustaError("data.unwritable", [folder], { cause: thrown });
  }
}

function openChecked({ file, maxPages }: SqliteOptions): Database {
  const known = existsSync(file);
  try {
    const database = new Sqlite(file);
    database.pragma("journal_mode = wal");
    // Each COMMIT reaches the disk before anybody is told: FULL syncs the log at each one.
    database.pragma("synchronous = full");
    // Another program (a curious person with a database tool) may hold the write lock: refuse soon, block nobody long.
    database.pragma("busy_timeout = 250");
    database.pragma("foreign_keys = on");
    database.pragma("secure_delete = on");
    database.pragma("cache_size = -32768");
    if (maxPages !== undefined) database.pragma(`max_page_count = ${String(maxPages)}`);
    if (known && statSync(file).size <= checkedUpToBytes) {
      const verdict = database.pragma("quick_check(1)", { simple: true });
      if (verdict !== "ok") throw new KumustaError("store.damaged", [file, String(verdict)]);
    }
    return database;
  } catch (thrown) {
    if (thrown instanceof KumustaError) throw thrown;
    throw new KumustaError("store.damaged", [file, reasonOf(thrown)], { cause: thrown });
  }
}
