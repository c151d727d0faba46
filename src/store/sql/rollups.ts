import type { Kysely } from "kysely";
import type { Count } from "../../turn/counting/contribution.ts";
import type { Schema } from "./schema.ts";
import { argument, change, statement, type Script } from "./statement.ts";

function addStatement(db: Kysely<Schema>) {
  return statement(
    db
      .insertInto("rollups")
      .values({
        measure: argument<string>("measure"),
        day: argument<string>("day"),
        kind: argument<string>("kind"),
        stage: argument<string>("stage"),
        intent: argument<string>("intent"),
        k1: argument<string>("k1"),
        k2: argument<string>("k2"),
        k3: argument<string>("k3"),
        n: argument<number>("n"),
      })
      .onConflict((conflict) =>
        conflict
          .columns(["measure", "day", "kind", "stage", "intent", "k1", "k2", "k3"])
          .doUpdateSet((eb) => ({ n: eb("rollups.n", "+", eb.ref("excluded.n")) })),
      ),
  );
}

/** Sums by business day. A sum that came back to 0 stays: whoever reads leaves it out. */
export class Rollups {
  readonly #add: ReturnType<typeof addStatement>;

  constructor(db: Kysely<Schema>) {
    this.#add = addStatement(db);
  }

  *add(counts: readonly Count[]): Script<void> {
    for (const { measure, day, kind, stage, intent, k1, k2, k3, n } of counts)
      yield* change(this.#add, { measure, day, kind, stage, intent, k1, k2, k3, n });
  }
}
