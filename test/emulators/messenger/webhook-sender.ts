import { escapedJson, signedHeaders } from "./signed-webhook.ts";

/** Failed deliveries in a row after which Meta switches a page's events off (an hour of them, there). */
const failuresToUnsubscribe = 5;

/** The half of Meta that calls us: webhooks, escaped and signed as Meta does. */
export class WebhookSender {
  /** Fields that each page's events are subscribed to; empty: Meta sends nothing. */
  readonly subscribed = new Map<string, readonly string[]>();
  /** Where events go. */
  webhook: string | undefined;
  readonly #appSecret: string;
  readonly #now: () => number;
  readonly #lastAct = new Map<string, number>();
  #incoming = 0;
  #failures = 0;

  constructor(appSecret: string, now: () => number, webhook: string | undefined) {
    this.#appSecret = appSecret;
    this.#now = now;
    this.webhook = webhook;
  }

  /** A customer did something that opens the window: call it for every event that is made by hand. */
  noteAct(page: string, customer: string, at = this.#now()): void {
    this.#lastAct.set(`${page}/${customer}`, at);
  }

  /** How long ago the customer last did something, ms. */
  silentMs(page: string, customer: string): number {
    return this.#now() - (this.#lastAct.get(`${page}/${customer}`) ?? -Infinity);
  }

  nextMid(): string {
    this.#incoming += 1;
    return `m_in-${String(this.#incoming)}`;
  }

  /** What a customer typed, as an event. */
  typed(page: string, customer: string, text: string, more: { mid?: string; at?: number } = {}): object {
    const timestamp = more.at ?? this.#now();
    this.noteAct(page, customer, timestamp);
    return {
      sender: { id: customer },
      recipient: { id: page },
      timestamp,
      message: { mid: more.mid ?? this.nextMid(), text },
    };
  }

  /** A tap on a quick reply. */
  tapped(page: string, customer: string, title: string, payload: string): object {
    this.noteAct(page, customer);
    return {
      sender: { id: customer },
      recipient: { id: page },
      timestamp: this.#now(),
      message: { mid: this.nextMid(), text: title, quick_reply: { payload } },
    };
  }

  /** A tap on the menu or on a button of a template. */
  postback(page: string, customer: string, title: string, payload: string): object {
    this.noteAct(page, customer);
    return {
      sender: { id: customer },
      recipient: { id: page },
      timestamp: this.#now(),
      postback: { mid: this.nextMid(), title, payload },
    };
  }

  /** What a person wrote in the page's inbox, as Meta echoes it. */
  answeredInInbox(page: string, customer: string, text: string, appId = 263902037430900): object {
    return {
      sender: { id: page },
      recipient: { id: customer },
      timestamp: this.#now(),
      message: { is_echo: true, app_id: appId, mid: this.nextMid(), text },
    };
  }

  /** Posts events of one page, signed; gives the status, 0 where no answer came. */
  post(
    events: readonly object[],
    page: string,
    kind: "messaging" | "standby" | "changes" = "messaging",
  ): Promise<number> {
    return this.postBody({ object: "page", entry: [{ id: page, time: this.#now(), [kind]: events }] });
  }

  /** Posts a body as it is, escaped and signed. After too many failures Meta sends nothing more. */
  async postBody(body: object): Promise<number> {
    if (this.webhook === undefined || this.subscribed.size === 0) return 0;
    const text = escapedJson(body);
    try {
      const answer = await fetch(this.webhook, {
        method: "POST",
        headers: signedHeaders(text, this.#appSecret),
        body: text,
        signal: AbortSignal.timeout(5_000),
      });
      await answer.arrayBuffer();
      this.#failures = answer.ok ? 0 : this.#failures + 1;
      if (this.#failures >= failuresToUnsubscribe) this.subscribed.clear();
      return answer.status;
    } catch {
      this.#failures += 1;
      return 0;
    }
  }
}
