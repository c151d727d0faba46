import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import Sqlite, { type Database } from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { z } from "zod";
import { KumustaError, reasonOf } from "../../basics/errors.ts";
import { migrate } from "../migrations/migrate.ts";
import type { Store } from "../store.ts";
import { ConversationMemory } from "../sql/conversation-memory.ts";
import { CountingStore } from "../sql/counting-store.ts";
import type { SqlDriver } from "../sql/driver.ts";
import { RecentTurns } from "../sql/recent-turns.ts";
import type { Schema } from "../sql/schema.ts";
import { SqlTurnStore } from "../sql/turn-store.ts";
import { failureOf, isDamage, isLocked } from "./failure.ts";
import { GroupCommitter } from "./group-committer.ts";
import { MemoryLeases } from "./memory-leases.ts";
import { lockForThisProcess } from "./process-lock.ts";
import { Reader } from "./reader.ts";

export interface SqliteOptions {
  readonly file: string;
  /** Upper bound of the file in pages of 4 KiB; a full database refuses writes, as a full disk does. */
  readonly maxPages?: number | undefined;
  /** False for a database that nobody keeps: commits do not wait for the disk. */
  readonly durable?: boolean;
  /** Called with the number of units of each group commit. */
  readonly onFlush?: ((units: number) => void) | undefined;
  /** Stands between the repositories and the database: benchmarks note what runs. */
  readonly through?: ((driver: SqlDriver) => SqlDriver) | undefined;
}

/** Files up to this size are checked whole at start: it takes about a second for each half GiB. */
const checkedUpToBytes = 256 * 1024 * 1024;

/**
 * Pages of the log after which a commit copies them into the database: 16 MiB. The last pages of each table are written
 * again by every commit and copied once; at SQLite's own 1,000 they cost a third more (docs/performance.md).
 */
const checkpointPages = 4_000;

/**
 * Opens the database for this process alone, checks it and brings it up to date.
 * @throws KumustaError `data.unwritable`, `store.inUse`, `store.damaged`, `store.newer`, `store.refused`
 */
export async function openSqlite(options: SqliteOptions): Promise<Store> {
  const file = realFile(options.file);
  const unlock = lockForThisProcess(file);
  let database: Database | undefined;
  try {
    const opened = openChecked({ ...options, file });
    database = opened;
    const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
    await migrateWhole(database, db);
    const memory = new ConversationMemory();
    const committer = new GroupCommitter(database, { memory, onFlush: options.onFlush });
    const reader = new Reader(file);
    const plain: SqlDriver = {
      read: (script) => committer.read(script),
      readApart: (script) => reader.drive(script()),
      commit: (script) => committer.commit(script),
    };
    const driver = options.through?.(plain) ?? plain;
    const recent = new RecentTurns();
    return {
      turns: new SqlTurnStore(db, driver, new MemoryLeases(), { memory, recent }),
      counting: new CountingStore(db, driver, recent),
      db,
      driver,
      noteErased: (conversationId) => {
        memory.noteErased(conversationId);
        recent.forgetConversation(conversationId);
      },
      forget: (conversationId) => {
        memory.forget(conversationId);
      },
      emptyLog: async () => emptyLog(opened),
      close: async () => {
        committer.flush();
        await reader.close();
        await db.destroy();
        unlock();
      },
    };
  } catch (thrown) {
    database?.close();
    unlock();
    throw thrown;
  }
}

/** Makes the folder; follows a link to the file, so that the lock beside it is the same by every name. */
function realFile(file: string): string {
  const folder = dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    if (!existsSync(file)) return file;
    accessSync(file, constants.W_OK);
    if (!statSync(file).isFile()) throw new KumustaError("data.unwritable", [`${file} is not a file`]);
    return realpathSync(file);
  } catch (thrown) {
    if (thrown instanceof KumustaError) throw thrown;
    throw new KumustaError("data.unwritable", [file], { cause: thrown });
  }
}

function openChecked({ file, maxPages, durable = true }: SqliteOptions): Database {
  let database: Database | undefined;
  try {
    // It holds customers' words: made for its owner alone, and SQLite makes the log beside it alike.
    closeSync(openSync(file, "a", 0o600));
    const known = statSync(file).size > 0;
    database = new Sqlite(file);
    // Another program (a curious person with a database tool) may hold the write lock: refuse soon, block nobody long.
    database.pragma("busy_timeout = 250");
    database.pragma("journal_mode = wal");
    // Each COMMIT reaches the disk before anybody is told: FULL syncs the log at each one.
    database.pragma(durable ? "synchronous = full" : "synchronous = off");
    database.pragma("foreign_keys = on");
    database.pragma("secure_delete = on");
    database.pragma("cache_size = -8192");
    database.pragma(`wal_autocheckpoint = ${String(checkpointPages)}`);
    if (maxPages !== undefined) database.pragma(`max_page_count = ${String(maxPages)}`);
    if (known && statSync(file).size <= checkedUpToBytes) requireSound(database, file);
    return database;
  } catch (thrown) {
    database?.close();
    if (thrown instanceof KumustaError) throw thrown;
    throw openingFailed(thrown, file);
  }
}

function openingFailed(thrown: unknown, file: string): KumustaError {
  const code = isDamage(thrown) ? "store.damaged" : isLocked(thrown) ? "store.inUse" : "data.unwritable";
  return new KumustaError(code, [file, reasonOf(thrown)], { cause: thrown });
}

function requireSound(database: Database, file: string): void {
  const verdict = database.pragma("quick_check(1)", { simple: true });
  if (verdict !== "ok") throw new KumustaError("store.damaged", [file, String(verdict)]);
}

/** Copies the log into the database and cuts it to nothing, unless a reader needs it just now. Waits for nobody. */
function emptyLog(database: Database): boolean {
  database.pragma("busy_timeout = 0");
  try {
    const [result] = z
      .array(z.object({ busy: z.number() }))
      .parse(database.pragma("wal_checkpoint(truncate)"));
    return result?.busy === 0;
  } finally {
    database.pragma("busy_timeout = 250");
  }
}

/** All migrations in one transaction: a process killed in the middle leaves the database as it was. */
async function migrateWhole(database: Database, db: Kysely<Schema>): Promise<void> {
  try {
    database.exec("begin immediate");
    await migrate(db);
    database.exec("commit");
  } catch (thrown) {
    if (database.inTransaction) database.exec("rollback");
    throw isDamage(thrown)
      ? new KumustaError("store.damaged", [reasonOf(thrown)], { cause: thrown })
      : failureOf(thrown);
  }
}
