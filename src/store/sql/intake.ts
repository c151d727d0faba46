import { sql, type Kysely } from "kysely";
import type { InboundActivity } from "../../basics/activity.ts";
import { KumustaError } from "../../basics/errors.ts";
import type { NewIntake, PendingIntake } from "../../turn/ports.ts";
import type { Schema } from "./schema.ts";
import { argument, change, firstRow, literal, rows, statement, type Script } from "./statement.ts";
import { StoredJson } from "./stored-json.ts";

const activities = new StoredJson<InboundActivity>();
/** JSON text of 32 KiB: room for one message and all that its turn writes. */
const probeBody = JSON.stringify(" ".repeat(32 * 1024));

function statements(db: Kysely<Schema>) {
  const row = (query: ReturnType<typeof pending>) =>
    query
      .where("conversation_id", "=", argument<string>("conversationId"))
      .where("external_id", "=", argument<string>("externalId"));
  const pending = () => db.updateTable("intake").where("status", "=", literal("pending"));
  return {
    insert: statement(
      db
        .insertInto("intake")
        .values({
          conversation_id: argument<string>("conversationId"),
          external_id: argument<string>("externalId"),
          id: argument<string>("id"),
          type: argument<string>("type"),
          sent_at: argument<number>("sentAt"),
          received_at: argument<number>("receivedAt"),
          ready_at: argument<number>("readyAt"),
          body: argument<string>("body"),
          status: literal("pending"),
          attempts: sql.lit(0),
        })
        .onConflict((conflict) => conflict.doNothing()),
    ),
    handledBefore: statement(
      db
        .selectFrom("intake")
        .select("id")
        .where("conversation_id", "=", argument<string>("conversationId"))
        .where("external_id", "=", argument<string>("externalId"))
        .where("status", "!=", literal("pending")),
    ),
    standing: statement(
      db
        .selectFrom(allIntake(db))
        .select("id")
        .where("conversation_id", "=", argument<string>("conversationId"))
        .where("external_id", "=", argument<string>("externalId")),
    ),
    pendingOf: statement(
      db
        .selectFrom("intake")
        .select(["id", "external_id", "body", "received_at", "attempts"])
        .where("conversation_id", "=", argument<string>("conversationId"))
        .where("status", "=", literal("pending"))
        .orderBy("id")
        .limit(200),
    ),
    waiting: statement(
      db
        .selectFrom("intake")
        .select("conversation_id")
        .where("status", "=", literal("pending"))
        .groupBy("conversation_id")
        .orderBy((eb) => eb.fn.min("id"))
        .limit(argument<number>("limit")),
    ),
    handled: statement(row(pending()).set({ status: "handled", turn_id: argument<string>("turnId") })),
    attempted: statement(
      row(pending()).set((eb) => ({ attempts: eb("attempts", "+", 1), reason: argument<string>("reason") })),
    ),
    takeBack: statement(
      db
        .deleteFrom("intake")
        .where("conversation_id", "=", argument<string>("conversationId"))
        .where("external_id", "=", argument<string>("externalId"))
        .where("status", "=", literal("pending")),
    ),
    setAside: statement(row(pending()).set({ status: "setAside", reason: argument<string>("reason") })),
  };
}

/** All that was accepted and stands, to be narrowed by its conversation: an index serves only those who name its status. */
export function allIntake(db: Kysely<Schema>) {
  const those = (status: "=" | "!=") =>
    db.selectFrom("intake").selectAll().where("status", status, literal("pending"));
  return those("=").unionAll(those("!=")).as("intake");
}

/**
 * Everything that happened, kept before it was acknowledged.
 *
 * Two unique keys hold that nothing stands twice: one over what waits, which is small and lies together, and one over
 * all else. Accepting writes to the first alone; a row goes over to the second with its turn (decision 0009).
 */
export class Intake {
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: Kysely<Schema>) {
    this.#sql = statements(db);
  }

  /**
   * Inserts the row; gives back the id of the one that stood already, if one did.
   *
   * Whether it was handled before is asked after the insertion, never before: the insertion waits for a turn of another
   * process that handles the earlier delivery just now, and only a statement that begins later sees what that turn did.
   */
  *insert(intake: NewIntake): Script<string | undefined> {
    const { conversationId, externalId } = intake;
    const inserted = yield* change(this.#sql.insert, {
      conversationId,
      externalId,
      id: intake.id,
      type: intake.activity.type,
      // A provider's clock may give fractions; the activity itself keeps them.
      sentAt: Math.floor(intake.activity.sentAt),
      receivedAt: intake.receivedAt,
      readyAt: intake.readyAt,
      body: JSON.stringify(intake.activity),
    });
    if (inserted === 1) {
      const handled = yield* firstRow(this.#sql.handledBefore, { conversationId, externalId });
      if (handled !== undefined) yield* change(this.#sql.takeBack, { conversationId, externalId });
      return handled?.id;
    }
    const standing = yield* firstRow(this.#sql.standing, { conversationId, externalId });
    // Cleared away between the two statements: the sender repeats it, and then it is new.
    if (standing === undefined)
      throw new KumustaError("store.refused", ["the earlier delivery was just cleared away"], {
        retryAfterSeconds: 1,
      });
    return standing.id;
  }

  *pendingOf(conversationId: string): Script<PendingIntake[]> {
    const found = yield* rows(this.#sql.pendingOf, { conversationId });
    return found.map((row) => ({
      id: row.id,
      externalId: row.external_id,
      activity: activities.parse(row.body),
      receivedAt: row.received_at,
      attempts: row.attempts,
    }));
  }

  *waiting(limit: number): Script<string[]> {
    return (yield* rows(this.#sql.waiting, { limit })).map((row) => row.conversation_id);
  }

  /** Marks the rows handled by this turn. `none`: the first was handled before, nothing was written; `some`: a later one was. */
  *markHandled(
    conversationId: string,
    externalIds: readonly string[],
    turnId: string,
  ): Script<"all" | "some" | "none"> {
    for (const [n, externalId] of externalIds.entries()) {
      const changed = yield* change(this.#sql.handled, { conversationId, externalId, turnId });
      if (changed !== 1) return n === 0 ? "none" : "some";
    }
    return "all";
  }

  /**
   * Writes a row of the size of a message with its turn and takes it back: a full or locked database refuses it.
   * A change of no row would not do: SQLite then asks for no page, and a full disk goes unnoticed.
   */
  *probe(): Script<void> {
    const key = { conversationId: "", externalId: "probe" };
    yield* change(this.#sql.insert, {
      ...key,
      id: "",
      type: "probe",
      sentAt: 0,
      receivedAt: 0,
      readyAt: 0,
      body: probeBody,
    });
    yield* change(this.#sql.takeBack, key);
  }

  *noteAttempt(conversationId: string, externalIds: readonly string[], reason: string): Script<void> {
    for (const externalId of externalIds)
      yield* change(this.#sql.attempted, { conversationId, externalId, reason });
  }

  *setAside(conversationId: string, externalIds: readonly string[], reason: string): Script<void> {
    for (const externalId of externalIds)
      yield* change(this.#sql.setAside, { conversationId, externalId, reason });
  }
}
