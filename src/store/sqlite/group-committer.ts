import type { Database } from "better-sqlite3";
import { KumustaError, reasonOf } from "../../basics/errors.ts";
import type { SqlDriver } from "../sql/driver.ts";
import type { Script } from "../sql/statement.ts";
import { StatementCache } from "./statement-cache.ts";

interface Unit {
  run(): void;
  resolve(): void;
  reject(reason: unknown): void;
}

/** Seconds after which a refused write is worth another try. */
const retryAfterSeconds = 2;

function isEngineError(thrown: unknown): thrown is Error & { code: string } {
  return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" && thrown.code.startsWith("SQLITE_");
}

function refused(thrown: unknown): KumustaError {
  const reason = isEngineError(thrown) ? thrown.code : reasonOf(thrown);
  return new KumustaError("store.refused", [reason], { cause: thrown, retryAfterSeconds });
}

/**
 * One connection, one writer, many units in one durable transaction: everything that asks to commit in the same
 * turn of the event loop shares one fsync. Each unit has a savepoint, so that one conflict fails one unit; a
 * COMMIT that fails rejects them all, and nobody was told otherwise.
 */
export class GroupCommitter implements Pick<SqlDriver, "read" | "commit"> {
  readonly #database: Database;
  readonly #cache: StatementCache;
  #waiting: Unit[] = [];
  #flushing: NodeJS.Immediate | undefined;
  readonly #control: Record<"begin" | "savepoint" | "release" | "undo" | "commit" | "rollback", () => void>;
  readonly #onFlush: ((units: number) => void) | undefined;

  constructor(database: Database, onFlush?: (units: number) => void) {
    this.#database = database;
    this.#cache = new StatementCache(database);
    this.#onFlush = onFlush;
    const control = (text: string) => {
      const prepared = database.prepare(text);
      return () => void prepared.run();
    };
    this.#control = {
      begin: control("begin immediate"),
      savepoint: control("savepoint unit"),
      release: control("release unit"),
      undo: control("rollback to unit"),
      commit: control("commit"),
      rollback: control("rollback"),
    };
  }

  read<Result>(script: () => Script<Result>): Promise<Result> {
    return new Promise((resolve) => {
      resolve(this.#cache.drive(script()));
    });
  }

  commit<Result>(script: () => Script<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      let settle: () => void = () => undefined;
      this.#waiting.push({
        run: () => {
          const result = this.#cache.drive(script());
          settle = () => {
            resolve(result);
          };
        },
        resolve: () => {
          settle();
        },
        reject,
      });
      this.#flushing ??= setImmediate(() => {
        this.flush();
      });
    });
  }

  /** Commits everything that waits, now. */
  flush(): void {
    if (this.#flushing !== undefined) clearImmediate(this.#flushing);
    this.#flushing = undefined;
    const units = this.#waiting;
    if (units.length === 0) return;
    this.#waiting = [];
    this.#onFlush?.(units.length);
    try {
      this.#control.begin();
    } catch (thrown) {
      for (const unit of units) unit.reject(refused(thrown));
      return;
    }
    const done: Unit[] = [];
    for (const [index, unit] of units.entries()) {
      if (this.#runUnit(unit)) done.push(unit);
      // A full disk or an I/O error ends the whole transaction: nothing of this batch was kept.
      if (!this.#database.inTransaction) {
        for (const lost of [...done, ...units.slice(index + 1)]) lost.reject(refused(new Error("the transaction was rolled back")));
        return;
      }
    }
    try {
      this.#control.commit();
    } catch (thrown) {
      if (this.#database.inTransaction) this.#control.rollback();
      for (const unit of done) unit.reject(refused(thrown));
      return;
    }
    for (const unit of done) unit.resolve();
  }

  #runUnit(unit: Unit): boolean {
    try {
      this.#control.savepoint();
      unit.run();
      this.#control.release();
      return true;
    } catch (thrown) {
      if (this.#database.inTransaction) {
        this.#control.undo();
        this.#control.release();
      }
      unit.reject(isEngineError(thrown) ? refused(thrown) : thrown);
      return false;
    }
  }
}
