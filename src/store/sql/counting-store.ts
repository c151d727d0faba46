import type { Kysely } from "kysely";
import { KumustaError } from "../../basics/errors.ts";
import type { BusinessDays } from "../../turn/counting/business-day.ts";
import type { CountedConcern } from "../../turn/counting/concern.ts";
import { contributionOfTurn } from "../../turn/counting/contribution.ts";
import type { CorrectedCategory, CountableTurn } from "../../turn/counting/countable-turn.ts";
import { Sums } from "../../turn/counting/sums.ts";
import { concernsOf, firstSeqOf, VisitConcerns } from "../../turn/counting/visit-concerns.ts";
import { ConcernChanges } from "./concern-changes.ts";
import { Concerns } from "./concerns.ts";
import { CountedTurns } from "./counted-turns.ts";
import type { SqlDriver } from "./driver.ts";
import type { RecentTurns, TurnPlace } from "./recent-turns.ts";
import { Rollups } from "./rollups.ts";
import type { Schema } from "./schema.ts";
import { argument, change, statement, type Script, type Statement } from "./statement.ts";

/** What a person said a turn was about, and who said so. */
export interface NewCorrection {
  readonly id: string;
  readonly turnId: string;
  /** Epoch ms. */
  readonly at: number;
  readonly by: string;
  readonly decidedBy: "agent" | "reviewer";
  readonly category: CorrectedCategory;
}

interface OfTheEngine {
  /** Run first where several processes may count: one at a time, in the order of the log. */
  readonly lock?: Statement;
}

function statements(db: Kysely<Schema>) {
  return {
    correct: statement(
      db.insertInto("corrections").values({
        id: argument<string>("id"),
        turn_id: argument<string>("turnId"),
        at: argument<number>("at"),
        by: argument<string>("by"),
        decided_by: argument<NewCorrection["decidedBy"]>("decidedBy"),
        kind: argument<string>("kind"),
        stage: argument<string | null>("stage"),
        intent: argument<string | null>("intent"),
        topic: argument<string | null>("topic"),
        team: argument<string | null>("team"),
      }),
    ),
    noRollups: statement(db.deleteFrom("rollups")),
    noConcerns: statement(db.deleteFrom("concerns")),
    // What another process commits meanwhile waits already. A condition, as SQLite takes `on` for a join's without one.
    allWait: statement(
      db
        .insertInto("uncounted")
        .columns(["conversation_id", "seq"])
        .expression(db.selectFrom("turns").select(["conversation_id", "seq"]).where("seq", ">=", 0))
        .onConflict((conflict) => conflict.columns(["conversation_id", "seq"]).doNothing()),
    ),
  };
}

/**
 * Counts the log: concerns and sums follow from turns and corrections, whatever happens in between. Each call is one
 * transaction, which takes the turns from those that wait and writes what they change: killed anywhere, nothing is
 * counted twice or not at all.
 */
export class CountingStore {
  readonly #driver: SqlDriver;
  readonly #turns: CountedTurns;
  readonly #concerns: Concerns;
  readonly #rollups: Rollups;
  readonly #recent: RecentTurns | undefined;
  readonly #lock: Statement | undefined;
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: Kysely<Schema>, driver: SqlDriver, recent?: RecentTurns, { lock }: OfTheEngine = {}) {
    this.#driver = driver;
    this.#turns = new CountedTurns(db);
    this.#concerns = new Concerns(db);
    this.#rollups = new Rollups(db);
    this.#recent = recent;
    this.#lock = lock;
    this.#sql = statements(db);
  }

  /** True while a turn waits to be counted. */
  anyWaits(): Promise<boolean> {
    return this.#driver.read(() => this.#turns.anyWaits());
  }

  /** Counts at most so many turns; gives how many it counted. @throws KumustaError `store.refused` */
  async count(days: BusinessDays, most: number): Promise<number> {
    const places = await this.#driver.commit(() => this.#count(days, most));
    this.#recent?.forget(places);
    return places.length;
  }

  *#count(days: BusinessDays, most: number): Script<readonly TurnPlace[]> {
    yield* this.#alone();
    const places = yield* this.#turns.take(most);
    const turns = this.#recent?.all(places) ?? (yield* this.#turns.at(places));
    yield* this.#add(turns, days);
    return places;
  }

  *#alone(): Script<void> {
    if (this.#lock !== undefined) yield* change(this.#lock);
  }

  *#add(turns: readonly CountableTurn[], days: BusinessDays): Script<void> {
    const sums = new Sums();
    const changes = new ConcernChanges(this.#concerns, sums);
    const visits = new Map<string, CountableTurn[]>();
    for (const turn of turns) {
      sums.add(contributionOfTurn(turn, days));
      if (turn.visitId === null) continue;
      const others = visits.get(turn.visitId);
      if (others === undefined) visits.set(turn.visitId, [turn]);
      else others.push(turn);
    }
    for (const [visitId, ofVisit] of visits) yield* this.#addToVisit(visitId, ofVisit, changes, days);
    yield* this.#rollups.add(sums.changes());
  }

  *#addToVisit(
    visitId: string,
    turns: readonly CountableTurn[],
    changes: ConcernChanges,
    days: BusinessDays,
  ): Script<void> {
    const began = turns[0]?.seq === firstSeqOf(visitId);
    const before = began ? [] : yield* this.#concerns.ofVisit(visitId);
    const visit = new VisitConcerns(before);
    const touched = new Set<string>();
    for (const turn of turns) {
      const concern = visit.count(turn, days);
      if (concern !== undefined) touched.add(concern.intent);
    }
    for (const after of visit.all) {
      if (!touched.has(after.intent)) continue;
      const standing = before.find(({ intent }) => intent === after.intent);
      if (standing === undefined) yield* changes.open(after);
      else yield* changes.goOn(standing, after);
    }
  }

  /** One turn, its latest correction applied; undefined where there is none of this id. */
  turn(turnId: string): Promise<CountableTurn | undefined> {
    return this.#driver.read(() => this.#turns.one(turnId));
  }

  /**
   * Files a turn anew. The concerns of its visit are made again from its turns, and the sums get the difference.
   * @throws KumustaError `turn.unknown`, `store.refused`
   */
  async correct(correction: NewCorrection, days: BusinessDays): Promise<void> {
    const counted = await this.#driver.commit(() => this.#correct(correction, days));
    this.#recent?.forget(counted);
  }

  *#correct({ category, ...correction }: NewCorrection, days: BusinessDays): Script<readonly TurnPlace[]> {
    yield* this.#alone();
    const before = yield* this.#turns.one(correction.turnId);
    if (before === undefined) throw new KumustaError("turn.unknown", [correction.turnId]);
    // What waits is counted as it was filed: the difference is that of this correction alone.
    const places = yield* this.#turns.takeOf(before.conversationId);
    yield* this.#add(yield* this.#turns.at(places), days);
    const { kind, stage, intent, topic, team } = category;
    yield* change(this.#sql.correct, { ...correction, kind, stage, intent, topic, team });
    const after = yield* this.#turns.one(correction.turnId);
    if (after === undefined) throw new KumustaError("turn.unknown", [correction.turnId]);
    const sums = new Sums();
    sums.add(contributionOfTurn(before, days), -1);
    sums.add(contributionOfTurn(after, days));
    if (before.visitId !== null) yield* this.#makeAgain(before, before.visitId, sums, days);
    yield* this.#rollups.add(sums.changes());
    return places;
  }

  *#makeAgain(
    { conversationId }: CountableTurn,
    visitId: string,
    sums: Sums,
    days: BusinessDays,
  ): Script<void> {
    const changes = new ConcernChanges(this.#concerns, sums);
    const standing = yield* this.#concerns.ofVisit(visitId);
    const turns = yield* this.#turns.ofVisit(conversationId, visitId, firstSeqOf(visitId));
    const wanted = concernsOf(turns, days);
    const stays = (before: CountedConcern, after: CountedConcern) =>
      before.intent === after.intent && before.openedAt === after.openedAt;
    for (const before of standing)
      if (!wanted.some((after) => stays(before, after))) yield* changes.remove(before);
    for (const after of wanted) {
      const before = standing.find((concern) => stays(concern, after));
      if (before === undefined) yield* changes.open(after);
      else yield* changes.goOn(before, { ...after, backAfterMs: before.backAfterMs });
    }
  }

  /** Number of turns in the log: how much there is to recount. */
  turns(): Promise<number> {
    return this.#driver.readApart(() => this.#turns.number());
  }

  /** Forgets what is counted and lets every turn wait to be counted again. @throws KumustaError `store.refused` */
  async forgetCounts(): Promise<void> {
    await this.#driver.commit(() => this.#forgetCounts());
  }

  *#forgetCounts(): Script<void> {
    yield* this.#alone();
    for (const text of [this.#sql.noRollups, this.#sql.noConcerns, this.#sql.allWait]) yield* change(text);
  }
}
