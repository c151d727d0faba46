import type { Kysely } from "kysely";
import type { Depths } from "../../turn/ports.ts";
import type { Schema } from "./schema.ts";
import { firstRow, literal, statement, type Script } from "./statement.ts";

/** One query over the partial indexes of what waits: its cost grows with the backlog, never with the log. */
function depthsStatement(db: Kysely<Schema>) {
  const intake = (status: "pending" | "setAside") =>
    db.selectFrom("intake").where("status", "=", literal(status));
  const due = () => db.selectFrom("outbox").where("status", "in", [literal("due"), literal("sending")]);
  // Said twice: SQLite takes the partial index only for a query that repeats the index's own condition.
  const unwell = (status: "unknown" | "failed") =>
    db
      .selectFrom("outbox")
      .where("status", "in", [literal("unknown"), literal("failed")])
      .where("status", "=", literal(status));
  return statement(
    db.selectNoFrom([
      intake("pending")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .as("intakePending"),
      intake("pending")
        .select((eb) => eb.fn.min("received_at").as("at"))
        .as("intakeOldestAt"),
      intake("setAside")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .as("intakeSetAside"),
      due()
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .as("outboxDue"),
      due()
        .select((eb) => eb.fn.min("created_at").as("at"))
        .as("outboxOldestAt"),
      unwell("unknown")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .as("outboxUnknown"),
      unwell("failed")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .as("outboxFailed"),
      db
        .selectFrom("timers")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .as("timers"),
    ]),
  );
}

/** Counts of waiting work, for /metrics and /readyz. */
export class DepthGauge {
  readonly #depths: ReturnType<typeof depthsStatement>;

  constructor(db: Kysely<Schema>) {
    this.#depths = depthsStatement(db);
  }

  *read(now: number): Script<Depths> {
    const row = yield* firstRow(this.#depths);
    const age = (at: number | null | undefined) =>
      at === null || at === undefined ? 0 : Math.max(0, now - at);
    return {
      intakePending: row?.intakePending ?? 0,
      intakeOldestMs: age(row?.intakeOldestAt),
      intakeSetAside: row?.intakeSetAside ?? 0,
      outboxDue: row?.outboxDue ?? 0,
      outboxOldestMs: age(row?.outboxOldestAt),
      outboxUnknown: row?.outboxUnknown ?? 0,
      outboxFailed: row?.outboxFailed ?? 0,
      timers: row?.timers ?? 0,
    };
  }
}
