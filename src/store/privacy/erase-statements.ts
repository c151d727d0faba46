import type { Kysely } from "kysely";
import type { Schema } from "../sql/schema.ts";
import { argument, literal, statement } from "../sql/statement.ts";

/** Ids of the replies and actions of one turn that are deleted by one statement. */
export const outboxAtOnce = 8;
/** Rows deleted by one statement: with `secure_delete` each byte is written over, and messages wait meanwhile. */
const rowsAtOnce = 50;
/** Pieces of uploads, 256 KiB each. */
const piecesAtOnce = 2;

/** What erasing and retention run, compiled once. */
export function eraseStatements(db: Kysely<Schema>) {
  const ofConversation = argument<string>("conversationId");
  const progress = {
    done_until: argument<number>("doneUntil"),
    due_until: argument<number>("dueUntil"),
    position: argument<string>("position"),
  };
  const aged = { begun_at: argument<number>("at"), finished_at: null };
  return {
    conversation: statement(
      db
        .selectFrom("conversations")
        .select(["external_id", "contact", "contact_id", "vault", "state", "version"])
        .where("id", "=", ofConversation),
    ),
    /** Finds the conversation where nothing moved in it since `before`, and nothing that came in waits. */
    silent: statement(
      db
        .selectFrom("conversations")
        .select("id")
        .where("id", "=", ofConversation)
        .where("updated_at", "<", argument<number>("before"))
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom("intake")
                .select("intake.external_id")
                .where("intake.conversation_id", "=", ofConversation)
                .where("intake.status", "=", literal("pending")),
            ),
          ),
        ),
    ),
    /** Nobody is named any more; the version moves on, so that a turn in hand is refused. */
    unname: statement(
      db
        .updateTable("conversations")
        .set((eb) => ({
          external_id: argument<string>("externalId"),
          contact: "",
          contact_id: argument<string>("contactId"),
          vault: "{}",
          state: argument<string>("state"),
          version: eb("version", "+", 1),
        }))
        .where("id", "=", ofConversation)
        .returning("version"),
    ),
    begun: statement(
      db
        .insertInto("erased_conversations")
        .values({ conversation_id: ofConversation, ...aged })
        .onConflict((conflict) => conflict.column("conversation_id").doUpdateSet(aged)),
    ),
    finished: statement(
      db
        .updateTable("erased_conversations")
        .set({ finished_at: argument<number>("at") })
        .where("conversation_id", "=", ofConversation),
    ),
    unfinished: statement(
      db
        .selectFrom("erased_conversations")
        .select("conversation_id as id")
        .where("finished_at", "is", null)
        .where("begun_at", "<", argument<number>("before")),
    ),
    timers: statement(db.deleteFrom("timers").where("conversation_id", "=", ofConversation)),
    sessions: statement(db.deleteFrom("webchat_sessions").where("conversation_id", "=", ofConversation)),
    pending: statement(
      db
        .deleteFrom("intake")
        .where("conversation_id", "=", ofConversation)
        .where("status", "=", literal("pending")),
    ),
    unsettled: statement(
      db
        .deleteFrom("outbox")
        .where("conversation_id", "=", ofConversation)
        .where("status", "in", [literal("due"), literal("sending")]),
    ),
    uncount: statement(
      db
        .updateTable("concerns")
        .set({ contact_id: argument<string>("contactId") })
        .where("contact_id", "=", argument<string>("before"))
        .where("conversation_id", "=", ofConversation),
    ),
    cases: statement(
      db.selectFrom("cases").select(["id", "card", "status"]).where("conversation_id", "=", ofConversation),
    ),
    card: statement(
      db
        .updateTable("cases")
        .set({ card: argument<string>("card"), contact: argument<string>("contactId") })
        .where("id", "=", argument<string>("caseId")),
    ),
    cardOnly: statement(
      db
        .updateTable("cases")
        .set({ card: argument<string>("card") })
        .where("id", "=", argument<string>("caseId")),
    ),
    close: statement(
      db
        .updateTable("cases")
        .set({
          status: literal("closed"),
          promised_at: null,
          waiting_since: null,
          updated_at: argument<number>("at"),
          closed_at: argument<number>("at"),
        })
        .where("id", "=", argument<string>("caseId")),
    ),
    closed: statement(
      db.insertInto("case_events").values({
        case_id: argument<string>("caseId"),
        seq: argument<number>("seq"),
        n: argument<number>("n"),
        at: argument<number>("at"),
        type: literal("closed"),
        agent: null,
        key: null,
        body: argument<string>("body"),
      }),
    ),
    events: statement(
      db
        .selectFrom("case_events")
        .select(["seq", "n", "body"])
        .where("case_id", "=", argument<string>("caseId")),
    ),
    event: statement(
      db
        .updateTable("case_events")
        .set({ body: argument<string>("body") })
        .where("case_id", "=", argument<string>("caseId"))
        .where("seq", "=", argument<number>("seq"))
        .where("n", "=", argument<number>("n")),
    ),
    handledOf: statement(
      db
        .deleteFrom("intake")
        .where("conversation_id", "=", ofConversation)
        .where("status", "!=", literal("pending"))
        .where("external_id", "in", (eb) =>
          eb
            .selectFrom("intake")
            .select("external_id")
            .where("conversation_id", "=", ofConversation)
            .where("status", "!=", literal("pending"))
            .limit(rowsAtOnce),
        ),
    ),
    handled: statement(
      db
        .deleteFrom("intake")
        .where("conversation_id", "=", ofConversation)
        .where("external_id", "=", argument<string>("externalId"))
        .where("status", "!=", literal("pending")),
    ),
    transcript: statement(
      db
        .deleteFrom("transcript")
        .where("conversation_id", "=", ofConversation)
        .where("seq", "in", (eb) =>
          eb
            .selectFrom("transcript")
            .select("seq")
            .where("conversation_id", "=", ofConversation)
            .limit(rowsAtOnce),
        ),
    ),
    pieces: statement(
      db
        .deleteFrom("upload_pieces")
        .where("upload_id", "=", argument<string>("uploadId"))
        .where("n", "in", (eb) =>
          eb
            .selectFrom("upload_pieces")
            .select("n")
            .where("upload_id", "=", argument<string>("uploadId"))
            .limit(piecesAtOnce),
        ),
    ),
    upload: statement(db.deleteFrom("uploads").where("id", "=", argument<string>("uploadId"))),
    record: statement(
      db
        .updateTable("turns")
        .set({ record: argument<string>("record") })
        .where("id", "=", argument<string>("turnId")),
    ),
    /** A row's id is its turn's and its position there; what still waits to leave stays. */
    outbox: statement(
      db
        .deleteFrom("outbox")
        .where(
          "id",
          "in",
          Array.from({ length: outboxAtOnce }, (_, n) => argument<string>(`id${String(n)}`)),
        )
        .where("status", "not in", [literal("due"), literal("sending")]),
    ),
    setAside: statement(
      db
        .selectFrom("intake")
        .select(["conversation_id", "external_id"])
        .where("status", "=", literal("setAside"))
        .where("received_at", "<", argument<number>("before"))
        .limit(rowsAtOnce),
    ),
    oldUploads: statement(
      db
        .selectFrom("uploads")
        .select("id")
        .where("created_at", "<", argument<number>("before"))
        .orderBy("created_at")
        .limit(1),
    ),
    ofContact: statement(
      db.selectFrom("conversations").select("id").where("contact_id", "=", argument<string>("contactId")),
    ),
    progress: statement(
      db
        .selectFrom("retention")
        .select(["done_until", "due_until", "position"])
        .where("purpose", "=", argument<string>("purpose")),
    ),
    noteProgress: statement(
      db
        .insertInto("retention")
        .values({ purpose: argument<string>("purpose"), ...progress })
        .onConflict((conflict) => conflict.column("purpose").doUpdateSet(progress)),
    ),
    forgetValues: statement(
      db
        .updateTable("conversations")
        .set({ vault: "{}", state: argument<string>("state") })
        .where("id", "=", ofConversation)
        .where("version", "=", argument<number>("version")),
    ),
  };
}

export type EraseStatements = ReturnType<typeof eraseStatements>;
