import { sql, type Compilable, type RawBuilder } from "kysely";

/** A value that the statement is run with. */
export type SqlValue = string | number | null | Uint8Array;
export type SqlArguments = Readonly<Record<string, SqlValue>>;

/** Stands in a query where an argument goes when it runs. */
class Placeholder {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** A query built and compiled once by Kysely, run many times: compiling at each run costs more than running it. */
export interface Statement<Row = unknown> {
  readonly text: string;
  readonly parameters: readonly (string | { readonly value: SqlValue })[];
  /** True when it gives rows back. */
  readonly returns: boolean;
  /** Row type for the compiler alone; never present. */
  readonly row?: Row;
}

/** The argument `name` of a statement, typed as the column it stands for. */
export function argument<T extends SqlValue>(name: string): RawBuilder<T> {
  return sql<T>`${new Placeholder(name)}`;
}

/**
 * A constant of the program, written into the statement's text: an index over `status = 'pending'` serves only
 * statements that say so themselves, and a bound value does not. Never for anything that came from outside.
 */
export function literal<T extends string>(value: T): RawBuilder<T> {
  return sql.lit(value);
}

function isSqlValue(value: unknown): value is SqlValue {
  return (
    value === null || typeof value === "string" || typeof value === "number" || value instanceof Uint8Array
  );
}

/** Compiles a query whose arguments were written with `argument(name)`. */
export function statement<Row>(query: Compilable<Row>): Statement<Row> {
  const compiled = query.compile();
  const parameters = compiled.parameters.map((parameter) => {
    if (parameter instanceof Placeholder) return parameter.name;
    if (isSqlValue(parameter)) return { value: parameter };
    throw new TypeError("A statement takes text, numbers and null only");
  });
  return {
    text: compiled.sql,
    parameters,
    returns: /^\s*(select|with)\b|\breturning\b/iu.test(compiled.sql),
  };
}

/** Both engines shall keep the same: what PostgreSQL's columns cannot hold is written in another form on SQLite too. */
function storable(value: SqlValue): SqlValue {
  // Its text cannot hold U+0000 (its manual, 8.3). JSON columns keep it, as JSON escapes it.
  if (typeof value === "string") return value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value;
  // All our columns of numbers are integers: counts, and times in ms. A clock that never jumps gives fractions of them.
  return typeof value === "number" && !Number.isInteger(value) ? Math.floor(value) : value;
}

/** The values of one run, in the order of the statement's parameters. */
export function valuesOf(wanted: Statement, given: SqlArguments): SqlValue[] {
  const { parameters } = wanted;
  const values: SqlValue[] = [];
  for (const parameter of parameters) {
    if (typeof parameter !== "string") {
      values.push(parameter.value);
      continue;
    }
    const value = given[parameter];
    if (value === undefined) throw new TypeError(`The statement needs the argument ${parameter}`);
    values.push(storable(value));
  }
  return values;
}

/** What one run gave: rows of a query, number of rows changed by a command. */
export interface RunResult {
  readonly rows: readonly unknown[];
  readonly changes: number;
}

export interface Run {
  readonly statement: Statement;
  readonly given: SqlArguments;
}

/**
 * A repository's work as a sequence of runs, the same for both engines: SQLite drives it synchronously inside
 * its group commit, PostgreSQL awaits each run inside one transaction.
 */
export type Script<Result> = Generator<Run, Result, RunResult>;

/** The migrations promise what the columns hold; this is the one place that takes them at their word. */
function trust<Row>(_rows: readonly unknown[], _statement: Statement<Row>): asserts _rows is readonly Row[] {
  // Checking each row would cost more than fetching it.
}

export function* rows<Row>(
  wanted: Statement<Row>,
  given: SqlArguments = {},
): Generator<Run, readonly Row[], RunResult> {
  const { rows: found } = yield { statement: wanted, given };
  trust(found, wanted);
  return found;
}

export function* firstRow<Row>(
  wanted: Statement<Row>,
  given: SqlArguments = {},
): Generator<Run, Row | undefined, RunResult> {
  // Not by way of `rows`: a second generator for each row read is felt on the message path.
  const { rows: found } = yield { statement: wanted, given };
  trust(found, wanted);
  return found[0];
}

/** Runs a command; returns the number of rows changed. */
export function* change(wanted: Statement, given: SqlArguments = {}): Generator<Run, number, RunResult> {
  return (yield { statement: wanted, given }).changes;
}
