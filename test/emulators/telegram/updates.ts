import type { ServerResponse } from "node:http";

export interface Hook {
  readonly url: string;
  readonly secret: string;
}

type Update = Readonly<Record<string, unknown>> & { readonly update_id: number };

/** What customers did and Telegram has not yet handed over for good. */
export class Updates {
  hook: Hook | undefined;
  readonly #breaches: string[];
  readonly #waiting: Update[] = [];
  readonly #started = new Set<string>();
  readonly #spinning = new Set<string>();
  readonly #askers = new Set<() => void>();
  #updateId = 740_000_000;
  #messageId = 100;
  #closed = false;

  constructor(breaches: string[]) {
    this.#breaches = breaches;
  }

  nextMessageId(): number {
    return ++this.#messageId;
  }

  started(chat: string): boolean {
    return this.#started.has(chat);
  }

  /** A tapped button stops spinning; false for one that never was or was answered before. */
  answered(id: string): boolean {
    return this.#spinning.delete(id);
  }

  /** Buttons that still spin on customers' phones. */
  get spinning(): number {
    return this.#spinning.size;
  }

  /** A private message, as Telegram words it. */
  message(chat: number, content: object, sentAt = Date.now()): Update {
    return this.#add(String(chat), {
      message: {
        message_id: this.nextMessageId(),
        from: { id: chat, is_bot: false, first_name: "Ana", language_code: "en" },
        chat: { id: chat, first_name: "Ana", type: "private" },
        date: Math.floor(sentAt / 1_000),
        ...content,
      },
    });
  }

  text(chat: number, text: string): Update {
    return this.message(chat, { text });
  }

  /** A tap on a button under one of our messages. */
  tap(chat: number, data: string, title: string): Update {
    const id = `${String(this.#updateId)}7`;
    this.#spinning.add(id);
    return this.#add(String(chat), {
      callback_query: {
        id,
        from: { id: chat, is_bot: false, first_name: "Ana", language_code: "en" },
        chat_instance: "1",
        data,
        message: {
          message_id: this.#messageId,
          chat: { id: chat, type: "private" },
          date: Math.floor(Date.now() / 1_000),
          reply_markup: { inline_keyboard: [[{ text: title, callback_data: data }]] },
        },
      },
    });
  }

  other(chat: number, content: object): Update {
    return this.#add(String(chat), content);
  }

  #add(chat: string, content: object): Update {
    this.#started.add(chat);
    const update = { update_id: ++this.#updateId, ...content };
    this.#waiting.push(update);
    for (const asker of this.#askers) asker();
    return update;
  }

  /** For getUpdates: what comes from an offset on; earlier ones are confirmed and forgotten. Holds until there is one. */
  async from(offset: number, response: ServerResponse): Promise<Update[]> {
    while (this.#waiting[0] !== undefined && this.#waiting[0].update_id < offset) this.#waiting.shift();
    if (this.#waiting.length === 0 && !this.#closed) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#askers.delete(wake);
          resolve();
        };
        this.#askers.add(wake);
        response.once("close", wake);
      });
    }
    return this.#waiting.slice(0, 100);
  }

  /** Posts one update to the webhook, as often as told, and gives the statuses. */
  async deliver(update: Update, times = 1): Promise<number[]> {
    const { hook } = this;
    if (hook === undefined) {
      this.#breaches.push("no webhook is set");
      return [];
    }
    const statuses: number[] = [];
    for (let n = 0; n < times; n++) {
      const response = await fetch(hook.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": hook.secret },
        body: JSON.stringify(update),
      });
      await response.arrayBuffer();
      statuses.push(response.status);
    }
    const at = this.#waiting.findIndex(({ update_id: id }) => id === update.update_id);
    if (statuses.some((status) => status < 300) && at >= 0) this.#waiting.splice(at, 1);
    return statuses;
  }

  /** Waits until the program confirmed everything that customers did; false when it does not within 30 s. */
  async confirmed(): Promise<boolean> {
    for (const end = Date.now() + 30_000; Date.now() < end;) {
      if (this.#waiting.length === 0) return true;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return false;
  }

  close(): void {
    this.#closed = true;
    for (const asker of this.#askers) asker();
  }
}
