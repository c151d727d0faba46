import { createHash } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import type { SqlDriver } from "../sql/driver.ts";
import { valuesOf, type Run, type RunResult, type Script, type Statement } from "../sql/statement.ts";
import { codeOf, failureOf, mayRunAgain } from "./failure.ts";

/** How often a transaction that met another one is run again. */
const tries = 5;

/** Class 57: the server is shutting down or starting; 08 and no SQLSTATE at all: the connection is gone. */
function connectionIsGone(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return code === undefined || /^(?:08|57P)|^E[A-Z]+$/u.test(code);
}

/** A transaction failed before its first statement ran, on a connection that had died unnoticed. */
class NotBegun extends Error {}

/** Drives scripts on PostgreSQL: one transaction a unit, READ COMMITTED, statements prepared once a connection. */
export class PostgresDriver implements SqlDriver {
  readonly #pool: Pool;
  readonly #apart: Pool;
  readonly #onFlush: ((units: number) => void) | undefined;
  readonly #names = new Map<Statement, string>();

  constructor(pool: Pool, apart: Pool, onFlush?: (units: number) => void) {
    this.#pool = pool;
    this.#apart = apart;
    this.#onFlush = onFlush;
  }

  /** Each statement sees what is committed when it runs; what was read is checked again by the version at commit. */
  read<Result>(script: () => Script<Result>): Promise<Result> {
    return this.#readOn(this.#pool, script);
  }

  readApart<Result>(script: () => Script<Result>): Promise<Result> {
    return this.#readOn(this.#apart, script);
  }

  async #readOn<Result>(pool: Pool, script: () => Script<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#drive(pool, script());
      } catch (thrown) {
        // Reading again is free of risk; once, for a connection that died while it lay idle.
        if (attempt === 1 && connectionIsGone(thrown)) continue;
        throw failureOf(thrown);
      }
    }
  }

  async commit<Result>(script: () => Script<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await this.#transaction(script);
        this.#onFlush?.(1);
        return result;
      } catch (thrown) {
        if (attempt < tries && (mayRunAgain(thrown) || thrown instanceof NotBegun)) continue;
        throw failureOf(thrown instanceof NotBegun ? thrown.cause : thrown);
      }
    }
  }

  async #transaction<Result>(script: () => Script<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let broken = false;
    try {
      await begin(client);
      const result = await this.#drive(client, script());
      await client.query("commit");
      return result;
    } catch (thrown) {
      broken = !(await rolledBack(client));
      throw thrown;
    } finally {
      client.release(broken);
    }
  }

  async #drive<Result>(connection: Pool | PoolClient, script: Script<Result>): Promise<Result> {
    let step = script.next();
    while (step.done !== true) step = script.next(await this.#run(connection, step.value));
    return step.value;
  }

  async #run(connection: Pool | PoolClient, { statement, given }: Run): Promise<RunResult> {
    const { rows, rowCount } = await connection.query<Record<string, unknown>>({
      name: this.#nameOf(statement),
      text: statement.text,
      values: valuesOf(statement, given),
    });
    return { rows, changes: rowCount ?? 0 };
  }

  /** The same text has the same name on every connection, so that the server plans it once for each. */
  #nameOf(statement: Statement): string {
    let name = this.#names.get(statement);
    if (name === undefined) {
      name = createHash("sha256").update(statement.text).digest("base64url");
      this.#names.set(statement, name);
    }
    return name;
  }
}

async function begin(client: PoolClient): Promise<void> {
  try {
    await client.query("begin");
  } catch (thrown) {
    throw connectionIsGone(thrown)
      ? new NotBegun("the connection was lost before the transaction", { cause: thrown })
      : thrown;
  }
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query("rollback");
    return true;
  } catch {
    return false;
  }
}
