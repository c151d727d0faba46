import { setTimeout as pause } from "node:timers/promises";
import { reasonOf } from "../basics/errors.ts";
import type { Clock } from "../basics/time.ts";
import type { ActionRequest } from "../conversation/decision.ts";
import { performAction } from "./actions.ts";
import { mapBody } from "./masking/map-commit.ts";
import { openingWith } from "./masking/text-map.ts";
import { mayStillSend } from "./may-still-send.ts";
import type { TurnObserver, TurnWatch } from "./observer.ts";
import type {
  ActionBook,
  Arrival,
  Channel,
  ConversationRow,
  Delivery,
  OutgoingReply,
  OutboxRow,
  Settlement,
  TurnStore,
} from "./ports.ts";

export interface OutboxOptions {
  readonly store: TurnStore;
  readonly clock: Clock;
  readonly observer: TurnObserver;
  readonly watch?: TurnWatch | undefined;
  readonly holder: string;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly actions: ActionBook;
  /** Waits between two tries of an action; real time unless told otherwise. */
  readonly pause?: ((ms: number) => Promise<unknown>) | undefined;
  /** An action's result goes in by the same door as everything else. */
  readonly accept: (conversationId: string, arrival: Arrival) => Promise<unknown>;
}

/** How long one conversation's outbox may be held, ms: longer than any single send may take. */
const leaseMs = 60_000;
/** First wait after a send that may be repeated, doubled at each try up to the longest. */
const firstWaitMs = 1_000;
const longestWaitMs = 5 * 60_000;
/** The longest that a timer of Node's runs, ms (2^31 - 1); what is due later is looked at again then. */
const longestTimerMs = 2_147_483_647;
/** A reply that could not be delivered for so long helps nobody any more. */
const giveUpAfterMs = 24 * 3_600_000;

/** Sends what turns decided, in order within each conversation, and settles every row one way or another. */
export class OutboxSender {
  readonly #options: OutboxOptions;
  /** Conversations in hand, and what came for one while it was worked on. */
  readonly #working = new Map<string, "nothing" | "another look" | "something new">();
  readonly #delayed = new Map<string, NodeJS.Timeout>();
  /** Actions under way: their rows stay unsettled while replies go on. */
  readonly #acting = new Map<string, Promise<void>>();
  /** Rows that this process marked as being sent and has not sent: a `sending` row not among them was begun by one that died. */
  readonly #begun = new Set<string>();
  /** How sends ended that the store could not note yet: they are noted at the next try, never sent again. */
  readonly #ended = new Map<string, Delivery>();
  /** When rows that this process put off are due again, on the clock that never jumps. */
  readonly #putOff = new Map<string, number>();
  #stopped = false;
  #idle: (() => void) | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Something new waits to leave this conversation. */
  kick(conversationId: string): void {
    this.#begin(conversationId, true);
  }

  /** Something may be due, of a process that ended or of a wait that is over. */
  look(conversationId: string): void {
    this.#begin(conversationId, false);
  }

  #begin(conversationId: string, isNew: boolean): void {
    if (this.#stopped) return;
    const meanwhile = this.#working.get(conversationId);
    if (meanwhile !== undefined) {
      if (meanwhile !== "something new")
        this.#working.set(conversationId, isNew ? "something new" : "another look");
      return;
    }
    clearTimeout(this.#delayed.get(conversationId));
    this.#delayed.delete(conversationId);
    this.#working.set(conversationId, "nothing");
    void this.#drain(conversationId, isNew).finally(() => {
      const more = this.#working.get(conversationId) ?? "nothing";
      this.#working.delete(conversationId);
      if (more !== "nothing") this.#begin(conversationId, more === "something new");
      if (this.#working.size === 0) this.#idle?.();
    });
  }

  async #drain(conversationId: string, isNew: boolean): Promise<void> {
    const { store, observer, holder, clock } = this.#options;
    try {
      if (!(await this.#lease(conversationId))) return;
      try {
        let leasedAt = clock.elapsed();
        for (const row of await store.unsettledOutbox(conversationId)) {
          // Several slow sends may together take longer than one lease lasts.
          if (clock.elapsed() - leasedAt > leaseMs / 4) {
            if (!(await this.#lease(conversationId))) return;
            leasedAt = clock.elapsed();
          }
          if (this.#stopped || !(await this.#take(row, isNew))) return;
        }
      } finally {
        await store.release("outbox", conversationId, holder);
      }
    } catch (thrown) {
      observer.failed("outbox.drain", { conversationId }, thrown);
      this.#later(conversationId, firstWaitMs);
    }
  }

  #lease(conversationId: string): Promise<boolean> {
    const { store, holder, clock } = this.#options;
    const now = clock.now();
    return store.lease("outbox", conversationId, holder, now, now + leaseMs);
  }

  #later(conversationId: string, waitMs: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#delayed.get(conversationId));
    this.#delayed.set(
      conversationId,
      setTimeout(
        () => {
          this.#delayed.delete(conversationId);
          this.look(conversationId);
        },
        Math.min(waitMs, longestTimerMs),
      ),
    );
  }

  /** Handles one row; false when the rows behind it must wait for it. */
  async #take(row: OutboxRow, isNew: boolean): Promise<boolean> {
    const { store } = this.#options;
    const waitMs = this.#waitOf(row, isNew);
    if (waitMs > 0) {
      this.#later(row.conversationId, waitMs);
      return false;
    }
    const conversation = await store.getConversation(row.conversationId);
    if (conversation === undefined) return true;
    const body = mapBody(row.body, openingWith(conversation.vault));
    if (body.type === "action") {
      this.#act(row, body.request, conversation);
      return true;
    }
    return this.#send(row, body, conversation);
  }

  /** How long a row must still wait, ms; never longer than it was told to, though the wall clock be set back meanwhile. */
  #waitOf(row: OutboxRow, isNew: boolean): number {
    const { clock } = this.#options;
    const { createdAt, notBefore, attempts, body } = row;
    if (notBefore <= createdAt) return 0;
    // What the bot began by itself was put off since the customer was not there: now they are.
    if (isNew && attempts > 0 && body.type === "reply" && body.unprompted === true) return 0;
    const waitMs = notBefore - clock.now();
    // A wait longer than any we set means that the clock was set back while no process looked on.
    if (waitMs > giveUpAfterMs && attempts > 0) return 0;
    const due = this.#putOff.get(row.id);
    if (due !== undefined) return Math.min(waitMs, due - clock.elapsed());
    return attempts === 0 ? Math.min(waitMs, notBefore - createdAt) : waitMs;
  }

  async #send(
    row: OutboxRow,
    body: Extract<OutboxRow["body"], { type: "reply" }>,
    conversation: ConversationRow,
  ): Promise<boolean> {
    const { store, clock, channels } = this.#options;
    const channel = channels.get(conversation.address.channel);
    if (channel === undefined)
      return this.#settle(row, conversation, { status: "failed", reason: "this channel is not set up" });
    const outgoing: OutgoingReply = {
      outboxId: row.id,
      conversation,
      reply: body.reply,
      replyTo: body.replyTo,
      at: clock.now(),
      ...(body.unprompted === true ? { unpromptedSince: row.createdAt } : {}),
    };
    const { delivery: repeat } = channel.capabilities;
    const ended = this.#ended.get(row.id);
    if (ended !== undefined)
      return this.#settle(row, conversation, settlementOf(ended, row, repeat, clock.now()));
    const refusal = mayStillSend(row, conversation) ?? channel.forbids?.(outgoing);
    if (refusal !== undefined)
      return this.#settle(row, conversation, { status: "cancelled", reason: refusal });
    if (row.status === "sending" && repeat === "ambiguous" && !this.#begun.has(row.id)) {
      return this.#settle(row, conversation, {
        status: "unknown",
        reason: "the process ended while this was being sent",
      });
    }
    if (repeat !== "transcript") {
      this.#begun.add(row.id);
      if (!(await store.markSending(row.id))) {
        // Somebody settled it meanwhile: an echo, another process.
        this.#begun.delete(row.id);
        this.#putOff.delete(row.id);
        return true;
      }
    }
    const delivery = await deliver(channel, outgoing);
    this.#begun.delete(row.id);
    this.#ended.set(row.id, delivery);
    return this.#settle(row, conversation, settlementOf(delivery, row, repeat, clock.now()));
  }

  async #settle(row: OutboxRow, conversation: ConversationRow, settlement: Settlement): Promise<boolean> {
    const { store, clock, observer, channels } = this.#options;
    const at = clock.now();
    const { transcriptSeq } = await store.settle(row.conversationId, row.id, settlement, at);
    this.#ended.delete(row.id);
    this.#putOff.delete(row.id);
    observer.settled(
      conversation.address.channel,
      row.body.type,
      settlement.status,
      Math.max(0, at - row.createdAt),
    );
    this.#options.watch?.settled(row.id, settlement);
    if (
      settlement.status === "delivered" &&
      settlement.transcript !== undefined &&
      transcriptSeq !== undefined
    ) {
      channels
        .get(conversation.address.channel)
        ?.announce?.(row.conversationId, { ...settlement.transcript, id: row.id, seq: transcriptSeq });
    }
    if (settlement.status !== "due") return true;
    const waitMs = Math.max(0, settlement.notBefore - at);
    this.#putOff.set(row.id, clock.elapsed() + waitMs);
    this.#later(row.conversationId, waitMs);
    return false;
  }

  /** Performs beside the ordered line: a slow action must not hold up the sentence that says it is slow. */
  #act(row: OutboxRow, request: ActionRequest, conversation: ConversationRow): void {
    if (this.#acting.has(row.id)) return;
    const { actions, accept, clock, observer, store } = this.#options;
    const work = async () => {
      // The row may have been read before the action's own end was settled: then nothing is left to perform.
      if (!(await store.markSending(row.id))) return;
      const result = await performAction({
        action: actions.get(request.action),
        request,
        idempotencyKey: row.id,
        current: () => store.getConversation(row.conversationId),
        pause: this.#options.pause ?? pause,
      });
      // The result is durable before the row is settled: dying between the two performs again under the same key.
      await accept(row.conversationId, {
        address: conversation.address,
        externalId: `action:${row.id}`,
        activity: {
          type: "actionResult",
          action: request.action,
          outboxId: row.id,
          ...(request.ticket === undefined ? {} : { ticket: request.ticket }),
          result,
          sentAt: clock.now(),
        },
      });
      await this.#settle(
        row,
        conversation,
        result.ok ? { status: "delivered" } : { status: "failed", reason: result.reason },
      );
    };
    const acting = work()
      .catch((thrown: unknown) => {
        observer.failed("outbox.action", { outboxId: row.id }, thrown);
        this.#later(row.conversationId, firstWaitMs);
      })
      .finally(() => {
        this.#acting.delete(row.id);
      });
    this.#acting.set(row.id, acting);
  }

  /** Finishes the sends in hand, begins no others. Actions under way are left: they repeat under the same key. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#delayed.values()) clearTimeout(timer);
    this.#delayed.clear();
    if (this.#working.size > 0) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
  }
}

async function deliver(channel: Channel, outgoing: OutgoingReply): Promise<Delivery> {
  try {
    return await channel.deliver(outgoing);
  } catch (thrown) {
    return { status: "ambiguous", reason: reasonOf(thrown) };
  }
}

/** What a row becomes after one try. An ambiguous send is repeated only where a repeat cannot be seen twice. */
function settlementOf(
  delivery: Delivery,
  row: OutboxRow,
  repeat: Channel["capabilities"]["delivery"],
  now: number,
): Settlement {
  switch (delivery.status) {
    case "delivered":
      return delivery;
    case "refused":
      return { status: "failed", reason: delivery.reason };
    case "ambiguous":
      if (repeat === "ambiguous") return { status: "unknown", reason: delivery.reason };
      return retryOf(row, delivery.reason, undefined, now);
    case "retry":
      return retryOf(row, delivery.reason, delivery.afterMs, now);
  }
}

function retryOf(row: OutboxRow, reason: string, afterMs: number | undefined, now: number): Settlement {
  if (now - row.createdAt > giveUpAfterMs) return { status: "failed", reason: `given up: ${reason}` };
  // A provider's own time is kept to; calling on before would only prolong it.
  const wait =
    afterMs === undefined
      ? Math.min(firstWaitMs * 2 ** Math.min(row.attempts, 16), longestWaitMs)
      : Math.min(afterMs, giveUpAfterMs);
  // A whole one: pacers measure in fractions of a millisecond.
  return { status: "due", notBefore: Math.ceil(now + wait), reason };
}
