import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { sendCall, type SendCall, type SentMessage } from "./send-rules.ts";
import { WebhookSender } from "./webhook-sender.ts";

/** A refusal as the Graph API words it. */
export interface GraphError {
  readonly status: number;
  readonly code: number;
  readonly subcode?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One message that reached a customer. */
export interface Delivered {
  readonly page: string;
  /** The customer, or the comment that was answered. */
  readonly to: string;
  readonly mid: string;
  readonly message: SentMessage;
  readonly tag: string | undefined;
  readonly at: number;
}

/** What Meta's side does with one call of ours before anything else. */
export type Mood = (call: {
  readonly path: string;
  readonly body: unknown;
  /** Counts calls of the Send API that carry a message, from 1. */
  readonly n: number;
}) => GraphError | "hangUp" | undefined | Promise<GraphError | "hangUp" | undefined>;

export interface EmulatorOptions {
  readonly appId: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  /** Tokens by page. */
  readonly pages: Readonly<Record<string, string>>;
  readonly port?: number;
  /** Wall clock of Meta's servers, epoch ms. */
  readonly now?: () => number;
  /** Where events go; may be set later. */
  readonly webhook?: string;
  /** Echoes of what we send: none, after the call returned, or before. */
  readonly echoes?: "none" | "after" | "before";
}

const hourMs = 3_600_000;
const deadTags: ReadonlySet<string> = new Set([
  "CONFIRMED_EVENT_UPDATE",
  "POST_PURCHASE_UPDATE",
  "ACCOUNT_UPDATE",
]);
const control = z.strictObject({
  recipient: z.strictObject({ id: z.string() }),
  target_app_id: z.string().optional(),
  metadata: z.string().max(1_000).optional(),
});

/**
 * Meta's side of Messenger: the Graph API and the sender of webhooks. It verifies everything that is sent to it;
 * what breaks a rule stands in `breaches`, and is refused as Meta would.
 */
export class GraphEmulator extends WebhookSender {
  readonly breaches: string[] = [];
  readonly delivered: Delivered[] = [];
  /** Calls that were no messages: path and body. */
  readonly calls: { readonly method: string; readonly path: string; readonly body: unknown }[] = [];
  readonly #options: EmulatorOptions;
  readonly #server: Server;
  readonly #comments = new Map<string, { readonly at: number; answered: boolean }>();
  readonly #owners = new Map<string, string>();
  readonly blocked = new Set<string>();
  readonly revoked = new Set<string>();
  readonly profiles = new Map<string, object>();
  mood: Mood = () => undefined;
  echoes: "none" | "after" | "before";
  #sends = 0;
  #mids = 0;
  #url = "";

  static async start(options: EmulatorOptions): Promise<GraphEmulator> {
    const emulator = new GraphEmulator(options);
    await new Promise<void>((resolve) => emulator.#server.listen(options.port ?? 0, "127.0.0.1", resolve));
    const address = emulator.#server.address();
    emulator.#url = `http://127.0.0.1:${String(typeof address === "object" ? address?.port : 0)}`;
    return emulator;
  }

  private constructor(options: EmulatorOptions) {
    super(options.appSecret, options.now ?? Date.now, options.webhook);
    this.#options = options;
    this.echoes = options.echoes ?? "none";
    for (const page of Object.keys(options.pages))
      this.subscribed.set(page, ["messages", "messaging_postbacks", "message_echoes"]);
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  /** What MESSENGER_API_URL is set to. */
  get url(): string {
    return this.#url;
  }

  /** Texts that reached a customer, in order. */
  textsTo(to: string): string[] {
    return this.delivered.flatMap((one) => (one.to === to ? [one.message.text ?? ""] : []));
  }

  /** A comment under a post of the page, as an event of `changes`. */
  commented(page: string, commentId: string, from: string, text: string): object {
    this.#comments.set(commentId, { at: this.#now(), answered: false });
    return {
      field: "feed",
      value: {
        item: "comment",
        verb: "add",
        comment_id: commentId,
        post_id: `${page}_1`,
        message: text,
        from: { id: from, name: "Customer" },
        created_time: Math.floor(this.#now() / 1_000),
      },
    };
  }

  /** Someone else has the thread now. */
  giveTo(page: string, customer: string, appId: string): void {
    this.#owners.set(`${page}/${customer}`, appId);
  }

  /** Who has the thread: the id of an app. */
  ownerOf(page: string, customer: string): string {
    return this.#owners.get(`${page}/${customer}`) ?? this.#options.appId;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  // ── what we send ──

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const url = new URL(request.url ?? "/", this.#url);
    const text = Buffer.concat(chunks).toString();
    const answer = await this.#answer(request, url, text);
    if (answer === "hangUp") {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, {
      "content-type": "application/json; charset=UTF-8",
      ...answer.headers,
    });
    response.end(JSON.stringify(answer.body));
  }

  async #answer(
    request: IncomingMessage,
    url: URL,
    text: string,
  ): Promise<{ status: number; body: unknown; headers?: Readonly<Record<string, string>> } | "hangUp"> {
    const refuse = (error: GraphError) => ({
      status: error.status,
      headers: error.headers ?? {},
      body: {
        error: {
          message: "Isang error (localised)",
          type: "OAuthException",
          code: error.code,
          ...(error.subcode === undefined ? {} : { error_subcode: error.subcode }),
          fbtrace_id: "Atrace",
        },
      },
    });
    const [, version = "", node = "", edge = ""] = url.pathname.split("/");
    if (!/^v\d+\.\d+$/u.test(version)) this.breaches.push(`no version in ${url.pathname}`);
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    if (request.method === "POST" && request.headers["content-type"]?.startsWith("application/json") !== true)
      this.breaches.push("a POST without content-type application/json");
    const isMessage = edge === "messages" && typeof body === "object" && body !== null && "message" in body;
    if (isMessage) this.#sends += 1;
    const mood = await this.mood({ path: url.pathname, body, n: this.#sends });
    if (mood === "hangUp") return mood;
    if (mood !== undefined) return refuse(mood);
    if (node === "debug_token") return { status: 200, body: this.#debugToken(url) };
    const page = node === "me" ? this.#pageOf(url.searchParams.get("access_token") ?? "") : node;
    const refusal = this.#credentialFault(url, page);
    if (refusal !== undefined) return refuse(refusal);
    if (edge === "messages") return this.#send(page, body, refuse);
    this.calls.push({ method: request.method ?? "", path: url.pathname, body });
    return this.#other(request.method ?? "GET", page, edge, url, body, refuse);
  }

  #pageOf(token: string): string {
    return Object.entries(this.#options.pages).find(([, known]) => known === token)?.[0] ?? "";
  }

  #credentialFault(url: URL, page: string): GraphError | undefined {
    const token = url.searchParams.get("access_token") ?? "";
    const proof = createHmac("sha256", this.#options.appSecret).update(token).digest("hex");
    if (url.searchParams.get("appsecret_proof") !== proof) {
      this.breaches.push(`a wrong or missing appsecret_proof at ${url.pathname}`);
      return { status: 400, code: 100 };
    }
    if (this.revoked.has(page)) return { status: 401, code: 190, subcode: 460 };
    if (this.#options.pages[page] !== token) {
      this.breaches.push(`the token of another page at ${url.pathname}`);
      return { status: 401, code: 190 };
    }
    return undefined;
  }

  async #send(
    page: string,
    given: unknown,
    refuse: (error: GraphError) => { status: number; body: unknown },
  ): Promise<{ status: number; body: unknown }> {
    const read = sendCall.safeParse(given);
    if (!read.success) {
      this.breaches.push(`a call that breaks the rules: ${z.prettifyError(read.error)}`);
      return refuse({ status: 400, code: 100 });
    }
    const call = read.data;
    if ("sender_action" in call) {
      this.calls.push({ method: "POST", path: "sender_action", body: call });
      return { status: 200, body: { recipient_id: call.recipient.id } };
    }
    const error = this.#lawFault(page, call);
    if (error !== undefined) return refuse(error);
    const comment = "comment_id" in call.recipient ? call.recipient.comment_id : undefined;
    const to = "id" in call.recipient ? call.recipient.id : call.recipient.comment_id;
    this.#mids += 1;
    const mid = `m_emulated-${String(this.#mids)}`;
    const echo = () =>
      this.post(
        [
          {
            sender: { id: page },
            recipient: { id: to },
            timestamp: this.#now(),
            message: { is_echo: true, app_id: Number(this.#options.appId), mid, ...call.message },
          },
        ],
        page,
      );
    if (this.echoes === "before") await echo();
    this.delivered.push({ page, to, mid, message: call.message, tag: call.tag, at: this.#now() });
    if (comment !== undefined) {
      const known = this.#comments.get(comment);
      if (known !== undefined) known.answered = true;
    }
    if (this.echoes === "after") void pause(5).then(echo);
    return { status: 200, body: { recipient_id: to, message_id: mid } };
  }

  /** Windows, tags, blocks, ownership: what is law, not form. */
  #lawFault(page: string, call: Extract<SendCall, { message: unknown }>): GraphError | undefined {
    if ("comment_id" in call.recipient) {
      const comment = this.#comments.get(call.recipient.comment_id);
      if (comment === undefined) return { status: 400, code: 100 };
      if (comment.answered || this.#now() - comment.at > 7 * 24 * hourMs) {
        this.breaches.push("a comment was answered twice, or too late");
        return { status: 400, code: 10_900 };
      }
      return undefined;
    }
    const customer = call.recipient.id;
    if (this.blocked.has(customer)) return { status: 400, code: 551, subcode: 1_545_041 };
    if (this.ownerOf(page, customer) !== this.#options.appId)
      return { status: 403, code: 10, subcode: 2_018_300 };
    const silentMs = this.silentMs(page, customer);
    if (call.messaging_type === "MESSAGE_TAG") {
      if (call.tag === undefined || deadTags.has(call.tag)) {
        this.breaches.push(`a dead tag: ${String(call.tag)}`);
        return { status: 400, code: 100 };
      }
      if (call.tag === "HUMAN_AGENT" && silentMs <= 7 * 24 * hourMs) return undefined;
    } else if (silentMs <= 24 * hourMs) return undefined;
    this.breaches.push("a message outside of the window");
    return { status: 403, code: 10, subcode: 2_018_278 };
  }

  #other(
    method: string,
    page: string,
    edge: string,
    url: URL,
    body: unknown,
    refuse: (error: GraphError) => { status: number; body: unknown },
  ): { status: number; body: unknown } {
    switch (edge) {
      case "":
        return { status: 200, body: { id: page, name: "Tindahan" } };
      case "subscribed_apps": {
        if (method === "POST") {
          this.subscribed.set(page, (url.searchParams.get("subscribed_fields") ?? "").split(","));
          return { status: 200, body: { success: true } };
        }
        const fields = this.subscribed.get(page);
        return {
          status: 200,
          body: {
            data:
              fields === undefined
                ? []
                : [{ id: this.#options.appId, name: "Kumusta", subscribed_fields: fields }],
          },
        };
      }
      case "messenger_profile":
        if (typeof body === "object" && body !== null) this.profiles.set(page, body);
        return { status: 200, body: { result: "success" } };
      case "pass_thread_control":
      case "take_thread_control":
      case "release_thread_control": {
        const read = control.safeParse(body);
        if (!read.success) {
          this.breaches.push(`${edge}: ${z.prettifyError(read.error)}`);
          return refuse({ status: 400, code: 100 });
        }
        const owner = edge === "pass_thread_control" ? read.data.target_app_id : this.#options.appId;
        this.#owners.set(`${page}/${read.data.recipient.id}`, owner ?? this.#options.appId);
        return { status: 200, body: { success: true } };
      }
      default:
        this.breaches.push(`an unknown call: ${method} ${url.pathname}`);
        return refuse({ status: 404, code: 100 });
    }
  }

  #debugToken(url: URL): unknown {
    const page = this.#pageOf(url.searchParams.get("input_token") ?? "");
    return {
      data: {
        app_id: this.#options.appId,
        is_valid: page !== "" && !this.revoked.has(page),
        scopes: ["pages_messaging", "pages_manage_metadata", "pages_show_list"],
      },
    };
  }
}
