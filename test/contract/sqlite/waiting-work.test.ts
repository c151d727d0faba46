import { describe, expect, it } from "@jest/globals";
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from "kysely";
import { allIntake } from "../../../src/store/sql/intake.ts";
import { SqlTurnStore } from "../../../src/store/sql/turn-store.ts";
import type { SqlDriver } from "../../../src/store/sql/driver.ts";
import type { Schema } from "../../../src/store/sql/schema.ts";
import type { Script, Statement } from "../../../src/store/sql/statement.ts";
import { MemoryLeases } from "../../../src/store/sqlite/memory-leases.ts";
import { noon } from "../turn-store/samples.ts";
import { scratch } from "./scratch.ts";

const { open } = scratch();

/** Collects the statements that a script asks for, answering each with no rows. */
class Listener implements SqlDriver {
  readonly heard: Statement[] = [];
  read = <Result>(script: () => Script<Result>): Promise<Result> => {
    const running = script();
    let step = running.next();
    while (step.done !== true) {
      this.heard.push(step.value.statement);
      step = running.next({ rows: [], changes: 0 });
    }
    return Promise.resolve(step.value);
  };
  readApart = this.read;
  commit = this.read;
}

describe("what waits", () => {
  it.each<[string, (store: SqlTurnStore) => Promise<unknown>, readonly string[]]>([
    ["messages of all conversations", (store) => store.conversationsWithPending(10), ["intake_pending"]],
    ["sends of one conversation", (store) => store.unsettledOutbox("c"), ["outbox_unsettled"]],
    [
      "sends of all conversations",
      (store) => store.conversationsWithDueOutbox(noon, 10),
      ["outbox_unsettled"],
    ],
    ["timers", (store) => store.dueTimers(noon, 10), ["timers_due"]],
    [
      "the gauges",
      (store) => store.depths(noon),
      ["intake_pending", "intake_set_aside", "outbox_unsettled", "outbox_unwell"],
    ],
  ])("is found by an index over it: %s cost what waits, not the whole log", async (_what, ask, indexes) => {
    const compiler = new Kysely<Schema>({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db) => new SqliteIntrospector(db),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    });
    const listener = new Listener();
    await ask(new SqlTurnStore(compiler, listener, new MemoryLeases()));
    const { db } = await open();
    for (const { text } of listener.heard) {
      const explained = await sql<{
        detail: string;
      }>`explain query plan ${sql.raw(text.replaceAll("?", "1"))}`.execute(db);
      const plan = explained.rows.map(({ detail }) => detail).join("\n");
      for (const index of indexes) expect(plan).toContain(index);
      expect(plan).not.toMatch(/SCAN (?:intake|outbox)(?! USING)/u);
    }
    expect(listener.heard).not.toHaveLength(0);
  });

  it("is found by its conversation together with what was handled, each by its own key", async () => {
    const { db } = await open();
    const { sql: text } = db
      .selectFrom(allIntake(db))
      .selectAll()
      .where("conversation_id", "=", "c")
      .compile();
    const { rows } = await sql<{
      detail: string;
    }>`explain query plan ${sql.raw(text.replace("?", "'c'"))}`.execute(db);
    const plan = rows.map(({ detail }) => detail).join("\n");
    for (const key of ["intake_pending", "intake_handled"])
      expect(plan).toContain(`SEARCH intake USING INDEX ${key} (conversation_id=?)`);
  });
});
