import type {
  ActivitySet,
  SessionAnswer,
  SessionRequest,
  WireActivity,
} from "../../src/channels/webchat/protocol.ts";
import { readActivities, readConversation, readRefreshed, readSession } from "./answers.ts";

export interface ChatEvents {
  onActivity(activity: WireActivity): void;
  /** True while the stream is open. */
  onOnline(online: boolean): void;
}

/** What is kept from one visit to the next. */
const resumeKey = "kumusta-resume";
const refreshMs = 15 * 60_000;
const waitsMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

/** A text message led here: what was asked there goes on. */
const continueLink = /^\/c\/([\w-]+)$/u;

function askSession(request: SessionRequest): Promise<Response> {
  return fetch("/widget/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(request),
  });
}

/** Talks to the server for one page: a session that comes back, a stream that reconnects, posts that are repeated. */
export class ChatClient {
  readonly #events: ChatEvents;
  #session: SessionAnswer | undefined;
  #token = "";
  #watermark = "0";
  #tries = 0;
  #sequence = 0;

  constructor(events: ChatEvents) {
    this.#events = events;
  }

  async start(): Promise<void> {
    await this.#again(() => this.#open());
    setInterval(() => void this.#refresh(), refreshMs);
    await this.#listen();
  }

  get userId(): string | undefined {
    return this.#session?.userId;
  }

  async #open(): Promise<void> {
    const resume = localStorage.getItem(resumeKey);
    const link = continueLink.exec(location.pathname)?.[1];
    let answer = await askSession(
      link !== undefined ? { continue: link } : resume === null ? {} : { resume },
    );
    // A link too old to go on from: a chat of one's own is better than none.
    if (answer.status === 403 && link !== undefined) answer = await askSession({});
    if (!answer.ok) throw new TypeError(`session: ${String(answer.status)}`);
    const session = readSession(await answer.json());
    if (session.conversationId !== this.#session?.conversationId) this.#watermark = "0";
    this.#session = session;
    this.#token = session.token;
    localStorage.setItem(resumeKey, session.resume);
    // From now on the chat comes back by its own key; the link must not begin another.
    if (link !== undefined) history.replaceState(null, "", "/");
  }

  async #call(path: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(`/v3/directline${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/json" },
    });
    // The token died, perhaps while the machine slept: the resume key brings the conversation back.
    if (answer.status === 403) await this.#open();
    if (!answer.ok) throw new TypeError(`${path}: ${String(answer.status)}`);
    return answer;
  }

  async #refresh(): Promise<void> {
    try {
      const answer = readRefreshed(await (await this.#call("/tokens/refresh", { method: "POST" })).json());
      this.#token = answer.token;
    } catch {
      // The next call finds out and opens the session again.
    }
  }

  async #listen(): Promise<void> {
    const streamUrl = await this.#again(async () => {
      const path = `/conversations/${this.#session?.conversationId ?? ""}?watermark=${this.#watermark}`;
      const answer = readConversation(await (await this.#call(path)).json());
      this.#token = answer.token;
      return answer.streamUrl;
    });
    const socket = new WebSocket(streamUrl);
    socket.addEventListener("open", () => {
      this.#tries = 0;
      this.#events.onOnline(true);
    });
    socket.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      if (typeof data === "string" && data !== "") this.#take(readActivities(JSON.parse(data)));
    });
    socket.addEventListener("close", () => {
      this.#events.onOnline(false);
      setTimeout(() => void this.#listen(), this.#nextWait());
    });
  }

  #take({ activities, watermark }: ActivitySet): void {
    if (watermark !== undefined) this.#watermark = watermark;
    for (const activity of activities) this.#events.onActivity(activity);
  }

  /** Sends words, or a tapped choice. The id stays the same at every try, so a repeat is never two messages. */
  async send(id: string, text: string, payload?: string): Promise<void> {
    this.#sequence += 1;
    const body = JSON.stringify({
      type: "message",
      text,
      ...(payload === undefined ? {} : { value: payload }),
      locale: navigator.language,
      localTimestamp: new Date().toISOString(),
      channelData: {
        clientActivityID: id,
        sequence: this.#sequence,
        source: {
          page: location.pathname,
          referrer: document.referrer,
          device: matchMedia("(pointer: coarse)").matches ? "mobile" : "desktop",
        },
        ...(payload === undefined ? {} : { postBack: true }),
      },
    });
    await this.#again(() =>
      this.#call(`/conversations/${this.#session?.conversationId ?? ""}/activities`, {
        method: "POST",
        body,
      }),
    );
  }

  #nextWait(): number {
    const wait = waitsMs[Math.min(this.#tries, waitsMs.length - 1)] ?? 0;
    this.#tries += 1;
    return wait;
  }

  /** Repeats until it succeeds: what a page does for somebody on a train. */
  async #again<Result>(attempt: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await attempt();
      } catch {
        this.#events.onOnline(false);
        await new Promise((resolve) => setTimeout(resolve, this.#nextWait()));
      }
    }
  }
}
