import { sql, type Kysely } from "kysely";
import type { CountedConcern } from "../../turn/counting/concern.ts";
import type { Count } from "../../turn/counting/contribution.ts";
import { concernColumns } from "./concerns.ts";
import type { Schema } from "./schema.ts";
import { argument, change, firstRow, rows, statement, type Script } from "./statement.ts";

const sumKeys = ["measure", "day", "kind", "stage", "intent", "k1", "k2", "k3"] as const;

function statements(db: Kysely<Schema>) {
  const concernIs = () => [argument<string>("visitId"), argument<string>("intent")] as const;
  const sumIs = () => sumKeys.map((key) => argument<string>(key));
  const sumKey = sql<string>`(${sql.join(sumKeys.map((key) => sql.ref(key)))})`;
  const sumAt = sql<string>`(${sql.join(sumIs())})`;
  return {
    concernsAfter: statement(
      db
        .selectFrom("concerns")
        .select(concernColumns)
        .where((eb) => eb(eb.refTuple("visit_id", "intent"), ">", eb.tuple(...concernIs())))
        .orderBy("visit_id")
        .orderBy("intent")
        .limit(argument<number>("limit"))
        .$castTo<CountedConcern>(),
    ),
    sumsAfter: statement(
      db
        .selectFrom("rollups")
        .selectAll()
        .where(sumKey, ">", sumAt)
        .orderBy(sql.join(sumKeys.map((key) => sql.ref(key))))
        .limit(argument<number>("limit"))
        .$castTo<Count>(),
    ),
    concern: statement(
      db
        .selectFrom("concerns")
        .select(concernColumns)
        .where((eb) => eb(eb.refTuple("visit_id", "intent"), "=", eb.tuple(...concernIs())))
        .$castTo<CountedConcern>(),
    ),
    sum: statement(db.selectFrom("rollups").select("n").where(sumKey, "=", sumAt)),
    dropConcern: statement(
      db
        .deleteFrom("concerns")
        .where((eb) => eb(eb.refTuple("visit_id", "intent"), "=", eb.tuple(...concernIs()))),
    ),
    dropSum: statement(db.deleteFrom("rollups").where(sumKey, "=", sumAt)),
    lookBack: statement(
      db.updateTable("concerns").set((eb) => ({
        back_after_ms: eb
          .selectFrom("concerns as later")
          .select((later) =>
            sql<number | null>`${later.fn.min("later.opened_at")} - ${sql.ref("concerns.opened_at")}`.as(
              "ms",
            ),
          )
          .whereRef("later.contact_id", "=", "concerns.contact_id")
          .whereRef("later.intent", "=", "concerns.intent")
          .whereRef("later.opened_at", ">", "concerns.opened_at"),
      })),
    ),
  };
}

/** What is counted, row by row, for whoever compares it with a recount. */
export class CountedRows {
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: Kysely<Schema>) {
    this.#sql = statements(db);
  }

  concernsAfter(
    { visitId, intent }: Pick<CountedConcern, "visitId" | "intent">,
    limit: number,
  ): Script<readonly CountedConcern[]> {
    return rows(this.#sql.concernsAfter, { visitId, intent, limit });
  }

  sumsAfter({ n: _, ...key }: Count | typeof noSum, limit: number): Script<readonly Count[]> {
    return rows(this.#sql.sumsAfter, { ...key, limit });
  }

  /** Takes this concern out; gives it as it stood. */
  *takeConcern({ visitId, intent }: CountedConcern): Script<CountedConcern | undefined> {
    const found = yield* firstRow(this.#sql.concern, { visitId, intent });
    yield* change(this.#sql.dropConcern, { visitId, intent });
    return found;
  }

  /** Takes this sum out; gives how much it was. */
  *takeSum({ n: _, ...key }: Count): Script<number> {
    const found = yield* firstRow(this.#sql.sum, key);
    yield* change(this.#sql.dropSum, key);
    return found?.n ?? 0;
  }

  /** Says of every concern when its contact was back, all at once. */
  *lookBack(): Script<void> {
    yield* change(this.#sql.lookBack);
  }
}

/** Before every sum. */
export const noSum = {
  measure: "",
  day: "",
  kind: "",
  stage: "",
  intent: "",
  k1: "",
  k2: "",
  k3: "",
  n: 0,
} as const;
