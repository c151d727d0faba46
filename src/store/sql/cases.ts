import type { Kysely } from "kysely";
import type { CaseChange } from "../../conversation/handoff/case-change.ts";
import type { TurnRecord } from "../../turn/ports.ts";
import type { Schema } from "./schema.ts";
import { argument, change, statement, type Script, type SqlArguments, type Statement } from "./statement.ts";

/** The form of a case's id that people type: the end of its conversation's random part, and the turn that opened it. */
function refOf(conversationId: string, seq: number): string {
  return `${conversationId.replace(/[^a-z0-9]/giu, "").slice(-8)}-${String(seq)}`;
}

function statements(db: Kysely<Schema>) {
  const update = () =>
    db
      .updateTable("cases")
      .set({ updated_at: argument<number>("at") })
      .where("id", "=", argument<string>("caseId"));
  const over = { promised_at: null, waiting_since: null };
  return {
    open: statement(
      db.insertInto("cases").values({
        id: argument<string>("caseId"),
        ref: argument<string>("ref"),
        conversation_id: argument<string>("conversationId"),
        channel: argument<string>("channel"),
        account: argument<string>("account"),
        contact: argument<string>("contact"),
        team: argument<string>("team"),
        status: "queued",
        reason: argument<string>("reason"),
        agent: null,
        kind: argument<string>("kind"),
        stage: argument<string | null>("stage"),
        intent: argument<string | null>("intent"),
        opened_at: argument<number>("at"),
        opened_seq: argument<number>("seq"),
        updated_at: argument<number>("at"),
        promised_at: argument<number>("promisedAt"),
        broken: 0,
        waiting_since: argument<number>("at"),
        first_replied_at: null,
        closed_at: null,
        card: argument<string>("card"),
      }),
    ),
    note: statement(
      db.insertInto("case_events").values({
        case_id: argument<string>("caseId"),
        seq: argument<number>("seq"),
        n: argument<number>("n"),
        at: argument<number>("at"),
        type: argument<CaseChange["type"]>("type"),
        agent: argument<string | null>("agent"),
        key: argument<string | null>("key"),
        body: argument<string>("body"),
      }),
    ),
    rejoined: statement(
      update().set({ reason: argument<string>("reason"), promised_at: argument<number>("promisedAt") }),
    ),
    customerWrote: statement(
      update().set((eb) => ({ waiting_since: eb.fn.coalesce("waiting_since", argument<number>("at")) })),
    ),
    promiseBroken: statement(
      update().set((eb) => ({
        team: argument<string>("team"),
        promised_at: argument<number | null>("promisedAt"),
        broken: eb("broken", "+", 1),
      })),
    ),
    requeued: statement(
      update().set({ status: "queued", agent: null, promised_at: argument<number>("promisedAt") }),
    ),
    assigned: statement(update().set({ status: "assigned", agent: argument<string>("agent") })),
    replied: statement(
      update().set((eb) => ({
        ...over,
        first_replied_at: eb.fn.coalesce("first_replied_at", argument<number>("at")),
      })),
    ),
    returned: statement(update().set({ ...over, status: "returned" })),
    closed: statement(update().set({ ...over, status: "closed", closed_at: argument<number>("at") })),
  };
}

/** Cases as turns change them, each change beside its line of history. */
export class Cases {
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: Kysely<Schema>) {
    this.#sql = statements(db);
  }

  *apply(turn: TurnRecord, changes: readonly CaseChange[]): Script<void> {
    for (const [n, made] of changes.entries()) {
      const { caseId, type, ...rest } = made;
      const agent = "agent" in rest ? rest.agent : null;
      const key = "key" in rest ? rest.key : null;
      const at = { caseId, at: turn.at };
      if (made.type === "opened") yield* this.#open(turn, made);
      else {
        const update = this.#updateOf(made);
        if (update !== undefined) yield* change(update.statement, { ...at, ...update.given });
      }
      const body = made.type === "opened" ? { team: made.team, reason: made.reason } : rest;
      yield* change(this.#sql.note, {
        ...at,
        seq: turn.seq,
        n,
        type,
        agent,
        key,
        body: JSON.stringify(body),
      });
    }
  }

  *#open(turn: TurnRecord, opened: Extract<CaseChange, { type: "opened" }>): Script<void> {
    const { caseId, team, reason, promisedAt, card } = opened;
    const { conversationId, seq, at, channel, account, contactId } = turn;
    const ref = refOf(conversationId, seq);
    const { kind, stage, intent } = card.category;
    yield* change(this.#sql.open, {
      ...{
        caseId,
        ref,
        conversationId,
        channel,
        account,
        contact: contactId,
        team,
        reason,
        kind,
        stage,
        intent,
      },
      ...{ at, seq, promisedAt, card: JSON.stringify(card) },
    });
  }

  #updateOf(
    made: Exclude<CaseChange, { type: "opened" }>,
  ): { readonly statement: Statement; readonly given: SqlArguments } | undefined {
    const sql = this.#sql;
    switch (made.type) {
      case "rejoined":
        return { statement: sql.rejoined, given: { reason: made.reason, promisedAt: made.promisedAt } };
      case "customerWrote":
        return { statement: sql.customerWrote, given: {} };
      case "promiseBroken":
        return { statement: sql.promiseBroken, given: { team: made.team, promisedAt: made.promisedAt } };
      case "requeued":
        return { statement: sql.requeued, given: { promisedAt: made.promisedAt } };
      case "assigned":
        return { statement: sql.assigned, given: { agent: made.agent } };
      case "replied":
        return { statement: sql.replied, given: {} };
      case "returned":
        return { statement: sql.returned, given: {} };
      case "closed":
        return { statement: sql.closed, given: {} };
      case "withBot":
      case "actionReturned":
      case "refused":
        return undefined;
    }
  }
}
