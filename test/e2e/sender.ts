import { z } from "zod";
import { directLineSecret } from "./program.ts";

/** One message that a customer wrote, as the customer knows it. Times are of one clock that never jumps, ms. */
export interface Said {
  readonly conversation: string;
  /** The client's own id: the same at every try. */
  readonly id: string;
  readonly text: string;
  readonly sentAt: number;
  ackedAt?: number;
  /** What the server called it. */
  activityId?: string;
}

/** How a post ended; `undefined`: no answer came, nobody knows. */
export interface PostEnd {
  readonly status: number | undefined;
  readonly retryAfter: string | null;
}

const opened = z.object({ conversationId: z.string(), token: z.string() });
const accepted = z.object({ id: z.string() });
const history = z.object({
  activities: z.array(
    z.looseObject({
      id: z.string(),
      from: z.looseObject({ role: z.string() }),
      text: z.string().optional(),
      replyToId: z.string().optional(),
      channelData: z.looseObject({ clientActivityID: z.string() }).optional(),
    }),
  ),
});

export type HistoryLine = z.infer<typeof history>["activities"][number];

/** Longer than the server may take for anything. */
const answerMs = 20_000;

/** One conversation over Direct Line that keeps book of what it sent and what was acknowledged. */
export class Sender {
  readonly conversation: string;
  readonly said: Said[] = [];
  /** Every answer to a post that was no acknowledgement. */
  readonly refusals: PostEnd[] = [];
  readonly #token: string;
  readonly #url: () => string;
  #acknowledged = 0;

  /**
   * Begins a conversation. `url` is asked at each call: a restarted server has another port.
   * @param credential tokens expire after half an hour of the server's clock, the secret never
   */
  static async begin(url: () => string, credential: "token" | "secret" = "token"): Promise<Sender> {
    const answer = await fetch(`${url()}/v3/directline/conversations`, {
      method: "POST",
      headers: { Authorization: `Bearer ${directLineSecret}` },
      signal: AbortSignal.timeout(answerMs),
    });
    const { conversationId, token } = opened.parse(await answer.json());
    return new Sender(url, conversationId, credential === "token" ? token : directLineSecret);
  }

  private constructor(url: () => string, conversation: string, token: string) {
    this.#url = url;
    this.conversation = conversation;
    this.#token = token;
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  get unacknowledged(): Said[] {
    return this.said.filter(({ ackedAt }) => ackedAt === undefined);
  }

  /** Writes something new. `more` goes into the activity. */
  async say(text: string, more: Readonly<Record<string, unknown>> = {}): Promise<Said> {
    const said: Said = {
      conversation: this.conversation,
      id: `c${String(this.said.length)}`,
      text,
      sentAt: performance.now(),
    };
    this.said.push(said);
    await this.post(said, more);
    return said;
  }

  /** Posts it, for the first time or again; never throws. */
  async post(said: Said, more: Readonly<Record<string, unknown>> = {}): Promise<PostEnd> {
    const end = await this.#post(said, more);
    if (end.status !== 200) this.refusals.push(end);
    return end;
  }

  async #post(said: Said, more: Readonly<Record<string, unknown>>): Promise<PostEnd> {
    try {
      const answer = await fetch(this.#activities, {
        method: "POST",
        headers: { ...this.#bearer, "Content-Type": "application/json" },
        body: JSON.stringify({
          type: "message",
          text: said.text,
          ...more,
          channelData: { clientActivityID: said.id, ...objectOf(more["channelData"]) },
        }),
        signal: AbortSignal.timeout(answerMs),
      });
      const body: unknown = await answer.json();
      if (answer.status === 200) {
        said.activityId = accepted.parse(body).id;
        if (said.ackedAt === undefined) this.#acknowledged += 1;
        said.ackedAt ??= performance.now();
      }
      return { status: answer.status, retryAfter: answer.headers.get("retry-after") };
    } catch {
      // The connection broke: the message may have been kept or not.
      return { status: undefined, retryAfter: null };
    }
  }

  /** Posts again what was not acknowledged, as real clients do; all must be acknowledged now. */
  async retry(): Promise<void> {
    for (const said of this.unacknowledged) {
      const { status } = await this.post(said);
      if (status !== 200) throw new Error(`A repeat of ${said.id} met ${String(status)}`);
    }
  }

  async history(): Promise<readonly HistoryLine[]> {
    const answer = await fetch(this.#activities, {
      headers: this.#bearer,
      signal: AbortSignal.timeout(answerMs),
    });
    return history.parse(await answer.json()).activities;
  }

  /** What this customer knows in the end. */
  async witness(): Promise<{ conversation: string; said: readonly Said[]; history: readonly HistoryLine[] }> {
    return { conversation: this.conversation, said: this.said, history: await this.history() };
  }

  get #activities(): string {
    return `${this.#url()}/v3/directline/conversations/${this.conversation}/activities`;
  }

  get #bearer() {
    return { Authorization: `Bearer ${this.#token}` };
  }
}

function objectOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
