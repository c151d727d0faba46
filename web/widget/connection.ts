import type { ActivitySet, SessionAnswer, SessionRequest } from "../../src/channels/webchat/protocol.ts";
import { readActivities, readConversation, readRefreshed, readSession } from "./answers.ts";
import type { Kept } from "./kept.ts";
import { Pause } from "./pause.ts";
import type { Identity } from "./widget-api.ts";

export interface ConnectionEvents {
  /** Another conversation than before, or the first, with who answers in it: what is shown of an earlier one has to go. */
  onConversation(botName: string): void;
  onActivities(activities: ActivitySet["activities"]): void;
  onOnline(isOnline: boolean): void;
}

/** Names the key that brings back the conversation of nobody in particular; that of a shopper has the id behind it. */
const resumeKey = "kumusta.resume";
const refreshMs = 15 * 60_000;
const callMs = 20_000;
const pollMs = 3_000;
/** After so long out of sight a socket may be dead without knowing. */
const sleptMs = 30_000;
/** The server says something at least every 30 s; after two and a half times that the line is dead, whatever the socket says. */
const silenceMs = 75_000;
const lookMs = 10_000;

/** A text message led here: what was asked there goes on. */
const continueLink = /^\/c\/([\w-]+)$/u;

/** One page's line to the server: a session that comes back, and a stream that reconnects from where it was. */
export class Connection {
  readonly #base: string;
  readonly #kept: Kept;
  readonly #events: ConnectionEvents;
  readonly #pause = new Pause();
  #identity: Identity;
  #session: SessionAnswer | undefined;
  #opening: Promise<SessionAnswer> | undefined;
  #conversation: string | undefined;
  #token = "";
  #watermark = "0";
  #online = false;
  #hiddenAt: number | undefined;
  /** When the stream last said anything. By the wall clock: the browser's own stands still while the machine sleeps. */
  #heardAt = Infinity;
  #breakOff = (): void => undefined;

  constructor(base: string, kept: Kept, identity: Identity, events: ConnectionEvents) {
    this.#base = base;
    this.#kept = kept;
    this.#identity = identity;
    this.#events = events;
  }

  start(): void {
    setInterval(() => void this.#refresh(), refreshMs);
    addEventListener("online", () => this.wake());
    addEventListener("offline", () => this.#breakOff());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.#hiddenAt = Date.now();
      else if (Date.now() - (this.#hiddenAt ?? Infinity) > sleptMs) this.wake();
    });
    // The browser had put the page to sleep (Page Lifecycle, W3C): nobody read the stream meanwhile.
    document.addEventListener("resume", () => this.wake());
    setInterval(() => {
      if (Date.now() - this.#heardAt > silenceMs) this.wake();
    }, lookMs);
    void this.#run();
  }

  get online(): boolean {
    return this.#online;
  }

  get token(): string {
    return this.#token;
  }

  get userId(): string | undefined {
    return this.#session?.userId;
  }

  /** Whom the site has signed; "" for nobody. */
  get who(): string {
    return this.#identity?.id ?? "";
  }

  identify(identity: Identity): void {
    if (identity?.id === this.#identity?.id && identity?.hmac === this.#identity?.hmac) return;
    this.#identity = identity;
    this.#session = undefined;
    this.#opening = undefined;
    this.wake();
  }

  /** Connects anew, at once. */
  wake(): void {
    this.#breakOff();
    this.#pause.end(true);
  }

  /** Address below the conversation. */
  async path(rest: string): Promise<string> {
    const { conversationId } = await this.#open();
    return `${this.#base}/v3/directline/conversations/${conversationId}${rest}`;
  }

  /** One call below the conversation; its token is mended once when it died, perhaps while the machine slept. */
  async call(rest: string, init: RequestInit = {}): Promise<Response> {
    const ask = async () =>
      fetch(await this.path(rest), {
        ...init,
        headers: { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/json" },
        signal: AbortSignal.timeout(callMs),
      });
    const answer = await ask();
    if (answer.status !== 403) return answer;
    await this.reopen();
    return ask();
  }

  /** The token is no longer good: the resume key brings the conversation back. */
  reopen(): Promise<unknown> {
    this.#session = undefined;
    return this.#open();
  }

  #open(): Promise<SessionAnswer> {
    if (this.#session !== undefined) return Promise.resolve(this.#session);
    const opening = (this.#opening ??= this.#ask().finally(() => {
      if (this.#opening === opening) this.#opening = undefined;
    }));
    return opening;
  }

  async #ask(): Promise<SessionAnswer> {
    const identity = this.#identity;
    const own = identity === null ? resumeKey : `${resumeKey}:${identity.id}`;
    // Who logs in goes on with what was begun before.
    const resume = this.#kept.get(own) ?? this.#kept.get(resumeKey);
    const link = continueLink.exec(location.pathname)?.[1];
    const signed = identity === null ? {} : { identity };
    const known = resume === undefined ? {} : { resume };
    let answer = await this.#askSession({ ...(link === undefined ? signed : { continue: link }), ...known });
    // A link too old to go on from: the chat of before, or a new one, is better than none.
    if (answer.status === 403 && link !== undefined) answer = await this.#askSession({ ...signed, ...known });
    if (!answer.ok) throw new TypeError(`session: ${String(answer.status)}`);
    const session = readSession(await answer.json());
    // Somebody else logged in meanwhile.
    if (identity !== this.#identity) return this.#open();
    this.#kept.set(own, session.resume);
    // From now on the chat comes back by its own key; the link must not begin another.
    if (link !== undefined) history.replaceState(null, "", "/");
    this.#session = session;
    this.#token = session.token;
    if (session.conversationId !== this.#conversation) {
      this.#conversation = session.conversationId;
      this.#watermark = "0";
      this.#events.onConversation(session.botName);
    }
    return session;
  }

  #askSession(request: SessionRequest): Promise<Response> {
    return fetch(`${this.#base}/widget/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(callMs),
    });
  }

  async #refresh(): Promise<void> {
    try {
      const answer = await fetch(`${this.#base}/v3/directline/tokens/refresh`, {
        method: "POST",
        headers: { Authorization: `Bearer ${this.#token}` },
        signal: AbortSignal.timeout(callMs),
      });
      if (answer.ok) this.#token = readRefreshed(await answer.json()).token;
    } catch {
      // The next call finds out and opens the session again.
    }
  }

  /** For as long as the page stands: the stream, and after each end of it a new one. */
  async #run(): Promise<never> {
    for (;;) {
      try {
        // First the session: another conversation begins at another place.
        await this.#open();
        const answer = await this.call(`?watermark=${this.#watermark}`);
        if (!answer.ok) throw new TypeError(`reconnect: ${String(answer.status)}`);
        const { token, streamUrl } = readConversation(await answer.json());
        this.#token = token;
        if (!(await this.#listen(streamUrl))) await this.#poll();
      } catch {
        // No network, or the server is being started again.
      }
      this.#setOnline(false);
      await this.#pause.next();
    }
  }

  /** Resolves when the stream ended; false when it never opened, as behind a proxy that knows no WebSockets. */
  #listen(streamUrl: string): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = new WebSocket(streamUrl);
      let hasOpened = false;
      const end = () => {
        this.#heardAt = Infinity;
        this.#breakOff = () => undefined;
        socket.onclose = socket.onmessage = null;
        socket.close();
        resolve(hasOpened);
      };
      // A dead network can keep a socket closing for a long time: nobody waits for that.
      this.#breakOff = () => {
        hasOpened = true;
        end();
      };
      socket.onclose = end;
      socket.onmessage = ({ data }: MessageEvent<unknown>) => {
        this.#heardAt = Date.now();
        if (!hasOpened) {
          hasOpened = true;
          this.#pause.reset();
          this.#setOnline(true);
        }
        if (typeof data === "string" && data !== "") this.#take(readActivities(JSON.parse(data)));
      };
    });
  }

  /** Without a stream: what came since, asked for every few seconds until that fails too. */
  async #poll(): Promise<void> {
    for (;;) {
      const answer = await this.call(`/activities?watermark=${this.#watermark}`);
      if (!answer.ok) return;
      this.#setOnline(true);
      this.#take(readActivities(await answer.json()));
      if (await this.#pause.for(pollMs)) return;
    }
  }

  #take({ activities, watermark }: ActivitySet): void {
    if (watermark !== undefined) this.#watermark = watermark;
    this.#events.onActivities(activities);
  }

  #setOnline(isOnline: boolean): void {
    this.#online = isOnline;
    this.#events.onOnline(isOnline);
  }
}
