import type { Kysely } from "kysely";
import type { TurnRecord } from "../../turn/ports.ts";
import type { SqlDriver } from "./driver.ts";
import type { CasesTable, ConcernsTable, Schema } from "./schema.ts";
import type { Sum, SumColumn, SumQuery } from "./sums.ts";
import { spreadSums, type SpreadQuery, type SpreadSums } from "./spread-sums.ts";
import { argument, firstRow, literal, rows, statement, type Script } from "./statement.ts";
import { StoredJson } from "./stored-json.ts";

/** An instant of a stretch of time, epoch ms: `fromAt` inclusive, `toAt` exclusive. */
interface Stretch {
  readonly fromAt: number;
  readonly toAt: number;
}

export interface ConcernQuery extends Stretch {
  readonly kind?: string | undefined;
  /** Null: concerns without a stage. */
  readonly stage?: string | null | undefined;
  readonly intent?: string | undefined;
  readonly device?: string | undefined;
  readonly channel?: string | undefined;
  readonly limit: number;
  /** Those before this one, in the list's order: the last one of the page before. */
  readonly after?: Pick<ConcernsTable, "opened_at" | "visit_id" | "intent"> | undefined;
}

/** What a customer wrote, masked as it is stored, and where it is in the log. */
export interface TurnText {
  readonly turnId: string;
  readonly conversationId: string;
  readonly at: number;
  readonly channel: string;
  /** The messages of the turn, one a line; "" where there were none, or they were erased. */
  readonly text: string;
}

export interface ConcernExample extends TurnText {
  readonly concern: ConcernsTable;
}

/**
 * Of a case what response times and promises are made of. Its team is the one whose promise ran out first, though the
 * case was escalated afterwards; where none ran out, the one that has it.
 */
export type CaseFacts = Pick<
  CasesTable,
  "channel" | "team" | "status" | "stage" | "opened_at" | "broken" | "first_replied_at"
>;

type SaidRecord = Pick<TurnRecord, "activities" | "channel">;
const records = new StoredJson<SaidRecord>();
const breaks = new StoredJson<{ readonly team: string }>();

/** The most cases of one answer: a month of a large business has fewer, and the reader's heap has room for them. */
const mostCases = 100_000;

function caseStatement(db: Kysely<Schema>) {
  return statement(
    db
      .selectFrom("cases")
      // The first break leaves the case with its team (src/conversation/handoff/handoff-timers.ts).
      .select((eb) =>
        eb
          .selectFrom("case_events")
          .select("body")
          .whereRef("case_id", "=", "cases.id")
          .where("type", "=", literal("promiseBroken"))
          .orderBy("seq")
          .orderBy("n")
          .limit(1)
          .as("firstBreak"),
      )
      .select([
        ...(["channel", "team", "status", "stage", "opened_at", "broken", "first_replied_at"] as const),
      ])
      .where("opened_at", ">=", argument<number>("fromAt"))
      .where("opened_at", "<", argument<number>("toAt"))
      .orderBy("opened_at")
      .limit(mostCases),
  );
}

function missedStatement(db: Kysely<Schema>) {
  return statement(
    db
      .selectFrom("turns")
      .select(["id", "conversation_id", "at", "record"])
      // A literal: the index of misses serves only a query that repeats its own condition.
      .where("outcome", "=", literal("fellBack"))
      .where("at", ">=", argument<number>("fromAt"))
      .where("at", "<", argument<number>("toAt"))
      .orderBy("at", "desc")
      .limit(argument<number>("limit")),
  );
}

function uncountedStatement(db: Kysely<Schema>) {
  return statement(
    db
      .selectFrom("uncounted")
      .leftJoin("turns", (on) =>
        on
          .onRef("turns.conversation_id", "=", "uncounted.conversation_id")
          .onRef("turns.seq", "=", "uncounted.seq"),
      )
      .select((eb) => [eb.fn.countAll<number>().as("turns"), eb.fn.min("turns.at").as("oldestAt")]),
  );
}

/** What reports read: sums, and the concerns, misses and cases behind them. Apart from the message path. */
export class InsightStore {
  readonly #db: Kysely<Schema>;
  readonly #driver: Pick<SqlDriver, "readApart">;

  constructor(db: Kysely<Schema>, driver: Pick<SqlDriver, "readApart">) {
    this.#db = db;
    this.#driver = driver;
  }

  /** Sums of a measure over days, by the columns asked for, largest first; sums that are 0 are left out. */
  sums<By extends SumColumn>(query: SumQuery<By>): Promise<readonly Sum<By>[]> {
    const { measure, from, to, by, where = {}, most } = query;
    let select = this.#db
      .selectFrom("rollups")
      .select((eb) => eb.fn.sum<number>("n").as("n"))
      .where("measure", "=", measure)
      .where("day", ">=", from)
      .where("day", "<=", to)
      .having((eb) => eb.fn.sum<number>("n"), "<>", 0)
      .orderBy("n", "desc");
    for (const column of by) select = select.select(column).groupBy(column).orderBy(column);
    for (const column of columns) {
      const value = where[column];
      if (value !== undefined) select = select.where(column, "=", value);
    }
    if (most !== undefined) select = select.limit(most);
    const asked = statement(select.$castTo<Sum<By>>());
    return this.#driver.readApart(() => rows(asked));
  }

  /** Sums of a measure by day and by the second and third key, each key by itself (spread-sums.ts). */
  spread(query: SpreadQuery): Promise<SpreadSums> {
    return this.#driver.readApart(() => spreadSums(this.#db, query));
  }

  /** Concerns behind a figure, newest first, each with what the customer wrote first. */
  concerns(query: ConcernQuery): Promise<readonly ConcernExample[]> {
    const { fromAt, toAt, kind, stage, intent, device, channel, limit, after } = query;
    let select = this.#db
      .selectFrom("concerns")
      .innerJoin("turns", (on) =>
        on
          .onRef("turns.conversation_id", "=", "concerns.conversation_id")
          .onRef("turns.seq", "=", "concerns.first_seq"),
      )
      .selectAll("concerns")
      .select(["turns.id as turnId", "turns.record as record"])
      .where("opened_at", ">=", fromAt)
      .where("opened_at", "<", toAt)
      .orderBy("opened_at", "desc")
      .orderBy("visit_id", "desc")
      .orderBy("concerns.intent", "desc")
      .limit(limit);
    if (kind !== undefined) select = select.where("concerns.kind", "=", kind);
    if (stage === null) select = select.where("concerns.stage", "is", null);
    else if (stage !== undefined) select = select.where("concerns.stage", "=", stage);
    if (intent !== undefined) select = select.where("concerns.intent", "=", intent);
    if (device !== undefined) select = select.where("device", "=", device);
    if (channel !== undefined) select = select.where("channel", "=", channel);
    if (after !== undefined)
      select = select.where((eb) =>
        eb(
          eb.refTuple("opened_at", "visit_id", "concerns.intent"),
          "<",
          eb.tuple(after.opened_at, after.visit_id, after.intent),
        ),
      );
    const asked = statement(select);
    return this.#driver.readApart(function* () {
      const found = yield* rows(asked);
      return found.map(({ turnId, record, ...concern }) => ({
        ...textOf({ id: turnId, conversation_id: concern.conversation_id, at: concern.opened_at, record }, [
          "message",
          "choice",
        ]),
        concern,
      }));
    });
  }

  /** Turns of this time that were not understood, newest first, with what was written: a tap on a button says nothing. */
  missedTurns({ fromAt, toAt, limit }: Stretch & { readonly limit: number }): Promise<readonly TurnText[]> {
    const asked = missedStatement(this.#db);
    return this.#driver.readApart(function* () {
      return (yield* rows(asked, { fromAt, toAt, limit })).map((row) => textOf(row, ["message"]));
    });
  }

  /** What a customer wrote in one turn; undefined where there is no such turn. */
  turnText(turnId: string): Promise<TurnText | undefined> {
    const asked = statement(
      this.#db
        .selectFrom("turns")
        .select(["id", "conversation_id", "at", "record"])
        .where("id", "=", argument<string>("turnId")),
    );
    return this.#driver.readApart(function* () {
      const found = yield* firstRow(asked, { turnId });
      return found === undefined ? undefined : textOf(found, ["message", "choice"]);
    });
  }

  /** Cases opened in this time, oldest first. */
  casesBetween({ fromAt, toAt }: Stretch): Promise<readonly CaseFacts[]> {
    const asked = caseStatement(this.#db);
    return this.#driver.readApart(function* () {
      return (yield* rows(asked, { fromAt, toAt })).map(({ firstBreak, ...facts }) =>
        firstBreak === null ? facts : { ...facts, team: breaks.parse(firstBreak).team },
      );
    });
  }

  /** Turns that the sums don't hold yet, and when the oldest of them was decided, epoch ms; null where none waits. */
  uncounted(): Promise<{ readonly turns: number; readonly oldestAt: number | null }> {
    const asked = uncountedStatement(this.#db);
    return this.#driver.readApart(() => oneUncounted(asked));
  }
}

const columns = ["day", "kind", "stage", "intent", "k1", "k2", "k3"] as const satisfies readonly SumColumn[];

function* oneUncounted(
  asked: ReturnType<typeof uncountedStatement>,
): Script<{ readonly turns: number; readonly oldestAt: number | null }> {
  return (yield* firstRow(asked)) ?? { turns: 0, oldestAt: null };
}

function textOf(
  row: {
    readonly id: string;
    readonly conversation_id: string;
    readonly at: number;
    readonly record: string;
  },
  said: readonly ("message" | "choice")[],
): TurnText {
  const { activities, channel } = records.parse(row.record);
  const text = activities
    .flatMap(({ activity }) =>
      (activity.type === "message" || activity.type === "choice") && said.includes(activity.type)
        ? [activity.text]
        : [],
    )
    .join("\n");
  return { turnId: row.id, conversationId: row.conversation_id, at: row.at, channel, text };
}
