import type { Connection } from "./connection.ts";
import type { Kept } from "./kept.ts";
import { newId } from "./new-id.ts";
import { pageSource, type PageSource } from "./page-source.ts";
import { Pause } from "./pause.ts";
import { upload } from "./upload.ts";

/** `waiting`: for the network. `failed`: the server refused it; only the customer can say what then. */
export type SendState = "sending" | "waiting" | "sent" | "failed";

/** A message on its way. Its id stays the same at every try, so a repeat is never two messages. */
export interface Outgoing {
  readonly id: string;
  readonly text: string;
  /** What the tapped choice stands for. */
  readonly payload?: string;
  /** Whom the site had signed when it was written: nobody else may send it from this browser. */
  readonly who: string;
  readonly at: string;
  readonly sequence: number;
  readonly locale: string;
  readonly source: PageSource;
  readonly failed?: true;
}

interface Entry {
  readonly key: string;
  readonly message: Outgoing;
  readonly file?: File;
}

export interface OutboxEvents {
  onState(id: string, state: SendState, progress?: number): void;
  onSent(message: Outgoing): void;
}

interface Parts {
  readonly connection: Connection;
  readonly kept: Kept;
  /** Before the names of what is kept. */
  readonly prefix: string;
  readonly campaign: string | undefined;
  readonly events: OutboxEvents;
}

function isOutgoing(value: unknown): value is Outgoing {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    typeof value.id === "string" &&
    "text" in value &&
    typeof value.text === "string" &&
    "who" in value
  );
}

/**
 * Messages that have not been sent, oldest first: words in the browser's storage, one entry each so that two tabs do
 * not overwrite each other's; files in memory. One tab sends at a time, one message at a time.
 */
export class Outbox {
  readonly #parts: Parts;
  readonly #files = new Map<string, Entry>();
  readonly #pause = new Pause();
  #sequence = 0;
  #isSending = false;
  #hasMore = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Takes a message and sends it as soon as its turn comes. */
  add({ text, payload, file }: { text: string; payload?: string; file?: File }): Outgoing {
    this.#sequence += 1;
    const at = new Date();
    const message: Outgoing = {
      id: newId(),
      text,
      ...(payload === undefined ? {} : { payload }),
      who: this.#parts.connection.who,
      at: at.toISOString(),
      sequence: this.#sequence,
      locale: navigator.language,
      source: pageSource(this.#parts.campaign),
    };
    const order = `${String(at.getTime()).padStart(15, "0")}-${String(this.#sequence).padStart(6, "0")}`;
    const key = `${this.#parts.prefix}${order}-${message.id}`;
    if (file === undefined) this.#parts.kept.set(key, JSON.stringify(message));
    else this.#files.set(key, { key, message, file });
    return message;
  }

  /** What this customer has not sent yet, oldest first. */
  entries(): readonly Entry[] {
    const { kept, prefix, connection } = this.#parts;
    const words = kept.keys(prefix).flatMap((key): Entry[] => {
      const message = parse(kept.get(key));
      return message === undefined ? [] : [{ key, message }];
    });
    return [...words, ...this.#files.values()]
      .filter(({ message }) => message.who === "" || message.who === connection.who)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** The server has it: it came back, or another tab sent it. */
  settle(id: string): void {
    for (const { key, message } of this.entries()) if (message.id === id) this.#remove(key);
  }

  /** Sends what the server had refused once more. */
  retry(id: string): void {
    const entry = this.entries().find(({ message }) => message.id === id);
    if (entry !== undefined) this.#replace(entry, false);
    this.send();
  }

  /** Sends all that waits, in order. To be called whenever there is something new. */
  send(): void {
    this.#hasMore = true;
    if (!this.#isSending) void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    // What is written while the last one comes to its end is not forgotten.
    while (this.#hasMore) {
      this.#hasMore = false;
      await this.#locked();
    }
    this.#isSending = false;
  }

  /** The network is back: nobody waits any longer. */
  wake(): void {
    this.#pause.end(true);
    this.send();
  }

  #locked(): Promise<void> {
    const name = `${this.#parts.prefix}lock`;
    // Not where the page came without encryption; there the server's check for repeats is the only one.
    return "locks" in navigator ? navigator.locks.request(name, () => this.#drain()) : this.#drain();
  }

  async #drain(): Promise<void> {
    const { connection, events } = this.#parts;
    for (;;) {
      const open = this.entries().filter(({ message }) => message.failed !== true);
      const [next] = open;
      if (next === undefined) return;
      if (!connection.online) {
        for (const { message } of open) events.onState(message.id, "waiting");
        return;
      }
      events.onState(next.message.id, "sending");
      const result = await this.#try(next);
      if (result === "sent") {
        this.#remove(next.key);
        events.onState(next.message.id, "sent");
        events.onSent(next.message);
      } else if (result === "refused") {
        this.#replace(next, true);
        events.onState(next.message.id, "failed");
        // Else it came back on the stream meanwhile: the server has it, whatever became of the answer.
      } else if (this.entries().some(({ key }) => key === next.key)) {
        events.onState(next.message.id, "waiting");
        await (result === undefined ? this.#pause.next() : this.#pause.for(result * 1_000));
      }
    }
  }

  /** `sent`, `refused`, or after how many seconds to try again (undefined: the server did not say). */
  async #try({ message, file }: Entry): Promise<"sent" | "refused" | number | undefined> {
    try {
      const { status, retryAfter } = await (file === undefined
        ? this.#post(message)
        : this.#upload(message, file));
      if (status < 300) {
        this.#pause.reset();
        return "sent";
      }
      if (status === 429 || status >= 500) return retryAfter;
      return status === 403 || status === 401 ? undefined : "refused";
    } catch {
      return undefined;
    }
  }

  async #post(message: Outgoing) {
    const { status, headers } = await this.#parts.connection.call("/activities", {
      method: "POST",
      body: JSON.stringify(activityOf(message)),
    });
    return { status, retryAfter: Number(headers.get("Retry-After") ?? NaN) || undefined };
  }

  async #upload(message: Outgoing, file: File) {
    const { connection, events } = this.#parts;
    const form = new FormData();
    form.append("activity", JSON.stringify(activityOf(message)));
    form.append("file", file);
    const answer = await upload(await connection.path("/upload"), connection.token, form, (progress) =>
      events.onState(message.id, "sending", progress),
    );
    if (answer.status === 403) await connection.reopen();
    return answer;
  }

  #replace({ key, message: { failed: _, ...message }, file }: Entry, failed: boolean): void {
    const changed: Outgoing = failed ? { ...message, failed } : message;
    if (file === undefined) this.#parts.kept.set(key, JSON.stringify(changed));
    else this.#files.set(key, { key, message: changed, file });
  }

  #remove(key: string): void {
    this.#files.delete(key);
    this.#parts.kept.remove(key);
  }
}

function parse(text: string | undefined): Outgoing | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return isOutgoing(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function activityOf({ id, text, payload, at, sequence, locale, source }: Outgoing): unknown {
  return {
    type: "message",
    text,
    ...(payload === undefined ? {} : { value: payload }),
    locale,
    localTimestamp: at,
    channelData: {
      clientActivityID: id,
      sequence,
      source,
      ...(payload === undefined ? {} : { postBack: true }),
    },
  };
}
