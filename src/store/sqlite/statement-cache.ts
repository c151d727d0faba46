import type { Database, Statement as Prepared } from "better-sqlite3";
import {
  valuesOf,
  type Run,
  type RunResult,
  type Script,
  type SqlValue,
  type Statement,
} from "../sql/statement.ts";

const noRows: readonly unknown[] = [];

/** Prepares each statement once for a connection and runs scripts on it synchronously. */
export class StatementCache {
  readonly #database: Database;
  readonly #prepared = new Map<Statement, Prepared<[SqlValue[]]>>();

  constructor(database: Database) {
    this.#database = database;
  }

  #prepare(statement: Statement): Prepared<[SqlValue[]]> {
    let prepared = this.#prepared.get(statement);
    if (prepared === undefined) {
      prepared = this.#database.prepare<[SqlValue[]]>(statement.text);
      this.#prepared.set(statement, prepared);
    }
    return prepared;
  }

  run({ statement, given }: Run): RunResult {
    const prepared = this.#prepare(statement);
    const values = valuesOf(statement, given);
    if (statement.returns) {
      const rows = prepared.all(values);
      return { rows, changes: rows.length };
    }
    return { rows: noRows, changes: prepared.run(values).changes };
  }

  /** Runs a script to its end and returns its result; what it throws is the caller's to handle. */
  drive<Result>(script: Script<Result>): Result {
    let step = script.next();
    while (step.done !== true) step = script.next(this.run(step.value));
    return step.value;
  }
}
