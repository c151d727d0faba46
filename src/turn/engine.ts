import { ScriptValues } from "../basics/masking/script-values.ts";
import { newId } from "../basics/ids.ts";
import type { Clock } from "../basics/time.ts";
import { commandIn } from "../conversation/decide/command.ts";
import type { BurstWindow } from "./burst.ts";
import type { BotHost } from "./host.ts";
import { IntakeDoor } from "./intake.ts";
import type { TurnObserver, TurnWatch } from "./observer.ts";
import { OutboxSender } from "./outbox.ts";
import type { Accepted, ActionBook, Arrival, Channel, ConversationRow, TurnStore } from "./ports.ts";
import type { ContentAndModel, TurnTools } from "./run-turn.ts";
import { Scheduler } from "./scheduler.ts";
import { TimerWatch } from "./timers.ts";
import { Worker } from "./worker.ts";

export interface EngineOptions {
  readonly store: TurnStore;
  readonly clock: Clock;
  readonly observer: TurnObserver;
  readonly watch?: TurnWatch | undefined;
  readonly host: BotHost;
  /** The pair that serves now; asked once a turn. */
  readonly pair: () => ContentAndModel;
  readonly channels: readonly Channel[];
  readonly actions: ActionBook;
  /** Waits between two tries of an action; real time unless told otherwise. */
  readonly pause?: ((ms: number) => Promise<unknown>) | undefined;
  readonly window: BurstWindow;
  readonly newId?: TurnTools["newId"];
  readonly limits?: Partial<EngineLimits>;
}

export interface EngineLimits {
  /** Messages accepted and not yet handled, above which new ones are refused. */
  readonly mostWaiting: number;
  readonly conversationsAtOnce: number;
  readonly tries: number;
  readonly retryMs: number;
  readonly turnTimeoutMs: number;
  /** How often timers are looked at, ms: how late one fires at the most. */
  readonly timerLookMs: number;
  /** How often the store is asked for work that nobody was told of, ms. */
  readonly sweepMs: number;
  /** How long `stop` waits for the turns in hand, and then for the sends in hand, ms. */
  readonly stopGraceMs: number;
}

export const defaultLimits: EngineLimits = {
  mostWaiting: 10_000,
  conversationsAtOnce: 256,
  tries: 3,
  retryMs: 200,
  turnTimeoutMs: 15_000,
  timerLookMs: 500,
  sweepMs: 5_000,
  stopGraceMs: 2_000,
};

/** Conversations found by one sweep. */
const sweepSize = 500;

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}

/** The path of a message, running: intake, take up, decide, commit, outbox, timers. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #limits: EngineLimits;
  readonly #intake: IntakeDoor;
  readonly #scheduler: Scheduler;
  readonly #outbox: OutboxSender;
  readonly #timers: TimerWatch;
  readonly #channels: ReadonlyMap<string, Channel>;
  readonly #clockwork: NodeJS.Timeout[] = [];
  #sweeping: Promise<void> = Promise.resolve();

  constructor(options: EngineOptions) {
    const { store, clock, observer, watch, window } = options;
    const limits = { ...defaultLimits, ...options.limits };
    const holder = newId();
    this.#options = options;
    this.#limits = limits;
    this.#channels = new Map(options.channels.map((channel) => [channel.name, channel]));
    this.#outbox = new OutboxSender({
      store,
      clock,
      observer,
      watch,
      holder,
      channels: this.#channels,
      actions: options.actions,
      pause: options.pause,
      accept: (conversationId, arrival) => this.accept(conversationId, arrival),
    });
    this.#scheduler = new Scheduler({
      work: (conversationId) => worker.work(conversationId),
      elapsed: () => clock.elapsed(),
      mostMs: window.mostMs,
      atOnce: limits.conversationsAtOnce,
    });
    const worker = new Worker(
      {
        ...limits,
        store,
        clock,
        observer,
        watch,
        holder,
        host: options.host,
        scripts: new ScriptValues(),
        pair: options.pair,
        newId: options.newId,
        mergeBursts: window.quietMs > 0,
        onHandled: (rows) => {
          this.#intake.backlogChanged(-rows);
        },
        onOutbox: (conversationId) => {
          this.#outbox.kick(conversationId);
        },
        entryOf: (outgoing) =>
          this.#channels.get(outgoing.conversation.address.channel)?.transcriptEntry?.(outgoing),
        channelOf: ({ address }) => this.#channels.get(address.channel),
        onDelivered: ({ id, address }, lines) => {
          for (const line of lines) {
            observer.settled(address.channel, "reply", "delivered", 0);
            watch?.settled(line.id, { status: "delivered" });
            this.#channels.get(address.channel)?.announce?.(id, line);
          }
        },
      },
      this.#scheduler,
    );
    this.#intake = new IntakeDoor({
      store,
      clock,
      observer,
      window,
      mostWaiting: limits.mostWaiting,
      isCommand: (text) => commandIn(text, undefined, options.pair().content.shared.phrases) !== undefined,
      onAccepted: (conversationId, quietMs, arrival) => {
        this.#accepted(conversationId, quietMs, arrival);
      },
    });
    this.#timers = new TimerWatch({
      store,
      clock,
      observer,
      onFired: (conversationId) => {
        this.#intake.backlogChanged(1);
        this.#scheduler.wake(conversationId, 0);
      },
    });
  }

  /** Messages accepted and not handled yet. */
  get waiting(): number {
    return this.#intake.waiting;
  }

  /** So many rows that waited were taken away: their customer was erased. */
  dropped(rows: number): void {
    this.#intake.backlogChanged(-rows);
  }

  /** Accepts one arrival; see IntakeDoor.accept. */
  accept(conversationId: string, arrival: Arrival): Promise<Accepted> {
    return this.#intake.accept(conversationId, arrival);
  }

  /** The customer is typing: an open burst waits for the words. */
  typing(conversationId: string): void {
    this.#scheduler.extend(conversationId, this.#options.window.quietMs);
  }

  /** Somebody begins to look on: typing is told when words come, and whoever comes after the words would not see it. */
  lookedOn(conversationId: string): void {
    if (this.#scheduler.waits(conversationId)) this.#showTyping(conversationId);
  }

  #accepted(conversationId: string, quietMs: number, arrival: Arrival): void {
    this.#scheduler.wake(conversationId, quietMs);
    const channel = this.#channels.get(arrival.address.channel);
    if (quietMs > 0 && channel?.typing !== undefined) this.#showTyping(conversationId);
  }

  #showTyping(conversationId: string): void {
    const conversation = this.#options.store.getConversation(conversationId);
    if (!(conversation instanceof Promise)) this.#typesIn(conversation, conversationId);
    else
      conversation.then(
        (found) => {
          this.#typesIn(found, conversationId);
        },
        (thrown: unknown) => {
          this.#options.observer.failed("engine.typing", { conversationId }, thrown);
        },
      );
  }

  #typesIn(conversation: ConversationRow | undefined, conversationId: string): void {
    // Answered meanwhile: typing after the answer would promise another.
    if (conversation?.state.owner.type !== "bot" || !this.#scheduler.waits(conversationId)) return;
    try {
      this.#channels.get(conversation.address.channel)?.typing?.(conversationId, conversation.address);
    } catch (thrown) {
      this.#options.observer.failed("engine.typing", { conversationId }, thrown);
    }
  }

  /** Fires the timers that are due now. A running engine does so by itself. */
  fireTimers(): Promise<void> {
    return this.#timers.look();
  }

  /** Takes up what an earlier run left, then serves. */
  async start(): Promise<void> {
    const { store, clock } = this.#options;
    this.#intake.backlogChanged((await store.depths(clock.now())).intakePending);
    await this.#sweep();
    await this.#timers.look();
    const every = (ms: number, look: () => Promise<void>) => {
      let busy = false;
      this.#clockwork.push(
        setInterval(() => {
          if (busy) return;
          busy = true;
          void look().finally(() => {
            busy = false;
          });
        }, ms),
      );
    };
    every(this.#limits.timerLookMs, () => this.#timers.look());
    every(this.#limits.sweepMs, () => (this.#sweeping = this.#sweep()));
  }

  /** Finds work that nobody was told of: left by a process that ended, or by a store that refused for a while. */
  async #sweep(): Promise<void> {
    const { store, clock, observer, window } = this.#options;
    try {
      for (const conversationId of await store.conversationsWithPending(sweepSize))
        this.#scheduler.remind(conversationId, window.quietMs);
      for (const conversationId of await store.conversationsWithDueOutbox(clock.now(), sweepSize))
        this.#outbox.look(conversationId);
    } catch (thrown) {
      observer.failed("engine.sweep", {}, thrown);
    }
  }

  /** Takes no more in, finishes the turns and sends in hand. What still waits is durable and waits for the next start. */
  async stop(): Promise<void> {
    this.#intake.close();
    for (const timer of this.#clockwork) clearInterval(timer);
    await this.#sweeping;
    // A provider or a listener that does not answer must not keep the process: its rows find their end at the next start.
    await within(this.#limits.stopGraceMs, this.#scheduler.stop());
    await within(this.#limits.stopGraceMs, this.#outbox.stop());
  }
}
