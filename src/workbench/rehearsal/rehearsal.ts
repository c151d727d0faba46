import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTick, setTimeout as pause } from "node:timers/promises";
import type { InboundActivity, Json, Reply } from "../../basics/activity.ts";
import { KumustaError, reasonOf } from "../../basics/errors.ts";
import { newId } from "../../basics/ids.ts";
import { newConversation, type ConversationState } from "../../conversation/state.ts";
import type { Store } from "../../store/store.ts";
import { openSqlite } from "../../store/sqlite/open-sqlite.ts";
import { Engine } from "../../turn/engine.ts";
import { BotHost, type TurnMiddleware } from "../../turn/host.ts";
import type { ActionBook, Channel } from "../../turn/ports.ts";
import type { ContentAndModel } from "../../turn/run-turn.ts";
import type { RehearsalClock } from "./rehearsal-clock.ts";
import type { Sleepers } from "./sleepers.ts";
import { WatchedStore, type RehearsedTurn } from "./watched-store.ts";

export interface RehearsalOptions {
  readonly pair: ContentAndModel;
  readonly clock: RehearsalClock;
  readonly actions: ActionBook;
  /** What waits for time that is set. Without them real time passes too: timers fire by themselves. */
  readonly sleepers?: Sleepers;
  readonly middleware?: readonly TurnMiddleware[];
  /** Hears of each turn as soon as it is committed. */
  readonly onTurn?: (turn: RehearsedTurn) => void;
  /** Where it all goes and under which account, and ids by the clock that is set. Without it nothing is kept. */
  readonly keep?: { readonly store: Store; readonly account: string; readonly newId: () => string };
  /** Messages that happen together are one turn. */
  readonly mergesBursts?: boolean;
}

export interface RehearsedCustomer {
  /** Chooses the wordings that this customer hears, too. */
  readonly id: string;
  readonly channel: string;
  readonly state?: Partial<Pick<ConversationState, "verified" | "lifecycle">>;
}

/** Nothing polls: the rehearsal itself says when time has passed. Milliseconds. */
const never = 24 * 3_600_000;
/** Real time after which a turn that has not come to rest is given up, ms: longer than an action and its tries may take. */
const patienceMs = 60_000;

/**
 * The real engine on a database of its own in a temporary folder, with time that is set. What the customer does goes in
 * by the intake; what the bot answers is read from the turns that were committed.
 */
export class Rehearsal {
  readonly #folder: string | undefined;
  readonly #newId: () => string;
  readonly #account: string;
  readonly #store: Store;
  readonly #watched: WatchedStore;
  readonly #engine: Engine;
  readonly #clock: RehearsalClock;
  readonly #sleepers: Sleepers | undefined;
  readonly #failures: string[] = [];

  static async open(options: RehearsalOptions): Promise<Rehearsal> {
    if (options.keep !== undefined) {
      const rehearsal = new Rehearsal(options, undefined, options.keep.store);
      await rehearsal.#engine.start();
      return rehearsal;
    }
    const folder = await mkdtemp(join(tmpdir(), "kumusta-rehearsal-"));
    try {
      const rehearsal = new Rehearsal(
        options,
        folder,
        await openSqlite({ file: join(folder, "kumusta.db"), durable: false }),
      );
      await rehearsal.#engine.start();
      return rehearsal;
    } catch (thrown) {
      await rm(folder, { recursive: true, force: true });
      throw thrown;
    }
  }

  private constructor(options: RehearsalOptions, folder: string | undefined, store: Store) {
    const { pair, clock, actions, middleware = [], sleepers, onTurn, keep, mergesBursts = false } = options;
    this.#newId = keep?.newId ?? newId;
    this.#account = keep?.account ?? "rehearsal";
    this.#sleepers = sleepers;
    this.#folder = folder;
    this.#store = store;
    this.#clock = clock;
    this.#watched = new WatchedStore(store.turns, onTurn);
    const host = new BotHost();
    for (const one of middleware) host.use(one);
    this.#engine = new Engine({
      store: this.#watched,
      clock,
      host,
      pair: () => pair,
      channels: ["webchat", "messenger", "sms", "telegram", "viber"].map(rehearsalChannel),
      actions,
      pause: sleepers === undefined ? undefined : (ms) => sleepers.sleep(ms),
      newId: keep?.newId,
      // Each message is a turn of its own, as what a burst does is tested where bursts are made; or those that are there
      // together are one, and nothing is waited for: time does not pass by itself.
      window: mergesBursts ? { quietMs: 900, mostMs: 0 } : { quietMs: 0, mostMs: 3_000 },
      limits: sleepers === undefined ? {} : { timerLookMs: never, sweepMs: never, retryMs: 1 },
      observer: {
        accepted: () => undefined,
        turned: (_channel, _outcome, times) => {
          this.#watched.timed(times);
        },
        settled: () => undefined,
        failed: (what, _ids, thrown) => {
          this.#failures.push(`${what}: ${reasonOf(thrown)}`);
        },
      },
    });
  }

  /** A customer who has not written yet. */
  async begin({ id, channel, state }: RehearsedCustomer): Promise<void> {
    await this.#store.turns.openConversation({
      id,
      address: { channel, account: this.#account, conversation: id },
      contact: `contact of ${id}`,
      state: { ...newConversation, ...state },
      at: this.#clock.now(),
    });
  }

  /** Something happens in the conversation. Resolves with the turns that it led to, when nothing more follows now. */
  async happens(id: string, activity: InboundActivity): Promise<readonly RehearsedTurn[]> {
    return this.happenTogether(id, [activity], 0);
  }

  /** Several things happen at once; the bot decides so many ms later by the clock that is set. */
  async happenTogether(
    id: string,
    activities: readonly InboundActivity[],
    decidedAfterMs: number,
  ): Promise<readonly RehearsedTurn[]> {
    const conversation = await this.#store.turns.getConversation(id);
    if (conversation === undefined) throw new KumustaError("conversation.unknown", [id]);
    const { address } = conversation;
    const accepted = activities.map((activity) =>
      this.#engine.accept(id, { address, externalId: this.#newId(), activity }),
    );
    // They are noted as received by now: time may pass.
    if (decidedAfterMs > 0) this.#clock.set(this.#clock.now() + decidedAfterMs);
    await Promise.all(accepted);
    await this.#rest();
    return this.#watched.taken(id);
  }

  /** Time passes: timers fire and slow actions answer in their order. Resolves with the turns that they led to. */
  async wait(id: string, ms: number): Promise<readonly RehearsedTurn[]> {
    const until = this.#clock.now() + ms;
    for (;;) {
      const [timer] = await this.#store.turns.dueTimers(until, 1);
      const timerAt = timer?.dueAt ?? Infinity;
      const sleeperAt = this.#sleepers?.nextAt ?? Infinity;
      const next = Math.min(timerAt, sleeperAt);
      if (next > until) break;
      this.#clock.set(Math.max(this.#clock.now(), next));
      if (timerAt <= sleeperAt) await this.#engine.fireTimers();
      else this.#sleepers?.wakeDue();
      await this.#rest();
    }
    this.#clock.set(until);
    return this.#watched.taken(id);
  }

  /** All that the conversation remembers now. */
  async stateOf(id: string): Promise<ConversationState> {
    const conversation = await this.#store.turns.getConversation(id);
    if (conversation === undefined) throw new KumustaError("conversation.unknown", [id]);
    return conversation.state;
  }

  /** When each timer of the conversation that is set will fire, epoch ms. */
  async timersOf(id: string): Promise<ReadonlyMap<string, number>> {
    const timers = await this.#store.turns.dueTimers(Number.MAX_SAFE_INTEGER, 1_000);
    return new Map(
      timers.filter(({ conversationId }) => conversationId === id).map(({ name, dueAt }) => [name, dueAt]),
    );
  }

  /** What went wrong in the engine since this was asked last. */
  failures(): readonly string[] {
    return this.#failures.splice(0);
  }

  /** Leaves the customer: what would still happen to them does not happen. */
  async end(id: string): Promise<void> {
    // A failed action sleeps again before its next try.
    while (this.#asleep > 0) {
      this.#sleepers?.wakeAll();
      await this.#rest();
    }
    await this.#store.db.deleteFrom("timers").where("conversation_id", "=", id).execute();
    this.#watched.taken(id);
  }

  async close(): Promise<void> {
    this.#sleepers?.wakeAll();
    await this.#engine.stop();
    if (this.#folder === undefined) return;
    await this.#store.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #asleep(): number {
    return this.#sleepers?.size ?? 0;
  }

  /** Everything that arrived was handled, and everything decided has left, except what waits for time to pass. */
  async #rest(): Promise<void> {
    const begun = this.#clock.elapsed();
    // A handful of quiet rounds: an action that was just woken needs a few until it asks for anything.
    for (let quiet = 0; quiet < 3;) {
      // Another machine's answer is waited for without keeping this one busy.
      await (this.#watched.leaving > this.#asleep ? pause(1) : nextTick());
      const rests = this.#engine.waiting === 0 && this.#watched.leaving <= this.#asleep;
      quiet = rests ? quiet + 1 : 0;
      if (this.#clock.elapsed() - begun > patienceMs)
        throw new KumustaError("turn.timeout", ["the conversation did not come to rest"]);
    }
  }
}

/** A channel whose history we keep: a reply is delivered by the turn's own commit. */
function rehearsalChannel(name: string): Channel {
  return {
    name,
    capabilities: {
      ...{ delivery: "transcript", showsTyping: false },
      web: name === "webchat" ? "here" : "byLink",
    },
    transcriptEntry: ({ reply }) => ({ body: bodyOf(reply) }),
    deliver: ({ reply }) => Promise.resolve({ status: "delivered", transcript: { body: bodyOf(reply) } }),
  };
}

function bodyOf({ text }: Reply): Json {
  return { text };
}
