import type { Kysely } from "kysely";
import type { Receipt } from "../../turn/ports.ts";
import type { Schema } from "./schema.ts";
import { argument, change, firstRow, literal, statement, type Script } from "./statement.ts";

type Standing = Receipt["status"];

/** Providers tell out of order, and some twice: a receipt counts only if it says more than the one before. */
const rank: Readonly<Record<Standing, number>> = { sent: 1, failed: 2, delivered: 3, read: 4 };

function statements(db: Kysely<Schema>) {
  const found = db
    .selectFrom("outbox")
    .innerJoin("conversations", "conversations.id", "outbox.conversation_id")
    .select(["outbox.id", "outbox.receipt"])
    .where("conversations.channel", "=", argument<string>("channel"));
  return {
    byId: statement(found.where("outbox.id", "=", argument<string>("outboxId"))),
    byProviderId: statement(
      // The words of the partial index, so that it serves.
      found
        .where("outbox.provider_id", "=", argument<string>("providerId"))
        .where("outbox.provider_id", "is not", null),
    ),
    taken: statement(
      db
        .updateTable("outbox")
        .set((eb) => ({
          status: literal("delivered"),
          provider_id: eb.fn.coalesce("provider_id", argument<string | null>("providerId")),
          reason: null,
          receipt: argument<Standing>("receipt"),
          receipt_at: argument<number>("at"),
          settled_at: eb.fn.coalesce("settled_at", argument<number>("at")),
        }))
        .where("id", "=", argument<string>("id")),
    ),
    failed: statement(
      db
        .updateTable("outbox")
        .set((eb) => ({
          status: literal("failed"),
          provider_id: eb.fn.coalesce("provider_id", argument<string | null>("providerId")),
          reason: argument<string>("reason"),
          receipt: argument<Standing>("receipt"),
          receipt_at: argument<number>("at"),
          settled_at: eb.fn.coalesce("settled_at", argument<number>("at")),
        }))
        .where("id", "=", argument<string>("id")),
    ),
  };
}

/** What providers tell of our messages after they took them. */
export class Receipts {
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: Kysely<Schema>) {
    this.#sql = statements(db);
  }

  /** Settles a row whose fate was open, too: an echo that arrives before the send's answer proves that it was sent. */
  *note({ channel, outboxId, providerId, status, reason, at }: Receipt): Script<boolean> {
    const row =
      outboxId === undefined
        ? yield* firstRow(this.#sql.byProviderId, { channel, providerId: providerId ?? "" })
        : yield* firstRow(this.#sql.byId, { channel, outboxId });
    if (row === undefined) return false;
    if (row.receipt !== null && rank[row.receipt] >= rank[status]) return true;
    const given = { id: row.id, providerId: providerId ?? null, receipt: status, at };
    if (status === "failed")
      yield* change(this.#sql.failed, { ...given, reason: reason ?? "the provider says so" });
    else yield* change(this.#sql.taken, given);
    return true;
  }
}
