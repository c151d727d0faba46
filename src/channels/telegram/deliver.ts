import { z } from "zod";
import type { Clock } from "../../basics/time.ts";
import type { Delivery, OutgoingReply } from "../../turn/ports.ts";
import { Pacer } from "../pacer.ts";
import { continueAddress } from "../webchat/continue-links.ts";
import { leavesOpen } from "../provider-http.ts";
import { callOf } from "./render.ts";
import type { TelegramAnswer, TelegramClient } from "./telegram-client.ts";

const sent = z.object({ message_id: z.int() });

/** How one call ended for the reply it belongs to, and whether it says more than that. */
export interface CallEnd {
  readonly delivery: Delivery;
  /** The customer blocked the bot or is gone: nothing can reach them until they come back. */
  readonly unreachable?: true;
  /** Telegram wants the bot to send nothing for so long, ms: calling on would prolong it. */
  readonly pauseMs?: number;
  /** The token is no longer good: nothing at all can be sent. */
  readonly revoked?: true;
}

/** How long to wait before a revoked token is tried again, ms: an operator must put it right. */
const revokedRetryMs = 5 * 60_000;

/**
 * What an answer of the Bot API means (errors by code; texts of Telegram only where one code means several things):
 * 429 wait, 401 token revoked, 403 blocked or gone, other 4xx never, 5xx nobody knows.
 */
export function endOf(answer: TelegramAnswer): CallEnd {
  switch (answer.type) {
    case "done": {
      const id = sent.safeParse(answer.result);
      return {
        delivery: id.success
          ? { status: "delivered", providerId: String(id.data.message_id) }
          : { status: "delivered" },
      };
    }
    case "unsent":
      return { delivery: { status: "retry", reason: answer.reason } };
    case "unclear":
      return { delivery: { status: "ambiguous", reason: answer.reason } };
    case "refused":
      return endOfRefusal(answer);
  }
}

function endOfRefusal({
  code,
  description,
  retryAfter,
}: Extract<TelegramAnswer, { type: "refused" }>): CallEnd {
  const reason = `Telegram ${String(code)}: ${description.slice(0, 200)}`;
  if (code === 429)
    return {
      delivery: {
        status: "retry",
        reason,
        ...(retryAfter === undefined ? {} : { afterMs: retryAfter * 1_000 }),
      },
      ...(retryAfter === undefined ? {} : { pauseMs: retryAfter * 1_000 }),
    };
  if (code === 401) return { delivery: { status: "retry", afterMs: revokedRetryMs, reason }, revoked: true };
  if (code === 403 || (code === 400 && /chat not found|user not found/iu.test(description)))
    return { delivery: { status: "refused", reason }, unreachable: true };
  // telegraf does not hand over what a 5xx said: Telegram itself, or a gateway behind which it was sent.
  if (leavesOpen(code, false)) return { delivery: { status: "ambiguous", reason } };
  return { delivery: { status: "refused", reason } };
}

export interface DeliverParts {
  readonly client: TelegramClient;
  readonly clock: Clock;
  readonly publicUrl: string | undefined;
  readonly continueToken: (conversationId: string) => string;
  /** This customer blocked the bot or is gone. */
  readonly onUnreachable: (outgoing: OutgoingReply, reason: string) => Promise<void>;
  /** The token works, or Telegram refuses it. Told at each change. */
  readonly onHealth: (works: boolean, reason: string) => void;
  readonly onFault: (what: string, thrown: unknown) => void;
}

/** About one message a second to one chat and 30 in all (core.telegram.org/bots/faq, "My bot is hitting limits"). */
const paces = { chat: { burst: 3, perSecond: 1 }, bot: { burst: 25, perSecond: 25 } } as const;

/** Between two replies that waited for the end of a pause, ms: the rate of the bot. */
const apartMs = 1_000 / paces.bot.perSecond;

const held = (afterMs: number): Delivery => ({
  status: "retry",
  afterMs,
  reason: "rate: Telegram told the bot to wait",
});

/** Sends replies, one call a row, and keeps to Telegram's rates. */
export class Deliverer {
  readonly #parts: DeliverParts;
  readonly #chats: Pacer;
  readonly #bot: Pacer;
  #works = true;
  /** Until when nothing is sent, on the elapsed clock. */
  #pausedUntil = -Infinity;
  /** The moment that the last of those who wait was told. */
  #lastSlot = -Infinity;

  constructor(parts: DeliverParts) {
    this.#parts = parts;
    this.#chats = new Pacer(paces.chat, parts.clock);
    this.#bot = new Pacer(paces.bot, parts.clock);
  }

  async deliver(outgoing: OutgoingReply): Promise<Delivery> {
    const { client, publicUrl, continueToken, onUnreachable, onFault } = this.#parts;
    const { conversation, reply } = outgoing;
    const chat = conversation.address.conversation;
    const call = callOf(reply, chat, {
      publicUrl,
      continueAt: () =>
        publicUrl === undefined ? undefined : continueAddress(publicUrl, continueToken(conversation.id)),
    });
    if (call === undefined) return { status: "refused", reason: "nothing that Telegram could show" };
    const heldMs = this.#heldMs();
    if (heldMs > 0) return held(heldMs);
    const waitMs = (await this.#chats.turn(chat)) ?? (await this.#bot.turn("bot"));
    if (waitMs !== undefined) return { status: "retry", afterMs: waitMs, reason: "rate: our own pace" };
    // Told to wait while this one waited for its turn.
    const heldNowMs = this.#heldMs();
    if (heldNowMs > 0) return held(heldNowMs);
    const end = endOf(await client.call(call.method, call.payload));
    const { delivery, unreachable, revoked, pauseMs } = end;
    if (pauseMs !== undefined) this.#pause(pauseMs);
    const reason = "reason" in delivery ? delivery.reason : "";
    this.#note(revoked !== true, reason);
    if (unreachable === true)
      // The refusal stands, whatever becomes of its news: the next reply would bring the same.
      await onUnreachable(outgoing, reason).catch((thrown: unknown) => {
        onFault("contact", thrown);
      });
    return delivery;
  }

  #pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#parts.clock.elapsed() + ms);
    // The one that was refused comes back first.
    this.#lastSlot = Math.max(this.#lastSlot, this.#pausedUntil);
  }

  /** How long everybody stays away, ms; each is told another moment, so that they do not come back as a flood. */
  #heldMs(): number {
    const now = this.#parts.clock.elapsed();
    if (now >= this.#pausedUntil) return 0;
    this.#lastSlot += apartMs;
    return Math.ceil(this.#lastSlot - now);
  }

  #note(works: boolean, reason: string): void {
    if (works === this.#works) return;
    this.#works = works;
    this.#parts.onHealth(works, works ? "Telegram takes messages again" : reason);
  }

  /** Whoever waits for their turn is sent away. */
  stop(): void {
    this.#chats.stop();
    this.#bot.stop();
  }
}
