import { sql, type Kysely } from "kysely";
import {
  corrected,
  countableOf,
  type CorrectedCategory,
  type CountableTurn,
  type StoredTurn,
} from "../../turn/counting/countable-turn.ts";
import type { TurnPlace } from "./recent-turns.ts";
import type { Schema } from "./schema.ts";
import { argument, firstRow, rows, statement, type Script } from "./statement.ts";
import { StoredJson } from "./stored-json.ts";

/** What a turn's row holds beside its columns. */
const records = new StoredJson<
  Omit<StoredTurn, "id" | "conversationId" | "seq" | "at" | "trigger" | "outcome">
>();

/** Written by this program alone: the columns hold what it put there. */
interface Logged extends Pick<StoredTurn, "id" | "seq" | "at" | "trigger" | "outcome"> {
  readonly conversation_id: string;
  readonly record: string;
  readonly contact_id: string | null;
  /** Of its latest correction; all null where there is none. */
  readonly kind: CorrectedCategory["kind"] | null;
  readonly stage: string | null;
  readonly intent: string | null;
  readonly topic: string | null;
  readonly team: string | null;
}

/** Turns read at once while one visit is looked through. */
const pageSize = 200;
/** The column holds 32 bits. */
const highestSeq = 2 ** 31 - 1;

function statements(db: Kysely<Schema>) {
  /** Turns with their latest correction. The contact is the conversation's, also after a change of it. */
  const logged = () =>
    db
      .selectFrom("turns")
      .leftJoin("conversations", "conversations.id", "turns.conversation_id")
      .leftJoin("corrections", (on) =>
        on.on("corrections.id", "=", (eb) =>
          eb
            .selectFrom("corrections as all")
            .select((all) => all.fn.max("all.id").as("id"))
            .whereRef("all.turn_id", "=", "turns.id"),
        ),
      )
      .select([
        ...(["turns.id", "turns.conversation_id", "turns.seq", "turns.at", "turns.trigger"] as const),
        ...(["turns.outcome", "turns.record", "conversations.contact_id"] as const),
        ...(["corrections.kind", "corrections.stage", "corrections.intent"] as const),
        ...(["corrections.topic", "corrections.team"] as const),
      ])
      .$castTo<Logged>();
  const key = sql<string>`(conversation_id, seq)`;
  return {
    one: statement(logged().where("turns.id", "=", argument<string>("turnId"))),
    between: statement(
      logged()
        .where("turns.conversation_id", "=", argument<string>("conversationId"))
        .where("turns.seq", ">=", argument<number>("from"))
        .where("turns.seq", "<=", argument<number>("to"))
        .orderBy("turns.seq")
        .limit(argument<number>("limit")),
    ),
    countedAfter: statement(
      logged()
        .leftJoin("uncounted", (on) =>
          on
            .onRef("uncounted.conversation_id", "=", "turns.conversation_id")
            .onRef("uncounted.seq", "=", "turns.seq"),
        )
        .where("uncounted.seq", "is", null)
        .where((eb) =>
          eb(
            eb.refTuple("turns.conversation_id", "turns.seq"),
            ">",
            eb.tuple(argument<string>("conversationId"), argument<number>("seq")),
          ),
        )
        .orderBy("turns.conversation_id")
        .orderBy("turns.seq")
        .limit(argument<number>("limit")),
    ),
    number: statement(db.selectFrom("turns").select((eb) => eb.fn.countAll<number>().as("n"))),
    anyWaits: statement(db.selectFrom("uncounted").select("seq").limit(1)),
    // Up to the last of the first so many, in one statement: of what other processes commit meanwhile it sees nothing.
    take: statement(
      db
        .deleteFrom("uncounted")
        .where(key, "<=", (eb) =>
          eb
            .selectFrom(
              eb
                .selectFrom("uncounted")
                .select(["conversation_id", "seq"])
                .orderBy("conversation_id")
                .orderBy("seq")
                .limit(argument<number>("limit"))
                .as("first"),
            )
            .select(["first.conversation_id", "first.seq"])
            .orderBy("first.conversation_id", "desc")
            .orderBy("first.seq", "desc")
            .limit(1)
            .$castTo<string>(),
        )
        .returning(["conversation_id as conversationId", "seq"]),
    ),
    takeOf: statement(
      db
        .deleteFrom("uncounted")
        .where("conversation_id", "=", argument<string>("conversationId"))
        .returning(["conversation_id as conversationId", "seq"]),
    ),
  };
}

function turnOf({
  id,
  conversation_id,
  seq,
  at,
  trigger,
  outcome,
  record,
  contact_id,
  ...by
}: Logged): CountableTurn {
  const stored = { ...records.parse(record), id, conversationId: conversation_id, seq, at, trigger, outcome };
  const turn = countableOf(contact_id === null ? stored : { ...stored, contactId: contact_id });
  const { kind, stage, intent, topic, team } = by;
  return corrected(turn, kind === null ? undefined : { kind, stage, intent, topic, team });
}

/** The log as counting reads it, and what of it is not counted yet. */
export class CountedTurns {
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: Kysely<Schema>) {
    this.#sql = statements(db);
  }

  *anyWaits(): Script<boolean> {
    return (yield* firstRow(this.#sql.anyWaits)) !== undefined;
  }

  /** Takes turns that wait to be counted: whole beginnings of conversations, in the order of their versions. */
  *take(limit: number): Script<readonly TurnPlace[]> {
    return inOrder(yield* rows(this.#sql.take, { limit }));
  }

  *takeOf(conversationId: string): Script<readonly TurnPlace[]> {
    return inOrder(yield* rows(this.#sql.takeOf, { conversationId }));
  }

  /** The turns at these places, corrections applied. */
  *at(places: readonly TurnPlace[]): Script<readonly CountableTurn[]> {
    const found: CountableTurn[] = [];
    for (let first = 0; first < places.length;) {
      const { conversationId, seq } = places[first] ?? { conversationId: "", seq: 0 };
      let last = first;
      while (places[last + 1]?.conversationId === conversationId) last++;
      const to = places[last]?.seq ?? seq;
      const wanted = new Set(places.slice(first, last + 1).map((place) => place.seq));
      const given = { conversationId, from: seq, to, limit: to - seq + 1 };
      for (const row of yield* rows(this.#sql.between, given))
        if (wanted.has(row.seq)) found.push(turnOf(row));
      first = last + 1;
    }
    return found;
  }

  /** One turn, its latest correction applied. */
  *one(turnId: string): Script<CountableTurn | undefined> {
    const found = yield* firstRow(this.#sql.one, { turnId });
    return found === undefined ? undefined : turnOf(found);
  }

  /** The turns of one visit in the order of their versions, corrections applied. */
  *ofVisit(conversationId: string, visitId: string, firstSeq: number): Script<readonly CountableTurn[]> {
    const turns: CountableTurn[] = [];
    for (let from = firstSeq; ;) {
      const given = { conversationId, from, to: highestSeq, limit: pageSize };
      const page = (yield* rows(this.#sql.between, given)).map(turnOf);
      for (const turn of page) {
        if (turn.visitId === visitId) turns.push(turn);
        else if (turn.visitId !== null && turns.length > 0) return turns;
      }
      const last = page.at(-1);
      if (last === undefined || page.length < pageSize) return turns;
      from = last.seq + 1;
    }
  }

  /** Turns that are counted, by conversation and version, after this place. */
  *countedAfter({ conversationId, seq }: TurnPlace, limit: number): Script<readonly CountableTurn[]> {
    return (yield* rows(this.#sql.countedAfter, { conversationId, seq, limit })).map(turnOf);
  }

  *number(): Script<number> {
    return (yield* firstRow(this.#sql.number))?.n ?? 0;
  }
}

function inOrder(places: readonly TurnPlace[]): readonly TurnPlace[] {
  return [...places].sort((a, b) =>
    a.conversationId === b.conversationId ? a.seq - b.seq : a.conversationId < b.conversationId ? -1 : 1,
  );
}
