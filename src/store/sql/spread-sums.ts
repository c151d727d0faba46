import type { Kysely } from "kysely";
import type { Measure } from "../../turn/counting/contribution.ts";
import type { Sum } from "./sums.ts";
import type { Schema } from "./schema.ts";
import { literal, rows, statement, type Script } from "./statement.ts";

/** Values of the second and of the third key of a measure; any other is counted as "". Never from outside. */
export interface SpreadKeys {
  readonly k2: readonly string[];
  readonly k3: readonly string[];
}

export interface SpreadQuery {
  readonly measure: Measure;
  /** Business days (2026-11-22), both inclusive. */
  readonly from: string;
  readonly to: string;
  readonly keys: SpreadKeys;
}

/** What is counted together, and how its sum is spread over the values of the second key, and over those of the third. */
interface SpreadSum extends Sum<"day" | "kind" | "stage" | "intent" | "k1"> {
  readonly k2: readonly number[];
  readonly k3: readonly number[];
}

/** Sums of which the second and third key are known each by itself, not together: what a month's mixes are made of. */
export class SpreadSums {
  readonly sums: readonly SpreadSum[];
  readonly #keys: SpreadKeys;

  constructor(sums: readonly SpreadSum[], keys: SpreadKeys) {
    this.sums = sums;
    this.#keys = keys;
  }

  /** Adds up what has the same key; of the columns that are not in the key each sum keeps those of its first. */
  together(keyOf: (sum: SpreadSum) => string): SpreadSums {
    const same = new Map<string, SpreadSum[]>();
    for (const sum of this.sums) {
      const key = keyOf(sum);
      const known = same.get(key);
      if (known === undefined) same.set(key, [sum]);
      else known.push(sum);
    }
    const added = (all: readonly SpreadSum[], numberOf: (sum: SpreadSum) => number) => {
      let n = 0;
      for (const sum of all) n += numberOf(sum);
      return n;
    };
    const sums = [...same.values()].flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const n = added(all, (sum) => sum.n);
      const k2 = this.#keys.k2.map((_, at) => added(all, (sum) => sum.k2[at] ?? 0));
      const k3 = this.#keys.k3.map((_, at) => added(all, (sum) => sum.k3[at] ?? 0));
      return [{ ...first, n, k2, k3 }];
    });
    return new SpreadSums(sums, this.#keys);
  }

  /** The same sums, one for each value of the second key that has any. */
  byK2(): Sum<"day" | "kind" | "stage" | "intent" | "k1" | "k2">[] {
    return this.sums.flatMap((sum) =>
      spreadOver(this.#keys.k2, sum.k2, sum.n).map(([k2, n]) => ({ ...sum, k2, n })),
    );
  }

  /** The same sums, one for each value of the third key that has any. */
  byK3(): Sum<"day" | "kind" | "stage" | "intent" | "k1" | "k3">[] {
    return this.sums.flatMap((sum) =>
      spreadOver(this.#keys.k3, sum.k3, sum.n).map(([k3, n]) => ({ ...sum, k3, n })),
    );
  }
}

function spreadOver(values: readonly string[], counts: readonly number[], n: number): [string, number][] {
  const rest = n - counts.reduce((sum, count) => sum + count, 0);
  const all = values.map((value, at): [string, number] => [value, counts[at] ?? 0]);
  return [...all, ["", rest] satisfies [string, number]].filter(([, count]) => count !== 0);
}

type Column = "k2" | "k3";
type SpreadRow = Sum<"day" | "kind" | "stage" | "intent" | "k1"> &
  Readonly<Record<`${Column}_${number}`, number | null>>;

/**
 * Reads the days once, in the order in which they lie, and sorts nothing: a query grouped by other columns sorts
 * every sum of the month, each time it asks.
 */
export function* spreadSums(
  db: Kysely<Schema>,
  { measure, from, to, keys }: SpreadQuery,
): Script<SpreadSums> {
  let select = db
    .selectFrom("rollups")
    .select(["day", "kind", "stage", "intent", "k1"])
    .select((eb) => eb.fn.sum<number>("n").as("n"))
    .where("measure", "=", measure)
    .where("day", ">=", from)
    .where("day", "<=", to)
    .groupBy(["day", "kind", "stage", "intent", "k1"]);
  for (const column of ["k2", "k3"] as const)
    for (const [at, value] of keys[column].entries())
      select = select.select((eb) =>
        eb.fn
          .sum<number | null>("n")
          .filterWhere(column, "=", literal(value))
          .as(`${column}_${String(at)}`),
      );
  const found = yield* rows(statement(select.$castTo<SpreadRow>()));
  const countsOf = (row: SpreadRow, column: Column) =>
    keys[column].map((_, at) => row[`${column}_${at}`] ?? 0);
  return new SpreadSums(
    found.map((row) => {
      const { day, kind, stage, intent, k1, n } = row;
      return { day, kind, stage, intent, k1, n, k2: countsOf(row, "k2"), k3: countsOf(row, "k3") };
    }),
    keys,
  );
}
