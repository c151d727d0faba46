import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { isMethod, methods } from "./bot-api.ts";
import { Updates, type Hook } from "./updates.ts";

/** One call of ours, as Telegram saw it. */
export interface SeenCall {
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Answers the next matching call otherwise than usual; undefined leaves it to the next rule. */
export type Fault = (call: SeenCall) =>
  | {
      readonly status: number;
      readonly description: string;
      readonly retryAfter?: number;
      readonly after?: boolean;
    }
  /** `silence`: no answer ever. `break`: the connection breaks after the call was read. */
  | "silence"
  | "break"
  | undefined;

export interface TelegramEmulator {
  readonly url: string;
  readonly token: string;
  readonly calls: readonly SeenCall[];
  /** What we did that Telegram does not allow; a test expects none. */
  readonly breaches: readonly string[];
  readonly updates: Updates;
  /** The webhook that is set now. */
  hook(): Hook | undefined;
  fault: Fault;
  blocked: Set<string>;
  /** Milliseconds before each answer. */
  latency: () => number;
  close(): Promise<void>;
}

const token = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

/** Telegram's Bot API on loopback: checks every call, holds updates until they are confirmed, delivers to the webhook. */
export async function startTelegram(port = 0): Promise<TelegramEmulator> {
  const calls: SeenCall[] = [];
  const breaches: string[] = [];
  const updates = new Updates(breaches);
  const open = new Set<ServerResponse>();
  const state = {
    fault: (): undefined => undefined,
    blocked: new Set<string>(),
    latency: () => 0,
  };
  const server = createServer((request, response) => {
    open.add(response);
    response.once("close", () => open.delete(response));
    void handle(request, response);
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const [, bot = "", method = ""] = (request.url ?? "").split("/");
    const refuse = (status: number, description: string, retryAfter?: number) => {
      answer(response, status, {
        ok: false,
        error_code: status,
        description,
        ...(retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }),
      });
    };
    if (bot !== `bot${token}`) {
      refuse(401, "Unauthorized");
      return;
    }
    if (!isMethod(method)) {
      breaches.push(`unknown method ${method}`);
      refuse(404, "Not Found");
      return;
    }
    const parsed = methods[method].safeParse(readJson(Buffer.concat(chunks).toString() || "{}"));
    if (!parsed.success) {
      breaches.push(`${method}: ${parsed.error.message}`);
      refuse(400, `Bad Request: ${parsed.error.issues[0]?.message ?? ""}`);
      return;
    }
    const payload: Readonly<Record<string, unknown>> = { ...parsed.data };
    const call = { method, payload };
    const fault = emulator.fault(call);
    if (fault === "silence") return;
    if (fault === "break") {
      response.destroy();
      return;
    }
    const wait = method === "getUpdates" ? 0 : emulator.latency();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    if (fault !== undefined) {
      refuse(fault.status, fault.description, fault.retryAfter);
      return;
    }
    const chat = typeof payload["chat_id"] === "string" ? payload["chat_id"] : "";
    if (method.startsWith("send") && emulator.blocked.has(chat)) {
      refuse(403, "Forbidden: bot was blocked by the user");
      return;
    }
    if (method.startsWith("send") && !updates.started(chat)) {
      breaches.push(`${method} to ${chat}, who never wrote to the bot`);
      refuse(400, "Bad Request: chat not found");
      return;
    }
    calls.push(call);
    await perform(method, payload, response, refuse);
  }

  async function perform(
    method: string,
    payload: Readonly<Record<string, unknown>>,
    response: ServerResponse,
    refuse: (status: number, description: string) => void,
  ): Promise<void> {
    const done = (result: unknown) => {
      answer(response, 200, { ok: true, result });
    };
    if (method === "setWebhook") {
      updates.hook = { url: String(payload["url"]), secret: String(payload["secret_token"]) };
      done(true);
    } else if (method === "deleteWebhook") {
      updates.hook = undefined;
      done(true);
    } else if (method === "getUpdates") {
      if (updates.hook !== undefined)
        refuse(409, "Conflict: can't use getUpdates method while webhook is active");
      else done(await updates.from(Number(payload["offset"]), response));
    } else if (method === "answerCallbackQuery") {
      if (!updates.answered(String(payload["callback_query_id"])))
        refuse(400, "Bad Request: query is too old and response timeout expired or query ID is invalid");
      else done(true);
    } else if (method.startsWith("send") && method !== "sendChatAction")
      done({ message_id: updates.nextMessageId() });
    else done(true);
  }

  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const emulator: TelegramEmulator = {
    url: `http://127.0.0.1:${String(typeof address === "object" ? (address?.port ?? 0) : 0)}`,
    token,
    calls,
    breaches,
    updates,
    hook: () => updates.hook,
    ...state,
    close: async () => {
      updates.close();
      for (const response of open) response.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return emulator;
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
