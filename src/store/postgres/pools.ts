import pg from "pg";

/** What one pool is for. Times in ms. */
export interface PoolPurpose {
  readonly url: string;
  readonly most: number;
  /** After so long the server ends a statement; a little later we give the connection up. */
  readonly statementTimeoutMs: number;
  /** SQL that sets each new session up. */
  readonly session: string;
}

/** How long a new connection, or a free one, is waited for. */
const connectionTimeoutMs = 5_000;

/**
 * A commit is acknowledged after it reached the server's disk. A stricter setting of the database (`remote_apply`,
 * which waits for a standby too) stays; only `off`, which may lose what was acknowledged, is overruled.
 */
export const durableSession =
  "select set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on' else current_setting('synchronous_commit') end, false)";

/** Epoch ms and counts are below 2^53, so 64-bit integers and sums come back as numbers, as on SQLite. */
function numbersAsNumbers(): pg.TypeOverrides {
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  types.setTypeParser(pg.types.builtins.NUMERIC, Number);
  return types;
}

/** Opens a pool whose connections may be lost at any time: the statement in hand rejects, the process goes on. */
export function openPool({ url, most, statementTimeoutMs, session }: PoolPurpose): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "kumusta",
    max: most,
    connectionTimeoutMillis: connectionTimeoutMs,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + 2_000,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    keepAlive: true,
    types: numbersAsNumbers(),
    verify: (client, done) => {
      client.query(session).then(() => {
        done();
      }, done);
    },
  });
  // Without a listener an 'error' of an idle connection ends the process. The pool has dropped it already.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
  });
  return pool;
}
