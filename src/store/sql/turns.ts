import type { Kysely } from "kysely";
import type { TurnRecord } from "../../turn/ports.ts";
import type { Schema } from "./schema.ts";
import { argument, change, statement, type Script } from "./statement.ts";

function statements(db: Kysely<Schema>) {
  return {
    insert: statement(
      db.insertInto("turns").values({
        id: argument<string>("id"),
        conversation_id: argument<string>("conversationId"),
        seq: argument<number>("seq"),
        at: argument<number>("at"),
        trigger: argument<string>("trigger"),
        outcome: argument<string>("outcome"),
        kind: argument<string>("kind"),
        stage: argument<string | null>("stage"),
        intent: argument<string | null>("intent"),
        record: argument<string>("record"),
      }),
    ),
    uncounted: statement(
      db.insertInto("uncounted").values({
        conversation_id: argument<string>("conversationId"),
        seq: argument<number>("seq"),
      }),
    ),
  };
}

/** The categorized log. */
export class Turns {
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: Kysely<Schema>) {
    this.#sql = statements(db);
  }

  /** Logs the turn, and notes that it is to be counted: what reports say follows from the log. */
  *insert(turn: TurnRecord): Script<void> {
    // What has a column of its own is not repeated in the record.
    const { id, conversationId, seq, at, trigger, outcome, ...record } = turn;
    yield* change(this.#sql.insert, {
      id,
      conversationId,
      seq,
      at,
      trigger,
      outcome,
      kind: turn.category.kind,
      stage: turn.category.stage,
      intent: turn.category.intent,
      record: JSON.stringify(record),
    });
    yield* change(this.#sql.uncounted, { conversationId, seq });
  }
}
