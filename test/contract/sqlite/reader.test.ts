import { describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { firstRow, rows, statement } from "../../../src/store/sql/statement.ts";
import { arrival, noon, open } from "../turn-store/samples.ts";
import { scratch } from "./scratch.ts";

const { open: openStore, close } = scratch();

describe("the reading thread", () => {
  it("sees what is committed, from the first question on", async () => {
    const { turns } = await openStore();
    expect((await turns.depths(noon)).intakePending).toBe(0);
    const conversation = await open(turns);
    for (const n of [1, 2]) {
      await turns.accept(arrival(conversation));
      expect((await turns.depths(noon)).intakePending).toBe(n);
    }
  });

  it("runs a long query while messages go on", async () => {
    const { turns, driver, db } = await openStore();
    const conversation = await open(turns);
    const long = statement(
      db.selectNoFrom(
        sql<number>`(with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000000) select max(i) from n)`.as(
          "n",
        ),
      ),
    );
    let answered = false;
    const answer = driver
      .readApart(() => firstRow(long))
      .then((row) => {
        answered = true;
        return row;
      });
    await turns.accept(arrival(conversation));
    expect(answered).toBe(false);
    expect(await answer).toEqual({ n: 1_000_000 });
  });

  it("says what is wrong with a query, cannot write, and goes on afterwards", async () => {
    const { turns, driver, db } = await openStore();
    await turns.depths(noon);
    const wrong = statement(db.selectFrom("intake").select(sql`no_such_column`.as("x")));
    await expect(driver.readApart(() => rows(wrong))).rejects.toMatchObject({ code: "internal" });
    const write = statement(db.deleteFrom("conversations").returning("id"));
    await expect(driver.readApart(() => rows(write))).rejects.toMatchObject({
      code: "store.refused",
      details: ["SQLITE_READONLY"],
    });
    expect((await turns.depths(noon)).intakePending).toBe(0);
  });

  it("answers with refusals, not with silence, when the store closes meanwhile", async () => {
    const store = await openStore();
    const asked = Promise.allSettled([store.turns.depths(noon), store.turns.depths(noon)]);
    await close(store);
    for (const end of await asked)
      if (end.status === "rejected") expect(end.reason).toMatchObject({ code: "store.refused" });
    await expect(store.turns.depths(noon)).rejects.toMatchObject({ code: "store.refused" });
  });
});
