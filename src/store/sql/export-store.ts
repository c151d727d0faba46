import type { Kysely } from "kysely";
import type { ContextCard } from "../../conversation/handoff/case-change.ts";
import type { TurnRecord } from "../../turn/ports.ts";
import type { SqlDriver } from "./driver.ts";
import type {
  CaseEventsTable,
  CasesTable,
  ConcernsTable,
  CorrectionsTable,
  Schema,
  TurnsTable,
} from "./schema.ts";
import { leastIdAt } from "./least-id.ts";
import { rows, statement, type Script } from "./statement.ts";
import { StoredJson } from "./stored-json.ts";

/** From (inclusive) to (exclusive), epoch ms. */
export interface TimeSpan {
  readonly from: number;
  readonly until: number;
}

type StoredTurn = Omit<TurnsTable, "record"> & {
  /** What has no column of its own. Turns of early versions may lack what was added later. */
  readonly record: Partial<TurnRecord> & Pick<TurnRecord, "category">;
  /** What a person said last of what the turn was about. */
  readonly correction: CorrectionsTable | undefined;
};
type StoredCase = Omit<CasesTable, "card"> & {
  readonly card: ContextCard;
  readonly events: readonly CaseEventsTable[];
};
export interface ExportRows {
  readonly turns: StoredTurn;
  readonly concerns: ConcernsTable;
  readonly cases: StoredCase;
}
export type Exported = keyof ExportRows;

const records = new StoredJson<StoredTurn["record"]>();
const cards = new StoredJson<ContextCard>();

/** Rows read at once: some hundred kilobytes. */
const pageSize = 250;
/** How far the time in a turn's id may lie from the turn's own: the id counts on while the machine's clock is set back. */
const idSlackMs = 86_400_000;

/** Reads the log page by page, apart from the message path: each page begins behind the last row of the one before. */
export class ExportStore {
  readonly #db: Kysely<Schema>;
  readonly #driver: Pick<SqlDriver, "readApart">;

  constructor(db: Kysely<Schema>, driver: Pick<SqlDriver, "readApart">) {
    this.#db = db;
    this.#driver = driver;
  }

  /** Turns that were decided in the span, in the order of their ids. No page is empty. */
  async *turns({ from, until }: TimeSpan): AsyncGenerator<StoredTurn[], void, undefined> {
    let after = leastIdAt(from - idSlackMs);
    for (;;) {
      const query = this.#db
        .selectFrom("turns")
        .selectAll()
        .where("id", ">", after)
        .where("id", "<", leastIdAt(until + idSlackMs))
        .where("at", ">=", from)
        .where("at", "<", until)
        .orderBy("id")
        .limit(pageSize);
      const page = await this.#driver.readApart(() => this.#turnPage(statement(query)));
      const last = page.at(-1);
      if (last === undefined) return;
      yield page;
      if (page.length < pageSize) return;
      after = last.id;
    }
  }

  *#turnPage(query: ReturnType<typeof statement<TurnsTable>>): Script<StoredTurn[]> {
    const found = yield* rows(query);
    const [first] = found;
    const last = found.at(-1);
    if (first === undefined || last === undefined) return [];
    const made = yield* rows(
      statement(
        this.#db
          .selectFrom("corrections")
          .selectAll()
          .where("turn_id", ">=", first.id)
          .where("turn_id", "<=", last.id)
          .orderBy("turn_id")
          .orderBy("id"),
      ),
    );
    // In order of their ids: the latest of a turn stands.
    const latest = new Map(made.map((correction) => [correction.turn_id, correction]));
    return found.map((row) => ({
      ...row,
      record: records.parse(row.record),
      correction: latest.get(row.id),
    }));
  }

  /** Concerns opened in the span, in the order in which they were. No page is empty. */
  async *concerns({ from, until }: TimeSpan): AsyncGenerator<ConcernsTable[], void, undefined> {
    let last: ConcernsTable | undefined;
    for (;;) {
      const {
        opened_at: at,
        visit_id: visit,
        intent,
      } = last ?? { opened_at: from, visit_id: "", intent: "" };
      const query = this.#db
        .selectFrom("concerns")
        .selectAll()
        // By row values: an index serves that, which it does not serve for the same said with or.
        .where((eb) => eb(eb.refTuple("opened_at", "visit_id", "intent"), ">", eb.tuple(at, visit, intent)))
        .where("opened_at", "<", until)
        .orderBy("opened_at")
        .orderBy("visit_id")
        .orderBy("intent")
        .limit(pageSize);
      const page = await this.#driver.readApart(function* () {
        return [...(yield* rows(statement(query)))];
      });
      last = page.at(-1);
      if (last === undefined) return;
      yield page;
      if (page.length < pageSize) return;
    }
  }

  /** Cases opened in the span with their history, in the order in which they were. No page is empty. */
  async *cases({ from, until }: TimeSpan): AsyncGenerator<StoredCase[], void, undefined> {
    let last: StoredCase | undefined;
    for (;;) {
      const { opened_at: at, id } = last ?? { opened_at: from, id: "" };
      const query = this.#db
        .selectFrom("cases")
        .selectAll()
        .where((eb) => eb(eb.refTuple("opened_at", "id"), ">", eb.tuple(at, id)))
        .where("opened_at", "<", until)
        .orderBy("opened_at")
        .orderBy("id")
        .limit(pageSize);
      const page = await this.#driver.readApart(() => this.#casePage(statement(query)));
      last = page.at(-1);
      if (last === undefined) return;
      yield page;
      if (page.length < pageSize) return;
    }
  }

  *#casePage(query: ReturnType<typeof statement<CasesTable>>): Script<StoredCase[]> {
    const found = yield* rows(query);
    if (found.length === 0) return [];
    const events = yield* rows(
      statement(
        this.#db
          .selectFrom("case_events")
          .selectAll()
          .where(
            "case_id",
            "in",
            found.map(({ id }) => id),
          )
          .orderBy("case_id")
          .orderBy("seq")
          .orderBy("n"),
      ),
    );
    const ofCase = Map.groupBy(events, ({ case_id: id }) => id);
    return found.map((row) => ({ ...row, card: cards.parse(row.card), events: ofCase.get(row.id) ?? [] }));
  }
}
