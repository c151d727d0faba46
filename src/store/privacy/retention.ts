import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../../basics/time.ts";
import { change, rows } from "../sql/statement.ts";
import type { Store } from "../store.ts";
import { eraseStatements } from "./erase-statements.ts";
import type { ErasureLedger } from "./erasure-ledger.ts";
import { Eraser } from "./eraser.ts";
import { IdleRetention, type IdlePurpose } from "./idle-retention.ts";
import { TurnRetention, type TurnPurpose } from "./turn-retention.ts";

/** Days after which each kind of data is removed; undefined: never. What each means: docs/privacy.md. */
export interface RetentionTimes {
  readonly intake: number | undefined;
  readonly outbox: number | undefined;
  readonly uploads: number | undefined;
  readonly transcript: number | undefined;
  readonly text: number | undefined;
  readonly contacts: number | undefined;
}

export interface RetentionOptions {
  readonly store: Pick<Store, "db" | "driver" | "noteErased" | "forget">;
  readonly ledger: Pick<ErasureLedger, "add">;
  readonly clock: Pick<Clock, "now">;
  readonly days: RetentionTimes;
  /** So much of a kind was removed. */
  readonly onRemoved: (what: TurnPurpose | IdlePurpose | "uploads", n: number) => void;
  /** These conversations are nobody's now: what remembers them forgets them. */
  readonly onErased: (conversationIds: readonly string[]) => void;
  /** Nothing is lost: what failed stays due. */
  readonly onFailed: (thrown: unknown) => void;
}

const dayMs = 86_400_000;
/** How often it looks whether something's time is over, ms. */
const everyMs = 60_000;
/** An erasure that was begun so long ago is in nobody's hands any more, ms: the database refused in its middle. */
const cutShortMs = 600_000;
/** Between two slices, ms: messages go first. */
const pauseMs = 20;

/** Removes personal data whose time is over: by timer, in small slices, from where it stopped. */
export class Retention {
  readonly #options: RetentionOptions;
  readonly #sql: ReturnType<typeof eraseStatements>;
  readonly #eraser: Eraser;
  readonly #turns: TurnRetention;
  readonly #idle: IdleRetention;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: RetentionOptions) {
    const { store, clock, ledger, onErased } = options;
    this.#options = options;
    this.#sql = eraseStatements(store.db);
    const eraser = new Eraser(store, clock);
    this.#eraser = eraser;
    this.#turns = new TurnRetention(store, this.#sql);
    this.#idle = new IdleRetention({ store, sql: this.#sql, eraser, ledger, onErased });
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#running = this.removeDue().finally(() => {
        if (!this.#stopped) this.start();
      });
    }, everyMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Removes everything that is due now. Never throws. A started retention does so by itself. */
  async removeDue(): Promise<void> {
    const { days, onFailed } = this.#options;
    const { intake, outbox, uploads, transcript, text, contacts } = days;
    try {
      await this.#finishErasures();
      await this.#each("uploads", uploads, (before) => this.#uploads(before));
      await this.#each("intake", intake, (before) => this.#setAside(before));
      for (const [purpose, after] of [
        ["intake", intake],
        ["outbox", outbox],
        ["text", text],
      ] as const)
        await this.#each(purpose, after, (before) => this.#turns.slice(purpose, before));
      for (const [purpose, after] of [
        ["transcript", transcript],
        ["values", text],
        ["contacts", contacts],
      ] as const)
        await this.#each(purpose, after, (before) =>
          this.#idle.slice(purpose, before, this.#options.clock.now()),
        );
    } catch (thrown) {
      onFailed(thrown);
    }
  }

  /** Who asked to be erased does not wait for the next start, and can no longer be named to ask again. */
  async #finishErasures(): Promise<void> {
    const cutShort = await this.#eraser.unfinished(this.#options.clock.now() - cutShortMs);
    if (cutShort.length === 0) return;
    await this.#eraser.erase(cutShort);
    this.#options.onErased(cutShort);
  }

  async #each(
    what: Parameters<RetentionOptions["onRemoved"]>[0],
    afterDays: number | undefined,
    slice: (before: number) => Promise<{ readonly removed: number; readonly more: boolean }>,
  ): Promise<void> {
    if (afterDays === undefined) return;
    const before = this.#options.clock.now() - afterDays * dayMs;
    while (!this.#stopped) {
      const { removed, more } = await slice(before);
      if (removed > 0) this.#options.onRemoved(what, removed);
      if (!more) return;
      await pause(pauseMs);
    }
  }

  /** One file at a time, in its pieces. */
  async #uploads(before: number): Promise<{ removed: number; more: boolean }> {
    const { driver } = this.#options.store;
    const sql = this.#sql;
    const [old] = await driver.read(() => rows(sql.oldUploads, { before }));
    if (old === undefined) return { removed: 0, more: false };
    const uploadId = old.id;
    while ((await driver.commit(() => change(sql.pieces, { uploadId }))) > 0);
    return { removed: await driver.commit(() => change(sql.upload, { uploadId })), more: true };
  }

  /** Messages that no turn ever handled, because each try threw. */
  async #setAside(before: number): Promise<{ removed: number; more: boolean }> {
    const sql = this.#sql;
    const removed = await this.#options.store.driver.commit(function* () {
      let done = 0;
      for (const row of yield* rows(sql.setAside, { before }))
        done += yield* change(sql.handled, {
          conversationId: row.conversation_id,
          externalId: row.external_id,
        });
      return done;
    });
    return { removed, more: removed > 0 };
  }
}
