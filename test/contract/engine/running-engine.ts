import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { InboundActivity } from "../../../src/basics/activity.ts";
import { newId } from "../../../src/basics/ids.ts";
import type { Clock } from "../../../src/basics/time.ts";
import { systemClock } from "../../../src/basics/time.ts";
import { requireContent } from "../../../src/content/load-content.ts";
import { newConversation } from "../../../src/conversation/state.ts";
import { openLinearRecognizer } from "../../../src/recognition/open-recognizer.ts";
import type { Store } from "../../../src/store/open-store.ts";
import { openSqlite } from "../../../src/store/sqlite/open-sqlite.ts";
import { Engine, type EngineLimits } from "../../../src/turn/engine.ts";
import { BotHost, type TurnMiddleware } from "../../../src/turn/host.ts";
import type { Action, Arrival, Channel, TurnStore } from "../../../src/turn/ports.ts";
import type { ContentAndModel } from "../../../src/turn/run-turn.ts";
import { trainingSetOf } from "../../../src/workbench/training-set-of.ts";
import { keptModel } from "../../kept-model.ts";
import { waitUntil } from "../../wait-until.ts";

/** A wall clock that the test may set forth and back; between that it runs. */
export class SetClock implements Clock {
  #set = Date.UTC(2026, 10, 23, 2);
  #since = systemClock.elapsed();
  get at(): number {
    return this.now();
  }
  set at(time: number) {
    this.#set = time;
    this.#since = systemClock.elapsed();
  }
  now(): number {
    return Math.round(this.#set + systemClock.elapsed() - this.#since);
  }
  elapsed(): number {
    return systemClock.elapsed();
  }
}

/** The sample shop's content with a model trained on it. */
export async function sampleShop(): Promise<ContentAndModel> {
  const content = requireContent(join(import.meta.dirname, "../../.."));
  mkdirSync(dirname(keptModel), { recursive: true });
  const recognizer = await openLinearRecognizer({
    trainingSet: trainingSetOf(content),
    clock: systemClock,
    // Trained by the first test that needs it; one of other content is refused and trained anew.
    modelFile: keptModel,
  });
  return { content, recognizer };
}

export interface RunningOptions {
  readonly pair: ContentAndModel;
  readonly channel: Channel;
  readonly clock: SetClock;
  readonly quietMs?: number;
  readonly actions?: readonly Action[];
  readonly middleware?: readonly TurnMiddleware[];
  readonly limits?: Partial<EngineLimits>;
  /** What the engine sees of the store, where that is not the store itself. */
  readonly seen?: (turns: TurnStore) => TurnStore;
  /** A folder of an earlier run, to start again on its database. */
  readonly folder?: string;
}

const recordSchema = z.object({
  activities: z.array(z.object({ activity: z.object({ text: z.string().optional() }) })),
  arrivedLate: z.boolean(),
});

const quick: Partial<EngineLimits> = { retryMs: 5, timerLookMs: 10, sweepMs: 20 };

/** The engine on a real database in a folder of its own. */
export class RunningEngine {
  readonly folder: string;
  readonly store: Store;
  readonly engine: Engine;
  readonly failures: string[] = [];
  readonly #options: RunningOptions;

  static async start(options: RunningOptions): Promise<RunningEngine> {
    const folder = options.folder ?? mkdtempSync(join(tmpdir(), "kumusta-engine-"));
    const store = await openSqlite({ file: join(folder, "kumusta.db") });
    const running = new RunningEngine(options, folder, store);
    await running.engine.start();
    return running;
  }

  private constructor(options: RunningOptions, folder: string, store: Store) {
    this.#options = options;
    this.folder = folder;
    this.store = store;
    const host = new BotHost();
    for (const middleware of options.middleware ?? []) host.use(middleware);
    this.engine = new Engine({
      store: options.seen?.(store.turns) ?? store.turns,
      clock: options.clock,
      host,
      pair: () => options.pair,
      channels: [options.channel],
      actions: new Map((options.actions ?? []).map((action) => [action.name, action])),
      window: { quietMs: options.quietMs ?? 0, mostMs: 3_000 },
      limits: { ...quick, ...options.limits },
      observer: {
        accepted: () => undefined,
        turned: () => undefined,
        settled: () => undefined,
        failed: (what, _ids, thrown) => {
          this.failures.push(`${what}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
        },
      },
    });
  }

  /** A conversation of a new customer. */
  async customer(): Promise<string> {
    const address = { channel: this.#options.channel.name, account: "page", conversation: newId() };
    const row = await this.store.turns.openConversation({
      id: newId(),
      address,
      contact: "c",
      state: newConversation,
      at: this.#options.clock.now(),
    });
    return row.id;
  }

  async arrival(conversationId: string, activity: InboundActivity, externalId?: string): Promise<Arrival> {
    const conversation = await this.store.turns.getConversation(conversationId);
    if (conversation === undefined) throw new Error("no such conversation");
    return { address: conversation.address, externalId: externalId ?? newId(), activity };
  }

  async say(conversationId: string, text: string, more: { externalId?: string; sentAt?: number } = {}) {
    const sentAt = more.sentAt ?? this.#options.clock.now();
    return this.engine.accept(
      conversationId,
      await this.arrival(conversationId, { type: "message", text, sentAt }, more.externalId),
    );
  }

  /* Rows as they stand, for looking behind the scenes. */
  async intake(conversationId: string) {
    return this.store.db
      .selectFrom("intake")
      .selectAll()
      .where("conversation_id", "=", conversationId)
      .orderBy("id")
      .execute();
  }

  async outbox(conversationId: string) {
    return this.store.db
      .selectFrom("outbox")
      .selectAll()
      .where("conversation_id", "=", conversationId)
      .orderBy("turn_seq")
      .orderBy("n")
      .execute();
  }

  async timers(conversationId: string) {
    return this.store.db
      .selectFrom("timers")
      .selectAll()
      .where("conversation_id", "=", conversationId)
      .execute();
  }

  async turns(
    conversationId: string,
  ): Promise<{ seq: number; outcome: string; trigger: string; text: string; arrivedLate: boolean }[]> {
    const rows = await this.store.db
      .selectFrom("turns")
      .selectAll()
      .where("conversation_id", "=", conversationId)
      .orderBy("seq")
      .execute();
    return rows.map(({ seq, outcome, trigger, record }) => {
      const kept = recordSchema.parse(JSON.parse(record));
      return {
        seq,
        outcome,
        trigger,
        text: kept.activities.map(({ activity }) => activity.text ?? "").join("|"),
        arrivedLate: kept.arrivedLate,
      };
    });
  }

  async untilTurns(conversationId: string, count: number): Promise<void> {
    await waitUntil(
      `there are ${String(count)} turns`,
      async () => (await this.turns(conversationId)).length >= count,
    );
  }

  /** Everything that arrived was handled or set aside, and everything decided has left or found its end. */
  async untilQuiet(): Promise<void> {
    await waitUntil("nothing waits", async () => {
      const depths = await this.store.turns.depths(this.#options.clock.now());
      return depths.intakePending === 0 && depths.outboxDue === 0;
    });
  }

  async stop(): Promise<void> {
    await this.engine.stop();
    await this.store.close();
  }

  async end(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true });
  }
}
