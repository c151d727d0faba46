import type { Kysely } from "kysely";
import type { NewOutboxRow, OutboxBody, OutboxRow, Settlement, TurnRecord } from "../../turn/ports.ts";
import type { Schema } from "./schema.ts";
import { argument, change, literal, rows, statement, type Script } from "./statement.ts";
import { StoredJson } from "./stored-json.ts";

const bodies = new StoredJson<OutboxBody>();

function statements(db: Kysely<Schema>) {
  const unsettled = () =>
    db
      .updateTable("outbox")
      .where("id", "=", argument<string>("id"))
      .where("status", "in", [literal("due"), literal("sending")]);
  return {
    insert: statement(
      db.insertInto("outbox").values({
        id: argument<string>("id"),
        conversation_id: argument<string>("conversationId"),
        turn_id: argument<string>("turnId"),
        turn_seq: argument<number>("turnSeq"),
        n: argument<number>("n"),
        kind: argument<"reply" | "action">("kind"),
        body: argument<string>("body"),
        status: argument<"due" | "delivered">("status"),
        not_before: argument<number>("notBefore"),
        attempts: 0,
        provider_id: null,
        reason: null,
        created_at: argument<number>("at"),
        settled_at: argument<number | null>("settledAt"),
      }),
    ),
    waitingReply: statement(
      db
        .selectFrom("outbox")
        .select("id")
        .where("conversation_id", "=", argument<string>("conversationId"))
        .where("status", "in", [literal("due"), literal("sending")])
        .where("kind", "=", "reply")
        .limit(1),
    ),
    unsettledOf: statement(
      db
        .selectFrom("outbox")
        .select(["id", "conversation_id", "body", "status", "not_before", "attempts", "created_at"])
        .where("conversation_id", "=", argument<string>("conversationId"))
        .where("status", "in", [literal("due"), literal("sending")])
        .orderBy("turn_seq")
        .orderBy("n")
        .limit(100),
    ),
    waiting: statement(
      db
        .selectFrom("outbox")
        .select("conversation_id")
        .where("status", "in", [literal("due"), literal("sending")])
        .where("not_before", "<=", argument<number>("now"))
        .groupBy("conversation_id")
        .orderBy((eb) => eb.fn.min("id"))
        .limit(argument<number>("limit")),
    ),
    sending: statement(
      unsettled().set((eb) => ({ status: "sending" as const, attempts: eb("attempts", "+", 1) })),
    ),
    settled: statement(
      unsettled().set({
        status: argument<"delivered">("status"),
        provider_id: argument<string | null>("providerId"),
        reason: argument<string | null>("reason"),
        settled_at: argument<number>("at"),
      }),
    ),
    postponed: statement(
      unsettled().set((eb) => ({
        status: "due" as const,
        not_before: argument<number>("notBefore"),
        reason: argument<string>("reason"),
        // A try whose begin was noted was counted then.
        attempts: eb
          .case()
          .when("status", "=", literal("sending"))
          .then(eb.ref("attempts"))
          .else(eb("attempts", "+", 1))
          .end(),
      })),
    ),
  };
}

/** What must leave: replies and actions, in the order in which each conversation decided them. */
export class Outbox {
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: Kysely<Schema>) {
    this.#sql = statements(db);
  }

  *insert(turn: TurnRecord, row: NewOutboxRow, status: "due" | "delivered"): Script<void> {
    yield* change(this.#sql.insert, {
      id: row.id,
      conversationId: turn.conversationId,
      turnId: turn.id,
      turnSeq: turn.seq,
      n: row.n,
      kind: row.body.type,
      body: JSON.stringify(row.body),
      notBefore: row.notBefore,
      at: turn.at,
      status,
      settledAt: status === "delivered" ? turn.at : null,
    });
  }

  /** An earlier reply of this conversation has not left yet. */
  *replyWaits(conversationId: string): Script<boolean> {
    return (yield* rows(this.#sql.waitingReply, { conversationId })).length > 0;
  }

  *unsettledOf(conversationId: string): Script<OutboxRow[]> {
    const found = yield* rows(this.#sql.unsettledOf, { conversationId });
    return found.map((row) => ({
      id: row.id,
      conversationId: row.conversation_id,
      body: bodies.parse(row.body),
      status: row.status === "sending" ? "sending" : "due",
      notBefore: row.not_before,
      attempts: row.attempts,
      createdAt: row.created_at,
    }));
  }

  *waiting(now: number, limit: number): Script<string[]> {
    return (yield* rows(this.#sql.waiting, { now, limit })).map((row) => row.conversation_id);
  }

  *markSending(id: string): Script<boolean> {
    return (yield* change(this.#sql.sending, { id })) === 1;
  }

  /** False when the row was settled before: whoever came first decided its fate. */
  *settle(id: string, settlement: Settlement, at: number): Script<boolean> {
    if (settlement.status === "due") {
      return (
        (yield* change(this.#sql.postponed, {
          id,
          notBefore: settlement.notBefore,
          reason: settlement.reason,
        })) === 1
      );
    }
    const delivered = settlement.status === "delivered";
    const changed = yield* change(this.#sql.settled, {
      id,
      status: settlement.status,
      providerId: delivered ? (settlement.providerId ?? null) : null,
      reason: delivered ? null : settlement.reason,
      at,
    });
    return changed === 1;
  }
}
