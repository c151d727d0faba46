import type { BusinessDays } from "../turn/counting/business-day.ts";
import type { CountedConcern } from "../turn/counting/concern.ts";
import { contributionOf, contributionOfTurn, type Count } from "../turn/counting/contribution.ts";
import type { CountableTurn } from "../turn/counting/countable-turn.ts";
import { Sums } from "../turn/counting/sums.ts";
import { VisitConcerns } from "../turn/counting/visit-concerns.ts";
import { Concerns } from "./sql/concerns.ts";
import { CountedRows, noSum } from "./sql/counted-rows.ts";
import { CountedTurns } from "./sql/counted-turns.ts";
import { Rollups } from "./sql/rollups.ts";
import type { Script } from "./sql/statement.ts";
import type { Store } from "./store.ts";

/** What a recount of the log says otherwise than what is counted. */
export interface CountCheck {
  readonly turns: number;
  readonly concerns: number;
  readonly differences: number;
  /** The first of them, in words; hold ids and figures, nothing that a person wrote. */
  readonly examples: readonly string[];
}

/** Turns, concerns or sums held in memory at once. */
const pageSize = 500;
const mostSums = 20_000;
const mostExamples = 20;

/**
 * Counts the log anew, into an empty store beside it, and compares: every concern and every sum. Reads only; in bounded
 * memory, however long the log is. Counts visit by visit from the raw turns, so that it shares neither order nor state
 * with what counts while messages come. Turns that wait to be counted are in neither.
 * @throws KumustaError `store.refused`
 */
export async function checkCounts(
  store: Pick<Store, "db" | "driver">,
  scratch: Pick<Store, "db" | "driver">,
  days: BusinessDays,
  onTurns: (done: number) => void = () => undefined,
): Promise<CountCheck> {
  const turns = await new Recount(scratch, days).turns(store, onTurns);
  return { turns, ...(await compared(store, scratch)) };
}

/** Concerns and sums made from raw turns. */
class Recount {
  readonly #scratch: Pick<Store, "db" | "driver">;
  readonly #days: BusinessDays;
  readonly #concerns: Concerns;
  readonly #rollups: Rollups;
  readonly #sums = new Sums();

  constructor(scratch: Pick<Store, "db" | "driver">, days: BusinessDays) {
    this.#scratch = scratch;
    this.#days = days;
    this.#concerns = new Concerns(scratch.db);
    this.#rollups = new Rollups(scratch.db);
  }

  async turns(store: Pick<Store, "db" | "driver">, onTurns: (done: number) => void): Promise<number> {
    const log = new CountedTurns(store.db);
    const visits = new Map<string, VisitConcerns>();
    let last = { conversationId: "", seq: 0 };
    for (let done = 0; ;) {
      const page = await store.driver.readApart(() => log.countedAfter(last, pageSize));
      for (const turn of page) {
        if (turn.conversationId !== last.conversationId) await this.#keep(visits);
        this.#count(turn, visits);
        last = turn;
      }
      done += page.length;
      onTurns(done);
      if (page.length < pageSize) {
        await this.#keep(visits);
        await this.#addConcerns();
        return done;
      }
    }
  }

  #count(turn: CountableTurn, visits: Map<string, VisitConcerns>): void {
    this.#sums.add(contributionOfTurn(turn, this.#days));
    if (turn.visitId === null) return;
    const visit = visits.get(turn.visitId) ?? new VisitConcerns();
    visits.set(turn.visitId, visit);
    visit.count(turn, this.#days);
  }

  /** Writes what one conversation made. */
  async #keep(visits: Map<string, VisitConcerns>): Promise<void> {
    const made = [...visits.values()].flatMap(({ all }) => all);
    visits.clear();
    const concerns = this.#concerns;
    await this.#scratch.driver.commit(function* () {
      for (const concern of made) yield* concerns.insert(concern);
    });
    if (this.#sums.size > mostSums) await this.#addSums();
  }

  async #addSums(): Promise<void> {
    const changes = this.#sums.changes();
    this.#sums.clear();
    await this.#scratch.driver.commit(() => this.#rollups.add(changes));
  }

  async #addConcerns(): Promise<void> {
    const counted = new CountedRows(this.#scratch.db);
    await this.#scratch.driver.commit(() => counted.lookBack());
    for await (const page of pagesOf(
      (last) => this.#scratch.driver.read(() => counted.concernsAfter(last, pageSize)),
      noConcern,
    )) {
      for (const concern of page) this.#sums.add(contributionOf(concern));
      if (this.#sums.size > mostSums) await this.#addSums();
    }
    await this.#addSums();
  }
}

const noConcern = { visitId: "", intent: "" };

async function* pagesOf<Row extends First, First>(
  read: (last: First) => Promise<readonly Row[]>,
  first: First,
): AsyncGenerator<readonly Row[]> {
  let last = first;
  for (;;) {
    const page = await read(last);
    yield page;
    const end = page.at(-1);
    if (end === undefined || page.length < pageSize) return;
    last = end;
  }
}

async function compared(
  store: Pick<Store, "db" | "driver">,
  scratch: Pick<Store, "db" | "driver">,
): Promise<Omit<CountCheck, "turns">> {
  const [counted, recounted] = [new CountedRows(store.db), new CountedRows(scratch.db)];
  const examples: string[] = [];
  let differences = 0;
  let concerns = 0;
  const note = (sentence: string) => {
    differences += 1;
    if (examples.length < mostExamples) examples.push(sentence);
  };
  const concernsIn = ({ driver }: Pick<Store, "driver">, rows: CountedRows) =>
    pagesOf((last) => driver.readApart(() => rows.concernsAfter(last, pageSize)), noConcern);
  const sumsIn = ({ driver }: Pick<Store, "driver">, rows: CountedRows) =>
    pagesOf<Count, Count | typeof noSum>(
      (last) => driver.readApart(() => rows.sumsAfter(last, pageSize)),
      noSum,
    );

  for await (const page of concernsIn(store, counted)) {
    concerns += page.length;
    const inLog = await scratch.driver.commit(() => each(page, (concern) => recounted.takeConcern(concern)));
    for (const [i, concern] of page.entries()) differing(concern, inLog[i], note);
  }
  for await (const page of concernsIn(scratch, recounted))
    for (const concern of page) note(`${nameOf(concern)}: is not counted`);
  for await (const page of sumsIn(store, counted)) {
    const inLog = await scratch.driver.commit(() => each(page, (sum) => recounted.takeSum(sum)));
    for (const [i, sum] of page.entries()) {
      const n = inLog[i] ?? 0;
      if (n !== sum.n) note(`${cellOf(sum)}: counted ${String(sum.n)}, in the log ${String(n)}`);
    }
  }
  for await (const page of sumsIn(scratch, recounted))
    for (const sum of page) if (sum.n !== 0) note(`${cellOf(sum)}: counted 0, in the log ${String(sum.n)}`);
  return { concerns, differences, examples };
}

function* each<One, Found>(all: readonly One[], find: (one: One) => Script<Found>): Script<readonly Found[]> {
  const found: Found[] = [];
  for (const one of all) found.push(yield* find(one));
  return found;
}

function nameOf({ visitId, intent }: CountedConcern): string {
  return `concern ${visitId} ${intent}`;
}

function cellOf({ measure, day, kind, stage, intent, k1, k2, k3 }: Count): string {
  return [measure, day, kind, stage, intent, k1, k2, k3].filter((key) => key !== "").join(" ");
}

function differing(
  counted: CountedConcern,
  recounted: CountedConcern | undefined,
  note: (sentence: string) => void,
): void {
  if (recounted === undefined) {
    note(`${nameOf(counted)}: is not in the log`);
    return;
  }
  const told = Object.entries(recounted).filter(
    ([member, value]) => Object.entries(counted).find(([name]) => name === member)?.[1] !== value,
  );
  if (told.length > 0) note(`${nameOf(counted)}: ${told.map(([member]) => member).join(", ")}`);
}
