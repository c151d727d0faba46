import type { Kysely } from "kysely";
import type { WebchatSession } from "../../channels/webchat/ports.ts";
import type { Schema } from "./schema.ts";
import { argument, change, firstRow, statement, type Script } from "./statement.ts";

function statements(db: Kysely<Schema>) {
  return {
    insert: statement(
      db.insertInto("webchat_sessions").values({
        conversation_id: argument<string>("conversationId"),
        user_id: argument<string>("userId"),
        resume_hash: argument<string>("hash"),
        previous_hash: null,
        rotated_at: argument<number>("at"),
        created_at: argument<number>("at"),
      }),
    ),
    byHash: statement(
      db
        .selectFrom("webchat_sessions as s")
        .innerJoin("conversations as c", "c.id", "s.conversation_id")
        .select([
          "s.conversation_id as rowId",
          "s.user_id as userId",
          "s.resume_hash as resumeHash",
          "s.previous_hash as previousHash",
        ])
        .select(["c.external_id as id", "c.contact as contact"])
        .where((eb) =>
          eb.or([
            eb("s.resume_hash", "=", argument<string>("hash")),
            eb("s.previous_hash", "=", argument<string>("hash")),
          ]),
        ),
    ),
    rotate: statement(
      db
        .updateTable("webchat_sessions")
        .set({
          previous_hash: argument<string>("current"),
          resume_hash: argument<string>("next"),
          rotated_at: argument<number>("at"),
        })
        .where("conversation_id", "=", argument<string>("conversationId"))
        .where("resume_hash", "=", argument<string>("current")),
    ),
  };
}

/** Which browser may come back to which conversation. */
export class WebchatSessions {
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: Kysely<Schema>) {
    this.#sql = statements(db);
  }

  *add(conversationId: string, userId: string, hash: string, at: number): Script<void> {
    yield* change(this.#sql.insert, { conversationId, userId, hash, at });
  }

  *find(hash: string): Script<WebchatSession | undefined> {
    const row = yield* firstRow(this.#sql.byHash, { hash });
    if (row === undefined) return undefined;
    const { rowId, id, contact, userId, resumeHash, previousHash } = row;
    return { conversation: { rowId, id, contact }, userId, resumeHash, previousHash };
  }

  *rotate(conversationId: string, current: string, next: string, at: number): Script<void> {
    yield* change(this.#sql.rotate, { conversationId, current, next, at });
  }
}
