import pg from "pg";
import { z } from "zod";
import { newId } from "../../basics/ids.ts";
import type { ConversationNews, NewsListener } from "../../channels/webchat/ports.ts";

const channel = "kumusta_conversations";
/** First half of the key of each process's advisory lock. Any number will do, as long as every Kumusta takes the same. */
export const presenceLock = 1_265_989_747;
/** Conversations in one notification: some 40 bytes each, and a payload holds fewer than 8,000 (PostgreSQL manual, NOTIFY). */
const mostTogether = 100;
/** The first wait before a lost connection is made anew, ms; doubled each time. */
const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** A connection that only listens does not notice that the server is gone: asked so often, ms, and so long waited for. */
const askEveryMs = 30_000;
const answerWithinMs = 10_000;

const payloadForm = z.object({
  from: z.string(),
  /** Conversation and position of its last line; null: it is no more. */
  news: z.array(z.tuple([z.string(), z.number().nullable()])),
});
type Payload = z.infer<typeof payloadForm>;

/**
 * The connection by which a process is known to the others on the same database. It holds a lock in the process's name,
 * which the server lets go of when the process dies: what it held may then be taken by another. And it hears and tells
 * news by LISTEN and NOTIFY, told after the commit and by itself: a transaction that notifies holds a lock of the whole
 * database until its commit is on the disk, so that commits could no longer share a sync (PostgreSQL, async.c). Decision
 * 0008.
 */
export class ProcessLine implements ConversationNews {
  /** The process's name. */
  readonly name = newId();
  readonly #url: string;
  readonly #pool: pg.Pool;
  readonly #listeners: NewsListener[] = [];
  /** To be told: by conversation, its last position; null: it is no more. */
  #waiting = new Map<string, number | null>();
  #client: pg.Client | undefined;
  #pause: NodeJS.Timeout | undefined;
  #pauseMs = firstPauseMs;
  #closed = false;

  /** @param pool whose commits need not wait for the disk */
  constructor(url: string, pool: pg.Pool) {
    this.#url = url;
    this.#pool = pool;
  }

  /** Resolves when the process is known, or when the first try failed: then it goes on trying. */
  async begin(): Promise<void> {
    await this.#connect();
  }

  tellLines(rowId: string, seq: number): void {
    const known = this.#waiting.get(rowId);
    if (known !== null) this.#tell(rowId, Math.max(known ?? 0, seq));
  }

  tellGone(rowId: string): void {
    this.#tell(rowId, null);
  }

  #tell(rowId: string, seq: number | null): void {
    // What is announced together is told together.
    if (this.#waiting.size === 0)
      setImmediate(() => {
        this.#send();
      });
    this.#waiting.set(rowId, seq);
  }

  #send(): void {
    const news = [...this.#waiting];
    this.#waiting = new Map();
    if (this.#closed) return;
    for (let at = 0; at < news.length; at += mostTogether) {
      const payload: Payload = { from: this.name, news: news.slice(at, at + mostTogether) };
      // A hint that does not arrive costs somebody a moment, no more.
      this.#pool.query("select pg_notify($1, $2)", [channel, JSON.stringify(payload)]).catch(() => undefined);
    }
  }

  listen(listener: NewsListener): void {
    this.#listeners.push(listener);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: "kumusta news",
      connectionTimeoutMillis: answerWithinMs,
      query_timeout: answerWithinMs,
      keepAlive: true,
    });
    this.#client = client;
    const asking = setInterval(() => {
      client.query("select 1").catch(lose);
    }, askEveryMs);
    let lost = false;
    const lose = () => {
      if (lost) return;
      lost = true;
      clearInterval(asking);
      void client.end().catch(() => undefined);
      if (!this.#closed) this.#again();
    };
    client.on("error", lose);
    client.on("end", lose);
    client.on("notification", ({ payload }) => {
      this.#hear(payload ?? "");
    });
    try {
      await client.connect();
      await client.query("select pg_advisory_lock_shared($1, hashtext($2))", [presenceLock, this.name]);
      await client.query(`listen ${channel}`);
      this.#pauseMs = firstPauseMs;
      // Whatever was told before this moment.
      for (const listener of this.#listeners) listener.onMissed();
    } catch {
      lose();
    }
  }

  #again(): void {
    this.#pause = setTimeout(() => void this.#connect(), this.#pauseMs);
    this.#pauseMs = Math.min(2 * this.#pauseMs, longestPauseMs);
  }

  /** What is no payload of ours is somebody else's: anyone who may connect may notify. */
  #hear(text: string): void {
    const payload = payloadForm.safeParse(jsonOf(text));
    if (!payload.success || payload.data.from === this.name) return;
    for (const [rowId, seq] of payload.data.news)
      for (const listener of this.#listeners) {
        if (seq === null) listener.onGone(rowId);
        else listener.onLines(rowId, seq);
      }
  }

  /** Resolves when nothing of it is left. Before the pool is ended. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#pause);
    await this.#client?.end().catch(() => undefined);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
