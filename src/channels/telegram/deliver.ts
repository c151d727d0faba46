import { z } from "zod";
import type { Delivery, OutgoingReply } from "../../turn/ports.ts";
import { renderReply } from "./render.ts";
import type { TelegramAnswer, TelegramClient } from "./telegram-client.ts";

const sent = z.object({ message_id: z.int() });

/** How one call ended for the reply it belongs to, and whether it says more than that. */
export interface CallEnd {
  readonly delivery: Delivery;
  /** The customer blocked the bot or is gone: nothing can reach them until they come back. */
  readonly unreachable?: true;
  /** The token is no longer good: nothing at all can be sent. */
  readonly revoked?: true;
}

/** Replies whose first parts left already: remembered so that a retry goes on where it stopped. */
const mostPartlySent = 10_000;
/** How long to wait before a revoked token is tried again, ms: an operator must put it right. */
const revokedRetryMs = 5 * 60_000;

/**
 * What an answer of the Bot API means (errors by code; texts of Telegram only where one code means several things):
 * 429 wait, 401 token revoked, 403 blocked or gone, other 4xx never, 5xx later.
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
    };
  if (code === 401) return { delivery: { status: "retry", afterMs: revokedRetryMs, reason }, revoked: true };
  if (code === 403 || (code === 400 && /chat not found|user not found/iu.test(description)))
    return { delivery: { status: "refused", reason }, unreachable: true };
  if (code >= 500) return { delivery: { status: "retry", reason } };
  return { delivery: { status: "refused", reason } };
}

/** Sends replies part by part, in order, and remembers how far a reply got. */
export class TelegramSender {
  readonly #client: TelegramClient;
  readonly #publicUrl: string | undefined;
  /** Parts of a reply that Telegram took, by outbox id. */
  readonly #partsSent = new Map<string, number>();

  constructor(client: TelegramClient, publicUrl: string | undefined) {
    this.#client = client;
    this.#publicUrl = publicUrl;
  }

  async send({ outboxId, conversation, reply }: OutgoingReply): Promise<CallEnd> {
    const calls = renderReply(reply, conversation.address.conversation, this.#publicUrl);
    const done = this.#partsSent.get(outboxId) ?? 0;
    let end: CallEnd = { delivery: { status: "delivered" } };
    for (const [n, { method, payload }] of calls.entries()) {
      if (n < done) continue;
      end = endOf(await this.#client.call(method, payload));
      if (end.delivery.status !== "delivered") {
        this.#remember(outboxId, n, end.delivery);
        return end;
      }
      if (n + 1 < calls.length) this.#remember(outboxId, n + 1, { status: "retry", reason: "" });
    }
    this.#partsSent.delete(outboxId);
    return end;
  }

  #remember(outboxId: string, parts: number, delivery: Delivery): void {
    this.#partsSent.delete(outboxId);
    if (delivery.status !== "retry" || parts === 0) return;
    this.#partsSent.set(outboxId, parts);
    for (const oldest of this.#partsSent.keys()) {
      if (this.#partsSent.size <= mostPartlySent) break;
      this.#partsSent.delete(oldest);
    }
  }
}
