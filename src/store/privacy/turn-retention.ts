import { leastIdAt } from "../sql/least-id.ts";
import { change, firstRow, rows, statement, type Script } from "../sql/statement.ts";
import { StoredJson } from "../sql/stored-json.ts";
import type { Store } from "../store.ts";
import { deleteOutboxOf } from "./delete-outbox-of.ts";
import type { EraseStatements } from "./erase-statements.ts";
import { recordWithoutWords, type StoredRecord } from "./record-without-words.ts";

/** What is removed by the age of turns: the messages that came in, what went out, the words of the log. */
export type TurnPurpose = "intake" | "outbox" | "text";

interface AgedTurn {
  readonly id: string;
  readonly conversation_id: string;
  readonly record: string;
}

const records = new StoredJson<StoredRecord>();
/** Turns of one transaction: a message that comes meanwhile waits for as long as it takes, about a millisecond. */
const turnsAtOnce = 15;

/**
 * Walks along the log in its own order, by the ids of turns, and remembers how far it came: nothing is looked at twice,
 * and no index is needed for it. What came in is found by the turn that handled it.
 */
export class TurnRetention {
  readonly #store: Pick<Store, "db" | "driver">;
  readonly #sql: EraseStatements;

  constructor(store: Pick<Store, "db" | "driver">, sql: EraseStatements) {
    this.#store = store;
    this.#sql = sql;
  }

  /** Removes from some turns older than `before` (epoch ms). `more`: others wait. */
  async slice(
    purpose: TurnPurpose,
    before: number,
  ): Promise<{ readonly removed: number; readonly more: boolean }> {
    const { db, driver } = this.#store;
    const position = await driver.read(() => this.#position(purpose));
    const query = statement(
      db
        .selectFrom("turns")
        .select(["id", "conversation_id", "record"])
        .where("id", ">", position)
        .where("id", "<", leastIdAt(before))
        .orderBy("id")
        .limit(turnsAtOnce),
    );
    const found = await driver.readApart(function* () {
      return [...(yield* rows(query))];
    });
    const last = found.at(-1);
    if (last === undefined) return { removed: 0, more: false };
    const removed = await driver.commit(() => this.#remove(purpose, found, last.id));
    return { removed, more: found.length === turnsAtOnce };
  }

  *#position(purpose: TurnPurpose): Script<string> {
    return (yield* firstRow(this.#sql.progress, { purpose }))?.position ?? "";
  }

  *#remove(purpose: TurnPurpose, turns: readonly AgedTurn[], position: string): Script<number> {
    let removed = 0;
    for (const turn of turns) removed += yield* this.#removeOf(purpose, turn);
    yield* change(this.#sql.noteProgress, { purpose, position, doneUntil: 0, dueUntil: 0 });
    return removed;
  }

  *#removeOf(
    purpose: TurnPurpose,
    { id, conversation_id: conversationId, record }: AgedTurn,
  ): Script<number> {
    if (purpose === "outbox") return yield* deleteOutboxOf(this.#sql, id);
    const read = records.parse(record);
    let removed = 0;
    for (const { externalId } of read.activities ?? [])
      removed += yield* change(this.#sql.handled, { conversationId, externalId });
    if (purpose === "intake") return removed;
    // Without its words a turn does not name its messages any more: they and the replies go now, if they are still here.
    yield* deleteOutboxOf(this.#sql, id);
    yield* change(this.#sql.record, { turnId: id, record: JSON.stringify(recordWithoutWords(read)) });
    return 1;
  }
}
