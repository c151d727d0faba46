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

/** What a concern's turns may still change. */
function changing() {
  return {
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
    last_at: argument<number>("lastAt"),
    first_seq: argument<number>("firstSeq"),
    last_seq: argument<number>("lastSeq"),
    turns: argument<number>("turns"),
    outcome: argument<Outcome>("outcome"),
    handed_off_at: argument<number | null>("handedOffAt"),
    hand_off_reason: argument<string | null>("handOffReason"),
    hand_off_team: argument<string | null>("handOffTeam"),
    follow_up_of: argument<string | null>("followUpOf"),
  };
}

function values() {
  return {
    visit_id: argument<string>("visitId"),
    intent: argument<string>("intent"),
    conversation_id: argument<string>("conversationId"),
    contact_id: argument<string>("contactId"),
    channel: argument<string>("channel"),
    account: argument<string>("account"),
    opened_at: argument<number>("openedAt"),
    day: argument<string>("day"),
    back_after_ms: argument<number | null>("backAfterMs"),
    ...changing(),
  };
}

/** Where a concern stands among those of the same contact and intent. */
type Place = Pick<CountedConcern, "contactId" | "intent" | "openedAt">;

/** When the same contact opened the same intent before and after, epoch ms. */
interface Neighbours {
  readonly before: number | null;
  readonly after: number | null;
}

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
    insert: statement(db.insertInto("concerns").values(values())),
    // Without what never changes of a concern: the columns of its indexes, which would be written again.
    update: statement(
      db
        .updateTable("concerns")
        .set(changing())
        .where("visit_id", "=", argument<string>("visitId"))
        .where("intent", "=", argument<string>("intent")),
    ),
    remove: statement(
      db
        .deleteFrom("concerns")
        .where("visit_id", "=", argument<string>("visitId"))
        .where("intent", "=", argument<string>("intent")),
    ),
    neighbours: statement(
      db.selectNoFrom([
        alike()
          .select((eb) => eb.fn.max<number | null>("opened_at").as("at"))
          .where("opened_at", "<", argument<number>("openedAt"))
          .as("before"),
        alike()
          .select((eb) => eb.fn.min<number | null>("opened_at").as("at"))
          .where("opened_at", ">", argument<number>("openedAt"))
          .as("after"),
      ]),
    ),
    openedAt: statement(
      alike()
        .select(concernColumns)
        .where("opened_at", "=", argument<number>("openedAt"))
        .$castTo<CountedConcern>(),
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

  *insert(concern: CountedConcern): Script<void> {
    yield* change(this.#sql.insert, { ...concern });
  }

  /** Writes what turns changed of a concern that stands. */
  *update(concern: CountedConcern): Script<void> {
    yield* change(this.#sql.update, { ...concern });
  }

  *remove({ visitId, intent }: CountedConcern): Script<void> {
    yield* change(this.#sql.remove, { visitId, intent });
  }

  /** When this contact opened this intent before and after, epoch ms; null where they did not. */
  *neighbours({ contactId, intent, openedAt }: Place): Script<Neighbours> {
    const found = yield* firstRow(this.#sql.neighbours, { contactId, intent, openedAt });
    return found ?? { before: null, after: null };
  }

  /** The concerns that this contact opened at this instant: one, but for a rare chance. */
  openedAt({ contactId, intent, openedAt }: Place): Script<readonly CountedConcern[]> {
    return rows(this.#sql.openedAt, { contactId, intent, openedAt });
  }

  *setBack({ visitId, intent, backAfterMs }: CountedConcern): Script<void> {
    yield* change(this.#sql.setBack, { visitId, intent, backAfterMs });
  }
}
