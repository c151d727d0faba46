import type { Kysely } from "kysely";
import type { LeaseKind } from "../../turn/ports.ts";
import type { Leases, SqlDriver } from "../sql/driver.ts";
import type { Schema } from "../sql/schema.ts";
import { argument, change, rows, statement, type Script } from "../sql/statement.ts";

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
 * takes effect once is up to the version check, so a lease lost with the server harms nobody.
 */
export class TableLeases implements Leases {
  readonly #driver: Pick<SqlDriver, "read">;
  readonly #sql: ReturnType<typeof statements>;

  /** `driver` runs each statement as a transaction of its own. */
  constructor(db: Kysely<Schema>, driver: Pick<SqlDriver, "read">) {
    this.#driver = driver;
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
    const held = yield* rows(this.#sql.take, { kind, conversationId, holder, now, untilAt });
    return held.length === 1;
  }

  release(kind: LeaseKind, conversationId: string, holder: string): Promise<void> {
    return this.#driver.read(() => this.#release(kind, conversationId, holder));
  }

  *#release(kind: LeaseKind, conversationId: string, holder: string): Script<void> {
    yield* change(this.#sql.release, { kind, conversationId, holder });
  }
}
