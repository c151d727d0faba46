import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { KumustaError } from "../../basics/errors.ts";
import { migrate } from "../migrations/migrate.ts";
import { CountingStore } from "../sql/counting-store.ts";
import { RecentTurns } from "../sql/recent-turns.ts";
import type { Schema } from "../sql/schema.ts";
import { argument, statement, type Statement } from "../sql/statement.ts";
import { SqlTurnStore } from "../sql/turn-store.ts";
import type { Store } from "../store.ts";
import { unreachable } from "./failure.ts";
import { durableSession, openPool } from "./pools.ts";
import { PostgresDriver } from "./postgres-driver.ts";
import { ProcessLine } from "./process-line.ts";
import { TableLeases } from "./table-leases.ts";

export interface PostgresOptions {
  /** Called with 1 after each unit. */
  readonly onFlush?: ((units: number) => void) | undefined;
}

/** Any number will do, as long as every Kumusta on this database takes the same. */
const startLock = 5_862_784_361;
/** Held by whoever counts the log: concerns are made in the order of their turns. */
const countLock = 5_862_784_362;

/**
 * Opens a PostgreSQL database, which any number of processes may share, and brings it up to date. Of processes
 * starting at once one migrates and the others wait for it.
 * @throws KumustaError `store.unreachable`, `store.newer`, `config.invalid` (a database that isn't in UTF-8)
 */
export async function openPostgres(url: string, { onFlush }: PostgresOptions = {}): Promise<Store> {
  await prepare(url);
  const main = openPool({ url, most: 10, statementTimeoutMs: 10_000, session: durableSession });
  const apart = openPool({
    url,
    most: 2,
    statementTimeoutMs: 120_000,
    session: "set default_transaction_read_only = on",
  });
  // A lease that is lost with the server lets another worker in early, which the version check catches: it need
  // not wait for the disk, and a message takes four of them. Nor need news.
  const leasing = openPool({
    url,
    most: 4,
    statementTimeoutMs: 10_000,
    session: "set synchronous_commit = off",
  });
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: main }) });
  const driver = new PostgresDriver(main, apart, onFlush);
  const line = new ProcessLine(url, leasing);
  await line.begin();
  const leases = new TableLeases(db, new PostgresDriver(leasing, leasing), line.name);
  const recent = new RecentTurns();
  return {
    turns: new SqlTurnStore(db, driver, leases, { transcriptLock: transcriptLock(db), recent }),
    counting: new CountingStore(db, driver, recent, { lock: countingLock(db) }),
    db,
    driver,
    // It remembers no conversation: any process may change it.
    forget: () => undefined,
    noteErased: (conversationId) => {
      recent.forgetConversation(conversationId);
    },
    news: line,
    close: async () => {
      await line.close();
      // Not by Kysely: it leaves a pool open that it never ran a query on.
      await Promise.all([leasing.end(), apart.end(), main.end()]);
    },
  };
}

/** Checks the database and migrates it under a lock that all starting processes share. */
async function prepare(url: string): Promise<void> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "kumusta start",
    max: 2,
    connectionTimeoutMillis: 5_000,
  });
  pool.on("error", () => undefined);
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  try {
    const starter = await pool.connect();
    starter.on("error", () => undefined);
    try {
      await requireUtf8(starter);
      await starter.query("select pg_advisory_lock($1)", [startLock]);
      await migrate(db);
    } finally {
      // Closing the session lets go of its lock.
      starter.release(true);
    }
  } catch (thrown) {
    throw unreachable(thrown, placeOf(url));
  } finally {
    await db.destroy();
  }
}

async function requireUtf8(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>("show server_encoding");
  const encoding = rows[0]?.server_encoding;
  if (encoding !== "UTF8") {
    throw new KumustaError("config.invalid", [
      `DATABASE_URL names a database in ${encoding ?? "an unknown encoding"}; create it with ENCODING 'UTF8'`,
    ]);
  }
}

/** Host, port and database: never user or password. */
function placeOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/**
 * Writers of one conversation's transcript stand in one line until they commit, so that positions have no holes
 * and become visible in order. Taken last in its transaction, and only one: it cannot deadlock.
 */
function transcriptLock(db: Kysely<Schema>): Statement {
  return statement(
    db.selectNoFrom(
      sql`pg_advisory_xact_lock(hashtextextended(${argument<string>("conversationId")}, 0))`.as("locked"),
    ),
  );
}

/** Of all processes one counts at a time. */
function countingLock(db: Kysely<Schema>): Statement {
  return statement(db.selectNoFrom(sql`pg_advisory_xact_lock(${sql.lit(countLock)})`.as("locked")));
}
