import { sql, type Kysely } from "kysely";
import type { LeaseKind } from "../../turn/ports.ts";
import type { Leases, SqlDriver } from "../sql/driver.ts";
import type { Schema } from "../sql/schema.ts";
import { presenceLock } from "./process-line.ts";
import { argument, change, rows, statement, type Script } from "../sql/statement.ts";

/**
 * How long the lease of a process that seems to be gone still holds, ms: its line to the server may have been cut for a
 * moment. Few turns take as long.
 */
const graceMs = 10_000;

/** No connection holds the lock in the name of the process that has the lease (PostgreSQL manual, pg_locks). */
const isHolderGone = sql<boolean>`not exists (
  select from pg_locks
  where locktype = 'advisory' and granted and objsubid = 2
    and database = (select oid from pg_database where datname = current_database())
    and classid = ${sql.lit(presenceLock)}::oid
    and objid = (hashtext(split_part(leases.holder, '/', 1))::bigint & 4294967295)::oid
)`;

function statements(db: Kysely<Schema>) {
  return {
    take: statement(
      db
        .insertInto("leases")
        .values({
          kind: argument<string>("kind"),
          conversation_id: argument<string>("conversationId"),
          holder: argument<string>("holder"),
          until_at: argument<number>("untilAt"),
        })
        .onConflict((conflict) =>
          conflict
            .columns(["kind", "conversation_id"])
            .doUpdateSet((eb) => ({
              holder: eb.ref("excluded.holder"),
              until_at: eb.ref("excluded.until_at"),
            }))
            .where((eb) =>
              eb.or([
                eb("leases.holder", "=", eb.ref("excluded.holder")),
                eb("leases.until_at", "<=", argument<number>("now")),
                eb.and([eb("leases.until_at", "<=", argument<number>("deadUntil")), isHolderGone]),
              ]),
            ),
        )
        .returning("holder"),
    ),
    release: statement(
      db
        .deleteFrom("leases")
        .where("kind", "=", argument<string>("kind"))
        .where("conversation_id", "=", argument<string>("conversationId"))
        .where("holder", "=", argument<string>("holder")),
    ),
  };
}

/**
 * Leases that all processes on one database see. They keep two workers from doing the same work twice; that it
 * takes effect once is up to the version check, so a lease lost with the server harms nobody. A lease of a process that
 * died is up after `graceMs`, or when it ran out.
 */
export class TableLeases implements Leases {
  readonly #driver: Pick<SqlDriver, "read">;
  readonly #sql: ReturnType<typeof statements>;
  readonly #process: string;

  /**
   * @param driver runs each statement as a transaction of its own
   * @param process the name by which its ProcessLine is known
   */
  constructor(db: Kysely<Schema>, driver: Pick<SqlDriver, "read">, process: string) {
    this.#driver = driver;
    this.#process = process;
    this.#sql = statements(db);
  }

  take(
    kind: LeaseKind,
    conversationId: string,
    holder: string,
    now: number,
    untilAt: number,
  ): Promise<boolean> {
    return this.#driver.read(() => this.#take(kind, conversationId, holder, now, untilAt));
  }

  *#take(
    kind: LeaseKind,
    conversationId: string,
    holder: string,
    now: number,
    untilAt: number,
  ): Script<boolean> {
    // All leases are of one length: this one ends so much later than one that was given `graceMs` ago.
    const deadUntil = untilAt - graceMs;
    const held = yield* rows(this.#sql.take, {
      ...{ kind, conversationId, now, untilAt, deadUntil },
      holder: this.#nameOf(holder),
    });
    return held.length === 1;
  }

  release(kind: LeaseKind, conversationId: string, holder: string): Promise<void> {
    return this.#driver.read(() => this.#release(kind, conversationId, holder));
  }

  *#release(kind: LeaseKind, conversationId: string, holder: string): Script<void> {
    yield* change(this.#sql.release, { kind, conversationId, holder: this.#nameOf(holder) });
  }

  #nameOf(holder: string): string {
    return `${this.#process}/${holder}`;
  }
}
