import { newId } from "../../basics/ids.ts";
import type { ContextCard } from "../../conversation/handoff/case-change.ts";
import type { ConversationState } from "../../conversation/state.ts";
import { change, firstRow, rows, statement, type Script } from "../sql/statement.ts";
import { StoredJson } from "../sql/stored-json.ts";
import type { Store } from "../store.ts";
import type { EraseStatements } from "./erase-statements.ts";
import type { ErasureLedger } from "./erasure-ledger.ts";
import type { Eraser } from "./eraser.ts";
import { cardWithoutWords, stateWithoutWords } from "./record-without-words.ts";

/** What is removed after so much silence in a conversation: its history, its values, its customer. */
export type IdlePurpose = "transcript" | "values" | "contacts";

export interface IdleParts {
  readonly store: Pick<Store, "db" | "driver" | "forget">;
  readonly sql: EraseStatements;
  readonly eraser: Pick<Eraser, "erase">;
  readonly ledger: Pick<ErasureLedger, "add">;
  readonly onErased: (conversationIds: readonly string[]) => void;
}

interface Pass {
  /** What fell silent before this was seen to by the passes before. */
  readonly doneUntil: number;
  readonly dueUntil: number;
  readonly position: string;
}

const states = new StoredJson<ConversationState>();
const cards = new StoredJson<ContextCard>();
/** Conversations looked at by one slice, on the reading side. */
const lookedAtOnce = 500;
/** Conversations seen to by one slice; a slice is several small transactions. */
const atOnce = 5;
/** A pass looks at every conversation once: not oftener than every six hours. */
const passMs = 6 * 3_600_000;

/**
 * Walks along the conversations by their ids, pass after pass, and sees to those that fell silent since the pass before.
 * How far it came is kept, so that it goes on where it stopped.
 */
export class IdleRetention {
  readonly #parts: IdleParts;

  constructor(parts: IdleParts) {
    this.#parts = parts;
  }

  /** Sees to some conversations silent since `before` (epoch ms). `more`: the pass is not over. */
  async slice(
    purpose: IdlePurpose,
    before: number,
    now: number,
  ): Promise<{ readonly removed: number; readonly more: boolean }> {
    const { store, sql } = this.#parts;
    const kept = await store.driver.read(() => firstRow(sql.progress, { purpose }));
    const pass: Pass = {
      doneUntil: kept?.done_until ?? 0,
      dueUntil: kept?.due_until ?? 0,
      position: kept?.position ?? "",
    };
    const isOver = pass.doneUntil === pass.dueUntil;
    if (isOver && before - pass.doneUntil < passMs) return { removed: 0, more: false };
    const current = isOver ? { ...pass, dueUntil: before, position: "" } : pass;
    const looked = await this.#look(current);
    const due = looked.rows.filter((row) => this.#isDue(row, current)).slice(0, atOnce + 1);
    const removed = await this.#seeTo(purpose, due.slice(0, atOnce), current.dueUntil, now);
    const next = due[atOnce];
    const last = looked.rows.at(-1)?.id ?? current.position;
    // Where more are due than one slice takes, the next begins behind the last that this one took.
    const position = next === undefined ? last : (due[atOnce - 1]?.id ?? current.position);
    const ended = next === undefined && looked.rows.length < lookedAtOnce;
    const { doneUntil, dueUntil } = current;
    await store.driver.commit(() =>
      change(sql.noteProgress, {
        ...{ purpose, position, dueUntil },
        doneUntil: ended ? dueUntil : doneUntil,
      }),
    );
    return { removed, more: !ended };
  }

  #isDue({ updated_at: at }: { readonly updated_at: number }, { doneUntil, dueUntil }: Pass): boolean {
    return at >= doneUntil && at < dueUntil;
  }

  async #look({ position }: Pass) {
    const { db, driver } = this.#parts.store;
    const query = statement(
      db
        .selectFrom("conversations")
        .select(["id", "updated_at"])
        .where("id", ">", position)
        .orderBy("id")
        .limit(lookedAtOnce),
    );
    return driver.readApart(function* () {
      return { rows: [...(yield* rows(query))] };
    });
  }

  async #seeTo(
    purpose: IdlePurpose,
    due: readonly { readonly id: string }[],
    dueUntil: number,
    now: number,
  ): Promise<number> {
    let removed = 0;
    for (const { id } of due) {
      if (purpose === "transcript") removed += await this.#forgetHistory(id, dueUntil);
      else if (purpose === "values")
        removed += await this.#parts.store.driver.commit(() => this.#forgetValues(id, dueUntil));
      else removed += await this.#eraseIdle(id, dueUntil, now);
    }
    return removed;
  }

  async #forgetHistory(conversationId: string, dueUntil: number): Promise<number> {
    const { store } = this.#parts;
    let removed = 0;
    for (;;) {
      const now = await store.driver.commit(() => this.#forgetLines(conversationId, dueUntil));
      if (now === 0) return removed;
      removed += now;
    }
  }

  *#forgetLines(conversationId: string, dueUntil: number): Script<number> {
    if (!(yield* this.#isSilent(conversationId, dueUntil))) return 0;
    return yield* change(this.#parts.sql.transcript, { conversationId });
  }

  /** Said in the transaction that removes: since the conversation was found its customer may have written again. */
  *#isSilent(conversationId: string, before: number): Script<boolean> {
    return (yield* firstRow(this.#parts.sql.silent, { conversationId, before })) !== undefined;
  }

  *#forgetValues(conversationId: string, dueUntil: number): Script<number> {
    const { store, sql } = this.#parts;
    if (!(yield* this.#isSilent(conversationId, dueUntil))) return 0;
    const row = yield* firstRow(sql.conversation, { conversationId });
    if (row === undefined) return 0;
    const { version } = row;
    const state = JSON.stringify(stateWithoutWords(states.parse(row.state)));
    store.forget(conversationId);
    const changed = yield* change(sql.forgetValues, { conversationId, version, state });
    // Another process moved the conversation on: it is not silent, and its cases keep their words.
    if (changed === 0) return 0;
    for (const { id: caseId, card } of yield* rows(sql.cases, { conversationId }))
      yield* change(sql.cardOnly, { caseId, card: JSON.stringify(cardWithoutWords(cards.parse(card))) });
    return changed;
  }

  /** A customer is erased as a whole, once all their conversations are silent. */
  async #eraseIdle(conversationId: string, dueUntil: number, now: number): Promise<number> {
    const { store, sql, eraser, ledger, onErased } = this.#parts;
    const ids = await store.driver.read(function* () {
      const row = yield* firstRow(sql.conversation, { conversationId });
      if (row === undefined || row.contact === "") return [];
      const all = yield* rows(sql.ofContact, { contactId: row.contact_id });
      for (const { id } of all)
        if ((yield* firstRow(sql.silent, { conversationId: id, before: dueUntil })) === undefined) return [];
      return all.map(({ id }) => id);
    });
    if (ids.length === 0) return 0;
    const erasure = newId();
    const erased: string[] = [];
    await eraser.erase(ids, {
      silentSince: dueUntil,
      onCut: (id) => {
        // Not before: who writes again at this moment is not to be erased at the next start.
        ledger.add(erasure, [id], now);
        erased.push(id);
      },
    });
    if (erased.length > 0) onErased(erased);
    return erased.length;
  }
}
