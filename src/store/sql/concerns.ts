import type { Kysely } from "kysely";
import type { Outcome } from "../../conversation/outcome.ts";
import type { CountedConcern } from "../../turn/counting/concern.ts";
import type { Schema } from "./schema.ts";
import { argument, change, firstRow, rows, statement, type Script } from "./statement.ts";

export const concernColumns = [
  "visit_id as visitId",
  "intent",
  "conversation_id as conversationId",
  "contact_id as contactId",
  "channel",
  "account",
  "language",
  "device",
  "page",
  "referrer",
  "campaign",
  "lifecycle",
  "kind",
  "stage",
  "topic",
  "team",
  "opened_at as openedAt",
  "last_at as lastAt",
  "first_seq as firstSeq",
  "last_seq as lastSeq",
  "day",
  "turns",
  "outcome",
  "handed_off_at as handedOffAt",
  "hand_off_reason as handOffReason",
  "hand_off_team as handOffTeam",
  "follow_up_of as followUpOf",
  "back_after_ms as backAfterMs",
] as const;

function values() {
  return {
    visit_id: argument<string>("visitId"),
    intent: argument<string>("intent"),
    conversation_id: argument<string>("conversationId"),
    contact_id: argument<string>("contactId"),
    channel: argument<string>("channel"),
    account: argument<string>("account"),
    language: argument<string | null>("language"),
    device: argument<string | null>("device"),
    page: argument<string | null>("page"),
    referrer: argument<string | null>("referrer"),
    campaign: argument<string | null>("campaign"),
    lifecycle: argument<string>("lifecycle"),
    kind: argument<string>("kind"),
    stage: argument<string | null>("stage"),
    topic: argument<string | null>("topic"),
    team: argument<string | null>("team"),
    opened_at: argument<number>("openedAt"),
    last_at: argument<number>("lastAt"),
    first_seq: argument<number>("firstSeq"),
    last_seq: argument<number>("lastSeq"),
    day: argument<string>("day"),
    turns: argument<number>("turns"),
    outcome: argument<Outcome>("outcome"),
    handed_off_at: argument<number | null>("handedOffAt"),
    hand_off_reason: argument<string | null>("handOffReason"),
    hand_off_team: argument<string | null>("handOffTeam"),
    follow_up_of: argument<string | null>("followUpOf"),
    back_after_ms: argument<number | null>("backAfterMs"),
  };
}

/** Where a concern stands among those of the same contact and intent. */
type Place = Pick<CountedConcern, "contactId" | "intent" | "openedAt">;

function statements(db: Kysely<Schema>) {
  const alike = () =>
    db
      .selectFrom("concerns")
      .where("contact_id", "=", argument<string>("contactId"))
      .where("intent", "=", argument<string>("intent"));
  return {
    ofVisit: statement(
      db
        .selectFrom("concerns")
        .select(concernColumns)
        .where("visit_id", "=", argument<string>("visitId"))
        // Written by counting alone: the columns hold what it put there.
        .$castTo<CountedConcern>(),
    ),
    put: statement(
      db
        .insertInto("concerns")
        .values(values())
        .onConflict((conflict) =>
          conflict.columns(["visit_id", "intent"]).doUpdateSet((eb) => ({
            conversation_id: eb.ref("excluded.conversation_id"),
            contact_id: eb.ref("excluded.contact_id"),
            channel: eb.ref("excluded.channel"),
            account: eb.ref("excluded.account"),
            language: eb.ref("excluded.language"),
            device: eb.ref("excluded.device"),
            page: eb.ref("excluded.page"),
            referrer: eb.ref("excluded.referrer"),
            campaign: eb.ref("excluded.campaign"),
            lifecycle: eb.ref("excluded.lifecycle"),
            kind: eb.ref("excluded.kind"),
            stage: eb.ref("excluded.stage"),
            topic: eb.ref("excluded.topic"),
            team: eb.ref("excluded.team"),
            opened_at: eb.ref("excluded.opened_at"),
            last_at: eb.ref("excluded.last_at"),
            first_seq: eb.ref("excluded.first_seq"),
            last_seq: eb.ref("excluded.last_seq"),
            day: eb.ref("excluded.day"),
            turns: eb.ref("excluded.turns"),
            outcome: eb.ref("excluded.outcome"),
            handed_off_at: eb.ref("excluded.handed_off_at"),
            hand_off_reason: eb.ref("excluded.hand_off_reason"),
            hand_off_team: eb.ref("excluded.hand_off_team"),
            follow_up_of: eb.ref("excluded.follow_up_of"),
            back_after_ms: eb.ref("excluded.back_after_ms"),
          })),
        ),
    ),
    remove: statement(
      db
        .deleteFrom("concerns")
        .where("visit_id", "=", argument<string>("visitId"))
        .where("intent", "=", argument<string>("intent")),
    ),
    before: statement(
      alike()
        .select(concernColumns)
        .where(
          "opened_at",
          "=",
          alike()
            .select((eb) => eb.fn.max("opened_at").as("at"))
            .where("opened_at", "<", argument<number>("openedAt")),
        )
        .$castTo<CountedConcern>(),
    ),
    nextAt: statement(
      alike()
        .select((eb) => eb.fn.min<number | null>("opened_at").as("at"))
        .where("opened_at", ">", argument<number>("openedAt")),
    ),
    setBack: statement(
      db
        .updateTable("concerns")
        .set({ back_after_ms: argument<number | null>("backAfterMs") })
        .where("visit_id", "=", argument<string>("visitId"))
        .where("intent", "=", argument<string>("intent")),
    ),
  };
}

/** Concerns as counting writes them. */
export class Concerns {
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: Kysely<Schema>) {
    this.#sql = statements(db);
  }

  ofVisit(visitId: string): Script<readonly CountedConcern[]> {
    return rows(this.#sql.ofVisit, { visitId });
  }

  *put(concern: CountedConcern): Script<void> {
    yield* change(this.#sql.put, { ...concern });
  }

  *remove({ visitId, intent }: CountedConcern): Script<void> {
    yield* change(this.#sql.remove, { visitId, intent });
  }

  /** The last concerns of this contact and intent that were opened before: one, unless two began in the same instant. */
  before({ contactId, intent, openedAt }: Place): Script<readonly CountedConcern[]> {
    return rows(this.#sql.before, { contactId, intent, openedAt });
  }

  /** How long after it the same contact opened the same intent again, ms; null where they did not (yet). */
  *backAfterMs({ contactId, intent, openedAt }: Place): Script<number | null> {
    const next = yield* firstRow(this.#sql.nextAt, { contactId, intent, openedAt });
    return next === undefined || next.at === null ? null : next.at - openedAt;
  }

  *setBack({ visitId, intent, backAfterMs }: CountedConcern): Script<void> {
    yield* change(this.#sql.setBack, { visitId, intent, backAfterMs });
  }
}
