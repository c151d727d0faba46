import type { Kysely } from "kysely";
import type { TimerChange } from "../../conversation/decision.ts";
import type { DueTimer } from "../../turn/ports.ts";
import type { Schema } from "./schema.ts";
import { argument, change, rows, statement, type Script } from "./statement.ts";

function statements(db: Kysely<Schema>) {
  const one = () =>
    db
      .deleteFrom("timers")
      .where("conversation_id", "=", argument<string>("conversationId"))
      .where("name", "=", argument<string>("name"));
  return {
    set: statement(
      db
        .insertInto("timers")
        .values({
          conversation_id: argument<string>("conversationId"),
          name: argument<string>("name"),
          due_at: argument<number>("dueAt"),
          generation: argument<number>("generation"),
        })
        .onConflict((conflict) =>
          conflict.columns(["conversation_id", "name"]).doUpdateSet((eb) => ({
            due_at: eb.ref("excluded.due_at"),
            generation: eb.ref("excluded.generation"),
          })),
        ),
    ),
    cancel: statement(one()),
    take: statement(one().where("generation", "=", argument<number>("generation"))),
    due: statement(
      db
        .selectFrom("timers")
        .selectAll()
        .where("due_at", "<=", argument<number>("now"))
        .orderBy("due_at")
        .limit(argument<number>("limit")),
    ),
  };
}

/** Durable timers: due ones become intake rows, so that waiting survives a restart by the ordinary path. */
export class Timers {
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: Kysely<Schema>) {
    this.#sql = statements(db);
  }

  *apply(conversationId: string, generation: number, changes: readonly TimerChange[]): Script<void> {
    for (const timer of changes) {
      if ("cancel" in timer) yield* change(this.#sql.cancel, { conversationId, name: timer.name });
      else yield* change(this.#sql.set, { conversationId, name: timer.name, dueAt: timer.dueAt, generation });
    }
  }

  /** Removes the timer if it still is the one that came due. */
  *take(timer: DueTimer): Script<boolean> {
    const { conversationId, name, generation } = timer;
    return (yield* change(this.#sql.take, { conversationId, name, generation })) === 1;
  }

  *due(now: number, limit: number): Script<DueTimer[]> {
    const found = yield* rows(this.#sql.due, { now, limit });
    return found.map((row) => ({
      conversationId: row.conversation_id,
      name: row.name,
      generation: row.generation,
      dueAt: row.due_at,
    }));
  }
}
