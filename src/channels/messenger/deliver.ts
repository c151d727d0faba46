import { z } from "zod";
import { reasonOf } from "../../basics/errors.ts";
import type { Clock } from "../../basics/time.ts";
import type { Delivery, OutgoingReply } from "../../turn/ports.ts";
import { Pacer } from "../pacer.ts";
import { continueAddress } from "../webchat/continue-links.ts";
import { leavesOpen, type ProviderAnswer } from "../provider-http.ts";
import type { ProviderObserver } from "../provider.ts";
import type { Graph } from "./graph.ts";
import { graphFailure, jsonOf, type GraphFailure } from "./graph-error.ts";
import type { PageHealth } from "./page-health.ts";
import { messageOf, type SendMessage } from "./render.ts";
import { commentOf, needsHumanTag } from "./reply-window.ts";
import type { SentMessages } from "./sent-messages.ts";
import { channelName, type MessengerSettings, type Page } from "./settings.ts";

export interface DeliverParts {
  readonly settings: MessengerSettings;
  readonly graph: Graph;
  readonly health: PageHealth;
  readonly sent: SentMessages;
  readonly clock: Clock;
  readonly continueToken: (conversationId: string) => string;
  readonly observer: ProviderObserver;
  /** Meta says that this customer cannot be reached: they blocked the page, or are gone. */
  readonly onUnreachable: (outgoing: OutgoingReply, reason: string) => Promise<void>;
}

/**
 * What Meta allows, with some air (Messenger Platform: rate limiting): 300 texts and 10 audio or video messages a
 * second for each page. The limit of one thread is not published; a person reads no faster than this.
 */
const paces = {
  page: { burst: 60, perSecond: 240 },
  media: { burst: 5, perSecond: 8 },
  thread: { burst: 5, perSecond: 3 },
  /** Signs of reading and typing, beside the texts: they must never take a reply's turn. */
  hints: { burst: 10, perSecond: 20 },
} as const;

/** Another app has the thread (error 10): it is taken back when ours is the default application. */
const notThreadOwner = 2_018_300;
/** Meta's own app for the page's inbox (Messenger Platform: pass thread control). */
const pageInbox = "263902037430900";

const sentBody = z.object({ message_id: z.string().optional() });

/** Sends replies by the Send API, one call a row, and keeps to Meta's rates. */
export class Deliverer {
  readonly #parts: DeliverParts;
  readonly #pages: Pacer;
  readonly #media: Pacer;
  readonly #threads: Pacer;
  readonly #hints: Pacer;

  constructor(parts: DeliverParts) {
    this.#parts = parts;
    this.#pages = new Pacer(paces.page, parts.clock);
    this.#media = new Pacer(paces.media, parts.clock);
    this.#threads = new Pacer(paces.thread, parts.clock);
    this.#hints = new Pacer(paces.hints, parts.clock);
  }

  async deliver(outgoing: OutgoingReply): Promise<Delivery> {
    const { settings, health } = this.#parts;
    const { account, conversation } = outgoing.conversation.address;
    const page = settings.pages.get(account);
    if (page === undefined) return { status: "refused", reason: "this page is not set up" };
    const message = messageOf(outgoing.reply, {
      publicUrl: settings.publicUrl,
      continueAt: () => this.#continueAt(outgoing),
    });
    if (message === undefined)
      return { status: "refused", reason: "payload: nothing that Messenger could show" };
    const waitMs = await this.#turn(page, conversation, message);
    const paused = health.pauseOf(page.id);
    if (paused !== undefined) return { status: "retry", ...paused };
    if (waitMs !== undefined) return { status: "retry", afterMs: waitMs, reason: "rate: our own pace" };
    return this.#send(outgoing, page, message, true);
  }

  #continueAt({ conversation }: OutgoingReply): string | undefined {
    const { settings, continueToken } = this.#parts;
    const { publicUrl } = settings;
    return publicUrl === undefined ? undefined : continueAddress(publicUrl, continueToken(conversation.id));
  }

  async #send(
    outgoing: OutgoingReply,
    page: Page,
    message: SendMessage,
    mayTake: boolean,
  ): Promise<Delivery> {
    const { graph, health, sent, clock } = this.#parts;
    const customer = outgoing.conversation.address.conversation;
    const at = clock.now();
    const answer = await graph.call("POST", `${page.id}/messages`, page, { body: bodyOf(outgoing, message) });
    if (answer.type === "unsent") return { status: "retry", reason: answer.reason };
    if (answer.type === "unclear") return { status: "ambiguous", reason: answer.reason };
    if (answer.status < 300) {
      const mid = sentBody.safeParse(jsonOf(answer.body)).data?.message_id;
      if (mid !== undefined) sent.note({ page: page.id, customer }, mid, at);
      await this.#passOn(outgoing, page);
      return { status: "delivered", ...(mid === undefined ? {} : { providerId: mid }) };
    }
    const failure = graphFailure(answer);
    if (leavesOpen(answer.status, failure.code !== undefined))
      return { status: "ambiguous", reason: failure.reason };
    if (failure.subcode === notThreadOwner && mayTake && (await this.#take(outgoing, page)))
      return this.#send(outgoing, page, message, false);
    health.note(page.id, failure);
    return this.#deliveryOf(failure, outgoing);
  }

  async #deliveryOf(failure: GraphFailure, outgoing: OutgoingReply): Promise<Delivery> {
    const { reason, waitMs } = failure;
    switch (failure.class) {
      case "transient":
        return { status: "retry", reason, ...(waitMs === undefined ? {} : { afterMs: waitMs }) };
      case "rate":
      case "auth": {
        const paused = this.#parts.health.pauseOf(outgoing.conversation.address.account);
        return { status: "retry", reason, afterMs: paused?.afterMs ?? waitMs ?? 60_000 };
      }
      case "recipient":
        // The refusal stands, whatever becomes of its news: the next reply would bring the same.
        await this.#parts.onUnreachable(outgoing, reason).catch((thrown: unknown) => {
          this.#parts.observer.fault(channelName, "contact", reasonOf(thrown));
        });
        return { status: "refused", reason };
      case "policy":
      case "payload":
        return { status: "refused", reason };
    }
  }

  /** Waits for a turn of the thread and of the page. Undefined: go; else how many ms to stay away. */
  async #turn(page: Page, customer: string, { attachment }: SendMessage): Promise<number | undefined> {
    const slow = attachment?.type === "audio" || attachment?.type === "video";
    return (
      (await this.#threads.turn(`${page.id}/${customer}`)) ??
      (slow ? await this.#media.turn(page.id) : undefined) ??
      (await this.#pages.turn(page.id))
    );
  }

  /** After the last words of a hand-over: the thread goes to where people answer, if that is not our own console. */
  async #passOn({ conversation, reply }: OutgoingReply, page: Page): Promise<void> {
    const { passTo } = this.#parts.settings.routing;
    const isLast = reply.part === undefined || reply.part.n === reply.part.of;
    const { owner } = conversation.state;
    if (passTo === undefined || owner.type !== "queue" || !isLast) return;
    await this.#control("pass_thread_control", page, {
      recipient: { id: conversation.address.conversation },
      target_app_id: passTo === "page-inbox" ? pageInbox : passTo,
      metadata: `${owner.reason}: ${owner.team}`,
    });
  }

  async #take({ conversation }: OutgoingReply, page: Page): Promise<boolean> {
    if (conversation.state.owner.type === "agent") return false;
    return this.#control("take_thread_control", page, {
      recipient: { id: conversation.address.conversation },
      metadata: "kumusta",
    });
  }

  async #control(call: string, page: Page, body: object): Promise<boolean> {
    const answer = await this.#parts.graph.call("POST", `${page.id}/${call}`, page, { body });
    if (answer.type === "answered" && answer.status < 300) return true;
    this.#parts.observer.fault(channelName, call, reasonIn(answer));
    return false;
  }

  /** Shows that the bot read and thinks. A hint: never waits for a turn, never repeated. */
  async hint(page: Page, customer: string): Promise<void> {
    if (commentOf(customer) !== undefined) return;
    for (const action of ["mark_seen", "typing_on"]) {
      if (this.#parts.health.pauseOf(page.id) !== undefined || !this.#hints.reserve(page.id, 0).taken) return;
      await this.#parts.graph.call("POST", `${page.id}/messages`, page, {
        body: { recipient: { id: customer }, sender_action: action },
      });
    }
  }

  stop(): void {
    for (const pacer of [this.#pages, this.#media, this.#threads]) pacer.stop();
  }
}

function reasonIn(answer: ProviderAnswer): string {
  return answer.type === "answered" ? graphFailure(answer).reason : answer.reason;
}

function bodyOf(outgoing: OutgoingReply, message: SendMessage): object {
  const { conversation, outboxId } = outgoing;
  const comment = commentOf(conversation.address.conversation);
  return {
    recipient: comment === undefined ? { id: conversation.address.conversation } : { comment_id: comment },
    ...(comment === undefined && needsHumanTag(outgoing)
      ? { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" }
      : { messaging_type: "RESPONSE" }),
    message: { ...message, metadata: outboxId },
  };
}
