import type { Clock } from "../../basics/time.ts";
import type { Inlet } from "../../turn/inlet.ts";
import type { Accepted, ConversationRow, Soon } from "../../turn/ports.ts";
import type { ProviderObserver } from "../provider.ts";
import { answersComment } from "./comment-rule.ts";
import type { MessengerEvent, Thread } from "./events.ts";
import { commentThread } from "./reply-window.ts";
import type { SentMessages } from "./sent-messages.ts";
import { channelName, type MessengerSettings } from "./settings.ts";

export interface TakeParts {
  readonly inlet: Inlet;
  readonly clock: Clock;
  readonly settings: MessengerSettings;
  readonly sent: SentMessages;
  readonly observer: ProviderObserver;
  /** A conversation wrote: where its typing hints go. */
  readonly onOpened: (conversation: ConversationRow, thread: Thread) => void;
}

type Arrived = Extract<MessengerEvent, { type: "arrival" }>;

/** What people see of who answered instead of us. */
const businessSuite = "Meta Business Suite";
/** The page's inbox, as the routing pages and the echo page print it (Messenger Platform). */
const inboxApps: ReadonlySet<string> = new Set(["263902037430900", "26390203743090"]);

const nothingToKeep = Promise.resolve();

/** Hands what a webhook told to the engine. Durable when it resolves. */
export class EventTaker {
  readonly #parts: TakeParts;

  constructor(parts: TakeParts) {
    this.#parts = parts;
  }

  /**
   * Takes all events of a request: those of one customer in order, customers beside each other.
   * @throws KumustaError when something could not be kept: Meta then sends all of it again, and what was kept is a duplicate
   */
  take(events: readonly MessengerEvent[]): Promise<unknown> {
    const [only, second] = events;
    // Nearly all requests hold one event, which has nobody to stand behind or beside.
    return only !== undefined && second === undefined ? this.#takeOne(only) : this.#takeAll(events);
  }

  async #takeAll(events: readonly MessengerEvent[]): Promise<void> {
    const lines = new Map<string, MessengerEvent[]>();
    for (const event of events) {
      const key = "customer" in event ? `${event.page}/${event.customer}` : "";
      const line = lines.get(key);
      if (line === undefined) lines.set(key, [event]);
      else line.push(event);
    }
    const ends = await Promise.allSettled([...lines.values()].map((line) => this.#takeLine(line)));
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  }

  async #takeLine(line: readonly MessengerEvent[]): Promise<void> {
    for (const event of line) await this.#takeOne(event);
  }

  #takeOne(event: MessengerEvent): Promise<unknown> {
    const { settings, observer } = this.#parts;
    if (event.type === "ignored") {
      observer.ignored(channelName, event.what);
      return nothingToKeep;
    }
    if (!settings.pages.has(event.page)) {
      observer.ignored(channelName, "page");
      return nothingToKeep;
    }
    switch (event.type) {
      case "arrival":
        return this.#arrived(event);
      case "echo":
        return this.#echoed(event);
      case "receipt":
        return this.#received(event);
      case "control":
        return this.#controlled(event);
      case "comment":
        return this.#commented(event);
      case "policy":
        observer.health(channelName, event.page, event.action !== "block", `Meta: ${event.action}`);
        return nothingToKeep;
    }
  }

  #open(thread: Thread): Soon<ConversationRow> {
    const { page: account, customer } = thread;
    return this.#parts.inlet.open(
      { channel: channelName, account, conversation: customer },
      `messenger:${customer}`,
      false,
    );
  }

  #arrived(event: Arrived): Promise<unknown> {
    const conversation = this.#open(event);
    return conversation instanceof Promise
      ? conversation.then((opened) => this.#arrivedIn(opened, event))
      : this.#arrivedIn(conversation, event);
  }

  #arrivedIn(conversation: ConversationRow, event: Arrived): Promise<unknown> {
    if (event.standby) return this.#overheard(conversation, event);
    this.#parts.onOpened(conversation, event);
    return this.#accept(conversation, event);
  }

  async #overheard(conversation: ConversationRow, event: Arrived): Promise<void> {
    const { externalId, activity } = event;
    await this.#tookOver(conversation, `standby:${externalId}`, activity.sentAt, undefined, false);
    await this.#accept(conversation, event);
  }

  #accept({ id, address }: ConversationRow, { externalId, activity }: Arrived): Promise<Accepted> {
    return this.#parts.inlet.accept(id, { address, externalId, activity });
  }

  /** Our own echo proves that a message left, also before the call that sent it returned; any other one is a person. */
  async #echoed(event: Extract<MessengerEvent, { type: "echo" }>): Promise<void> {
    const { inlet, settings } = this.#parts;
    const { mid, metadata, appId, at } = event;
    const receipt = { channel: channelName, providerId: mid, status: "sent" as const, at };
    const known = metadata !== undefined && (await inlet.receipt({ ...receipt, outboxId: metadata }));
    if (known || (appId !== undefined && appId === settings.appId)) return;
    // Sent by us without metadata: a message of this app from before, or of another program with the same app.
    if (await inlet.receipt(receipt)) return;
    await this.#tookOver(await this.#open(event), `echo:${mid}`, at, appId);
  }

  async #received(event: Extract<MessengerEvent, { type: "receipt" }>): Promise<void> {
    const { inlet, sent } = this.#parts;
    const { status, watermark, mids } = event;
    for (const providerId of new Set([...mids, ...sent.upTo(event, watermark)]))
      await inlet.receipt({ channel: channelName, providerId, status, at: watermark });
  }

  async #controlled(event: Extract<MessengerEvent, { type: "control" }>): Promise<void> {
    const { inlet, settings } = this.#parts;
    const { op, newOwner, at } = event;
    const conversation = await this.#open(event);
    const externalId = `control:${op}:${String(at)}`;
    // Meta tells the app that gets the thread of a pass, and the one that loses it of a take.
    const isOurs =
      newOwner === undefined || settings.appId === undefined ? op === "pass" : newOwner === settings.appId;
    if (!isOurs) {
      await this.#tookOver(conversation, externalId, at, newOwner);
      return;
    }
    await inlet.accept(conversation.id, {
      address: conversation.address,
      externalId,
      activity: { type: "event", name: "thread.returned", sentAt: at },
    });
  }

  async #tookOver(
    { id, address }: ConversationRow,
    externalId: string,
    sentAt: number,
    appId: string | undefined,
    spoke = true,
  ): Promise<void> {
    const { inlet, settings } = this.#parts;
    const by = appId === undefined || inboxApps.has(appId) ? businessSuite : `app ${appId}`;
    const idleMs = settings.routing.idleMinutes * 60_000;
    await inlet.accept(id, {
      address,
      externalId,
      activity: { type: "event", name: "thread.taken", value: { by, idleMs, spoke }, sentAt },
    });
  }

  async #commented(event: Extract<MessengerEvent, { type: "comment" }>): Promise<void> {
    const { inlet, settings, observer, clock } = this.#parts;
    const { page: account, commentId, text, customer, at } = event;
    if (!answersComment(settings.comments, text)) {
      observer.ignored(channelName, "comment");
      return;
    }
    const conversation = await inlet.open(
      { channel: channelName, account, conversation: commentThread(commentId) },
      `messenger:${customer}`,
      false,
    );
    await inlet.accept(conversation.id, {
      address: conversation.address,
      externalId: commentId,
      activity: { type: "message", text, sentAt: Math.min(at, clock.now()) },
    });
  }
}
