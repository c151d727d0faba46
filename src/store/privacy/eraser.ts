import type { JsonObject } from "../../basics/activity.ts";
import { newId } from "../../basics/ids.ts";
import type { Vault } from "../../basics/masking/vault.ts";
import type { Clock } from "../../basics/time.ts";
import type { ContextCard } from "../../conversation/handoff/case-change.ts";
import { newConversation } from "../../conversation/state.ts";
import { allIntake } from "../sql/intake.ts";
import { change, firstRow, rows, statement, type Script, type Statement } from "../sql/statement.ts";
import { StoredJson } from "../sql/stored-json.ts";
import type { Store } from "../store.ts";
import { deleteOutboxOf } from "./delete-outbox-of.ts";
import { eraseStatements } from "./erase-statements.ts";
import { cardWithoutWords, recordWithoutWords, type StoredRecord } from "./record-without-words.ts";

/** What an erasure removed, by kind. */
export const nothingRemoved = {
  conversations: 0,
  turns: 0,
  messages: 0,
  /** Of the messages: those that waited to be handled. */
  waiting: 0,
  replies: 0,
  transcriptLines: 0,
  uploads: 0,
  vaultValues: 0,
  timers: 0,
  sessions: 0,
  cases: 0,
  casesClosed: 0,
};
export type Removed = typeof nothingRemoved;

const vaults = new StoredJson<Vault>();
const cards = new StoredJson<ContextCard>();
const events = new StoredJson<JsonObject>();
const records = new StoredJson<StoredRecord>();
/** Of a case's history only this stays: who of the business did what, and why. */
const keptOfEvents = ["team", "agent", "key", "promisedAt", "action", "ok", "why", "erased"];
/** Conversations of which one query tells whether they are erased. */
const lookedAtOnce = 500;
/** Turns rewritten by one transaction. */
const turnsAtOnce = 20;

/** How an erasure goes that nobody asked for. */
interface EraseOnly {
  /** Only conversations in which nothing moved since (epoch ms) and nothing waits: looked at when each is begun with. */
  readonly silentSince?: number;
  /** Told of each conversation that is begun with, before its words are deleted. */
  readonly onCut?: (conversationId: string) => void;
}

/** Address of a conversation whose customer was erased: nobody can write to it. */
export function erasedAddress(conversationId: string): string {
  return `erased:${conversationId}`;
}

/**
 * Removes everything personal of conversations, and leaves what is counted: category, outcome, times. It may be ended at
 * any point and run again. Beside a running server only through that server's own store, whose memory hears of it.
 */
export class Eraser {
  readonly #store: Pick<Store, "db" | "driver" | "noteErased">;
  readonly #clock: Pick<Clock, "now">;
  readonly #sql: ReturnType<typeof eraseStatements>;

  constructor(store: Pick<Store, "db" | "driver" | "noteErased">, clock: Pick<Clock, "now">) {
    this.#store = store;
    this.#clock = clock;
    this.#sql = eraseStatements(store.db);
  }

  /**
   * Those of these that the store holds and that are not erased whole: after a restored backup, or where another process
   * took a message in while they were erased.
   */
  async needErasing(conversationIds: readonly string[]): Promise<readonly string[]> {
    const { db, driver } = this.#store;
    const found: string[] = [];
    for (let first = 0; first < conversationIds.length; first += lookedAtOnce) {
      const query = statement(
        db
          .selectFrom("conversations")
          .leftJoin("erased_conversations as erased", "erased.conversation_id", "conversations.id")
          .select(["id", "conversations.external_id", "finished_at"])
          .select((eb) => [
            eb
              .selectFrom(allIntake(db))
              .select("intake.id")
              .whereRef("intake.conversation_id", "=", "conversations.id")
              .limit(1)
              .as("message"),
            eb
              .selectFrom("transcript")
              .select("source_id")
              .whereRef("transcript.conversation_id", "=", "conversations.id")
              .limit(1)
              .as("line"),
          ])
          .where("id", "in", conversationIds.slice(first, first + lookedAtOnce)),
      );
      for (const { id, ...row } of await driver.read(() => rows(query))) {
        const isWhole = row.external_id === erasedAddress(id) && row.finished_at !== null;
        if (!isWhole || row.message !== null || row.line !== null) found.push(id);
      }
    }
    return found;
  }

  /** Conversations whose erasure was begun before then (epoch ms; unless told, whenever) and not finished. */
  async unfinished(before = Number.MAX_SAFE_INTEGER): Promise<readonly string[]> {
    const sql = this.#sql;
    const found = await this.#store.driver.readApart(() => rows(sql.unfinished, { before }));
    return found.map(({ id }) => id);
  }

  /** Erases these conversations of one person. Those that the store does not hold are passed over. */
  async erase(conversationIds: readonly string[], { silentSince, onCut }: EraseOnly = {}): Promise<Removed> {
    const removed = { ...nothingRemoved };
    // One new name for the person, so that what is counted still tells one customer from another.
    const names = new Map<string, string>();
    for (const id of conversationIds) {
      const contactId = await this.#cut(id, names, removed, silentSince);
      if (contactId === undefined) continue;
      onCut?.(id);
      removed.conversations += 1;
      removed.messages += await this.#deleteAll(this.#sql.handledOf, { conversationId: id });
      // Handed over to another process that did not know yet.
      removed.messages += await this.#deleteAll(this.#sql.pending, { conversationId: id });
      removed.transcriptLines += await this.#deleteAll(this.#sql.transcript, { conversationId: id });
      removed.uploads += await this.#deleteUploads(id);
      await this.#rewriteTurns(id, contactId, removed);
      await this.#store.driver.commit(() =>
        change(this.#sql.finished, { conversationId: id, at: this.#clock.now() }),
      );
    }
    return removed;
  }

  /** The first transaction: from here on nobody is named, nothing leaves, and no turn in hand is committed. */
  async #cut(
    conversationId: string,
    names: Map<string, string>,
    removed: Removed,
    silentSince: number | undefined,
  ): Promise<string | undefined> {
    const made = newId();
    const cut = await this.#store.driver.commit(() =>
      this.#cutScript(conversationId, names, made, silentSince),
    );
    if (cut === undefined) return undefined;
    names.set(cut.nameBefore, cut.contactId);
    for (const kind of [
      "messages",
      "waiting",
      "replies",
      "vaultValues",
      "timers",
      "sessions",
      "cases",
      "casesClosed",
    ] as const)
      removed[kind] += cut[kind];
    return cut.contactId;
  }

  *#cutScript(
    conversationId: string,
    names: ReadonlyMap<string, string>,
    made: string,
    before: number | undefined,
  ) {
    const sql = this.#sql;
    const at = this.#clock.now();
    if (before !== undefined && (yield* firstRow(sql.silent, { conversationId, before })) === undefined)
      return undefined;
    const row = yield* firstRow(sql.conversation, { conversationId });
    if (row === undefined) return undefined;
    const { contact_id: nameBefore } = row;
    const externalId = erasedAddress(conversationId);
    const contactId = row.external_id === externalId ? nameBefore : (names.get(nameBefore) ?? made);
    const state = JSON.stringify(newConversation);
    // Its own answer: since the row was read another process may have committed a turn of this conversation.
    const version =
      (yield* firstRow(sql.unname, { conversationId, contactId, externalId, state }))?.version ?? 0;
    this.#store.noteErased(conversationId);
    yield* change(sql.begun, { conversationId, at });
    const counts = {
      vaultValues: Object.keys(vaults.parse(row.vault)).length,
      timers: yield* change(sql.timers, { conversationId }),
      sessions: yield* change(sql.sessions, { conversationId }),
      waiting: yield* change(sql.pending, { conversationId }),
      replies: yield* change(sql.unsettled, { conversationId }),
    };
    if (nameBefore !== contactId)
      yield* change(sql.uncount, { before: nameBefore, contactId, conversationId });
    const cases = yield* rows(sql.cases, { conversationId });
    let casesClosed = 0;
    for (const { id: caseId, card, status } of cases) {
      yield* change(sql.card, {
        caseId,
        contactId,
        card: JSON.stringify(cardWithoutWords(cards.parse(card))),
      });
      yield* this.#eventsWithoutWords(caseId);
      if (status !== "queued" && status !== "assigned") continue;
      yield* change(sql.close, { caseId, at });
      const body = JSON.stringify({ agent: null, key: null, erased: true });
      yield* change(sql.closed, { caseId, seq: version, n: casesClosed, at, body });
      casesClosed += 1;
    }
    return { nameBefore, contactId, ...counts, messages: counts.waiting, cases: cases.length, casesClosed };
  }

  *#eventsWithoutWords(caseId: string): Script<void> {
    for (const { seq, n, body } of yield* rows(this.#sql.events, { caseId })) {
      const kept = Object.entries(events.parse(body)).filter(([name]) => keptOfEvents.includes(name));
      yield* change(this.#sql.event, { caseId, seq, n, body: JSON.stringify(Object.fromEntries(kept)) });
    }
  }

  /** In small transactions, so that other customers' messages pass between them. */
  async #deleteAll(some: Statement, given: Readonly<Record<string, string>>): Promise<number> {
    let removed = 0;
    for (;;) {
      const now = await this.#store.driver.commit(() => change(some, given));
      if (now === 0) return removed;
      removed += now;
    }
  }

  async #deleteUploads(conversationId: string): Promise<number> {
    const { db, driver } = this.#store;
    const query = statement(
      db.selectFrom("uploads").select("id").where("conversation_id", "=", conversationId),
    );
    const found = await driver.readApart(function* () {
      return (yield* rows(query)).map(({ id }) => id);
    });
    for (const uploadId of found) {
      await this.#deleteAll(this.#sql.pieces, { uploadId });
      await driver.commit(() => change(this.#sql.upload, { uploadId }));
    }
    return found.length;
  }

  async #rewriteTurns(conversationId: string, contactId: string, removed: Removed): Promise<void> {
    const { db, driver } = this.#store;
    for (let after = -1; ;) {
      const query = statement(
        db
          .selectFrom("turns")
          .select(["id", "seq", "record"])
          .where("conversation_id", "=", conversationId)
          .where("seq", ">", after)
          .orderBy("seq")
          .limit(turnsAtOnce),
      );
      const found = await driver.readApart(function* () {
        return [...(yield* rows(query))];
      });
      removed.replies += await driver.commit(() => this.#rewriteSome(found, contactId));
      removed.turns += found.length;
      if (found.length < turnsAtOnce) return;
      after = found.at(-1)?.seq ?? after;
    }
  }

  *#rewriteSome(
    turns: readonly { readonly id: string; readonly record: string }[],
    contactId: string,
  ): Script<number> {
    let removed = 0;
    for (const { id: turnId, record } of turns) {
      const kept = { ...recordWithoutWords(records.parse(record)), contactId };
      yield* change(this.#sql.record, { turnId, record: JSON.stringify(kept) });
      removed += yield* deleteOutboxOf(this.#sql, turnId);
    }
    return removed;
  }
}
