import type { Database } from "better-sqlite3";
import type { ConversationMemory } from "../sql/conversation-memory.ts";
import type { SqlDriver } from "../sql/driver.ts";
import type { Script } from "../sql/statement.ts";
import { failureOf, refused } from "./failure.ts";
import { StatementCache } from "./statement-cache.ts";

/** What one caller wants committed, and how to tell it the end. */
interface Unit {
  /** Runs the script from its beginning. */
  run(): void;
  /** Its last run is durable. */
  fulfil(): void;
  reject(reason: unknown): void;
}

class ScriptUnit<Result> implements Unit {
  readonly #cache: StatementCache;
  readonly #script: () => Script<Result>;
  readonly #resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
  #last: { readonly result: Result } | undefined;

  constructor(
    cache: StatementCache,
    script: () => Script<Result>,
    resolve: (result: Result) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#cache = cache;
    this.#script = script;
    this.#resolve = resolve;
    this.reject = reject;
  }

  run(): void {
    this.#last = { result: this.#cache.drive(this.#script()) };
  }

  fulfil(): void {
    if (this.#last !== undefined) this.#resolve(this.#last.result);
  }
}

export interface GroupCommitterOptions {
  /** Called with the number of units of each group commit. */
  readonly onFlush?: ((units: number) => void) | undefined;
  /** What scripts note while they run; told how each transaction ended. */
  readonly memory?: Pick<ConversationMemory, "kept" | "undone">;
}

type Control = Readonly<
  Record<"begin" | "savepoint" | "release" | "undo" | "commit" | "rollback", () => void>
>;

function controlOf(database: Database): Control {
  const command = (text: string) => {
    const prepared = database.prepare(text);
    return () => void prepared.run();
  };
  return {
    begin: command("begin immediate"),
    savepoint: command("savepoint unit"),
    release: command("release unit"),
    undo: command("rollback to unit"),
    commit: command("commit"),
    rollback: command("rollback"),
  };
}

/**
 * One connection, one writer, many units in one durable transaction: everything that asks to commit in the same
 * turn of the event loop shares one fsync. One unit that throws fails alone; a COMMIT that fails rejects them all,
 * and nobody was told otherwise.
 *
 * Units run without savepoints first, which cost two statements each; if one throws, all is undone and the batch
 * runs again, each unit in a savepoint. So scripts may run twice: they touch nothing but the database.
 */
export class GroupCommitter implements Pick<SqlDriver, "read" | "commit"> {
  readonly #database: Database;
  readonly #cache: StatementCache;
  readonly #control: Control;
  readonly #options: GroupCommitterOptions;
  #waiting: Unit[] = [];
  #flushing: NodeJS.Immediate | undefined;

  constructor(database: Database, options: GroupCommitterOptions = {}) {
    this.#database = database;
    this.#cache = new StatementCache(database);
    this.#control = controlOf(database);
    this.#options = options;
  }

  async read<Result>(script: () => Script<Result>): Promise<Result> {
    try {
      return this.#cache.drive(script());
    } catch (thrown) {
      throw failureOf(thrown);
    }
  }

  commit<Result>(script: () => Script<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(new ScriptUnit(this.#cache, script, resolve, reject));
      this.#flushing ??= setImmediate(() => {
        this.flush();
      });
    });
  }

  /** Commits everything that waits, now. Never throws: each unit is told its own end. */
  flush(): void {
    if (this.#flushing !== undefined) clearImmediate(this.#flushing);
    this.#flushing = undefined;
    const units = this.#waiting;
    if (units.length === 0) return;
    this.#waiting = [];
    this.#options.onFlush?.(units.length);
    try {
      if (this.#runTogether(units)) this.#fulfil(units);
      else this.#fulfil(this.#runApart(units));
    } catch (thrown) {
      // Beginning, undoing or committing failed. Rejecting a unit that was told its own reason already does nothing.
      this.#rollback();
      for (const unit of units) unit.reject(refused(thrown));
    }
  }

  #fulfil(units: readonly Unit[]): void {
    this.#control.commit();
    this.#options.memory?.kept();
    for (const unit of units) unit.fulfil();
  }

  /** False when a unit threw: then nothing of the batch was kept. */
  #runTogether(units: readonly Unit[]): boolean {
    this.#control.begin();
    try {
      for (const unit of units) unit.run();
      return true;
    } catch {
      this.#rollback();
      return false;
    }
  }

  /** Runs each unit in a savepoint; returns those that may be committed. The others know their reason. */
  #runApart(units: readonly Unit[]): Unit[] {
    this.#control.begin();
    const done: Unit[] = [];
    for (const unit of units) {
      this.#control.savepoint();
      try {
        unit.run();
        done.push(unit);
      } catch (thrown) {
        // A full disk or an I/O error may end the whole transaction: then nobody's work was kept.
        if (!this.#database.inTransaction) throw thrown;
        unit.reject(failureOf(thrown));
        this.#control.undo();
        this.#options.memory?.undone();
      }
      this.#control.release();
    }
    return done;
  }

  #rollback(): void {
    // First, and always: SQLite may have ended the transaction by itself, and rolling back may throw.
    this.#options.memory?.undone();
    if (this.#database.inTransaction) this.#control.rollback();
  }
}
