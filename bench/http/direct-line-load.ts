import { Pool } from "undici";
import { WebSocket } from "ws";
import { z } from "zod";
import { evenly } from "./evenly.ts";

const frameSchema = z.object({ activities: z.array(z.object({ replyToId: z.string().optional() })) });

/**
 * Lines of customers, English and Taglish. Each has a script in the sample shop that ends there: a flow would take the
 * next line for its answer, and to a customer who was handed over the bot says nothing.
 */
const lines = [
  "magkano po sf",
  "how much is shipping to cebu",
  "paano magbayad",
  "paano po mag return",
  "ilang araw po hanggang davao",
  "thanks po",
];

/** A reply that takes longer will not come. */
const patienceMs = 15_000;

export interface Load {
  readonly port: number;
  readonly secret: string;
  readonly conversations: number;
}

/** What came of a stretch of load. Times in ms. */
export interface Measured {
  readonly messages: number;
  readonly seconds: number;
  readonly acknowledgements: number[];
  readonly replies: number[];
}

interface Customer {
  readonly path: string;
  readonly authorization: string;
  readonly socket: WebSocket;
}

/** Customers with open sockets who write and wait for the reply to each message. */
export class DirectLineLoad {
  readonly #pool: Pool;
  readonly #customers: Customer[] = [];
  /** Arrival of each reply by the id of what it answers, and who waits for it. */
  readonly #answered = new Map<string, number>();
  readonly #waiting = new Map<string, (at: number) => void>();
  #written = 0;

  static async open({ port, secret, conversations }: Load): Promise<DirectLineLoad> {
    const load = new DirectLineLoad(port);
    for (let i = 0; i < conversations; i++) await load.#join(secret);
    return load;
  }

  private constructor(port: number) {
    this.#pool = new Pool(`http://127.0.0.1:${String(port)}`, { connections: 64 });
  }

  async #call(path: string, authorization: string, body: object): Promise<Record<string, string>> {
    const { statusCode, body: answer } = await this.#pool.request({
      path,
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (statusCode >= 300) throw new Error(`${path} answered ${String(statusCode)}: ${text}`);
    return z.record(z.string(), z.coerce.string()).parse(JSON.parse(text));
  }

  async #join(secret: string): Promise<void> {
    const { token } = await this.#call("/v3/directline/tokens/generate", `Bearer ${secret}`, {});
    const authorization = `Bearer ${token ?? ""}`;
    const { conversationId, streamUrl } = await this.#call("/v3/directline/conversations", authorization, {});
    const socket = new WebSocket(streamUrl ?? "");
    await new Promise((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    socket.on("message", (frame: Buffer) => {
      this.#heard(frame.toString());
    });
    this.#customers.push({
      path: `/v3/directline/conversations/${conversationId ?? ""}/activities`,
      authorization,
      socket,
    });
  }

  #heard(frame: string): void {
    const at = performance.now();
    if (frame === "") return;
    const { activities } = frameSchema.parse(JSON.parse(frame));
    for (const { replyToId } of activities) {
      if (replyToId === undefined) continue;
      const waiting = this.#waiting.get(replyToId);
      if (waiting === undefined) this.#answered.set(replyToId, at);
      else waiting(at);
      this.#waiting.delete(replyToId);
    }
  }

  async #message(customer: Customer, into: Measured): Promise<void> {
    const n = this.#written++;
    const text = lines[n % lines.length] ?? "";
    const begun = performance.now();
    const { id = "" } = await this.#call(customer.path, customer.authorization, {
      type: "message",
      text,
      channelData: { clientActivityID: `m${String(n)}` },
    });
    into.acknowledgements.push(performance.now() - begun);
    const early = this.#answered.get(id);
    this.#answered.delete(id);
    const at = early ?? (await this.#replyTo(id, text));
    into.replies.push(at - begun);
  }

  #replyTo(id: string, text: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const given = setTimeout(() => {
        reject(new Error(`"${text}" got no reply within ${String(patienceMs)} ms`));
      }, patienceMs);
      this.#waiting.set(id, (at) => {
        clearTimeout(given);
        resolve(at);
      });
    });
  }

  /** As many messages as `inFlight` customers can write, one after the other each, for so many seconds. */
  async asFastAsPossible(seconds: number, inFlight: number): Promise<Measured> {
    const into = { messages: 0, seconds, acknowledgements: [], replies: [] };
    const begun = performance.now();
    const end = begun + seconds * 1_000;
    let turn = 0;
    const one = async () => {
      while (performance.now() < end) {
        const customer = this.#customers[turn++ % this.#customers.length];
        if (customer !== undefined) await this.#message(customer, into);
        into.messages++;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, one));
    return { ...into, seconds: (performance.now() - begun) / 1_000 };
  }

  /** An even stream of `perSecond` messages, whether or not the server keeps up. */
  async steadily(seconds: number, perSecond: number): Promise<Measured> {
    const into = { messages: 0, seconds, acknowledgements: [], replies: [] };
    const begun = performance.now();
    const messages = await evenly(seconds, perSecond, (n) => {
      const customer = this.#customers[n % this.#customers.length];
      return customer === undefined ? undefined : this.#message(customer, into);
    });
    return { ...into, messages, seconds: (performance.now() - begun) / 1_000 };
  }

  async close(): Promise<void> {
    for (const { socket } of this.#customers) socket.terminate();
    await this.#pool.close();
  }
}
