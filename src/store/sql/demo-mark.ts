import type { Kysely } from "kysely";
import type { SqlDriver } from "./driver.ts";
import type { Schema } from "./schema.ts";
import { argument, change, firstRow, literal, statement } from "./statement.ts";
import { StoredJson } from "./stored-json.ts";

/** What a database of made-up traffic says of itself. */
export interface DemoMark {
  readonly seed: number;
  /** First and last business day of the traffic. */
  readonly from: string;
  readonly to: string;
  /** Shifts were planted in the last month. */
  readonly shifts: boolean;
}

const value = new StoredJson<DemoMark>();

/** The mark of made-up traffic; undefined for a database of real conversations. */
export function demoOf({
  db,
  driver,
}: {
  readonly db: Kysely<Schema>;
  readonly driver: Pick<SqlDriver, "readApart">;
}): Promise<DemoMark | undefined> {
  const asked = statement(db.selectFrom("marks").select("value").where("name", "=", literal("demo")));
  return driver.readApart(function* () {
    const found = yield* firstRow(asked);
    return found === undefined ? undefined : value.parse(found.value);
  });
}

/** Marks a new database as made up, before anything is written to it. */
export async function markDemo(
  { db, driver }: { readonly db: Kysely<Schema>; readonly driver: Pick<SqlDriver, "commit"> },
  mark: DemoMark,
): Promise<void> {
  const insert = statement(db.insertInto("marks").values({ name: "demo", value: argument<string>("value") }));
  await driver.commit(function* () {
    yield* change(insert, { value: JSON.stringify(mark) });
  });
}
