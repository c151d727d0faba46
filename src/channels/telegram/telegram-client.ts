import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { reasonOf } from "../../basics/errors.ts";
import type { TelegramSettings } from "./settings.ts";

/** What the Bot API answered, or why nobody knows. */
export type TelegramAnswer =
  | { readonly type: "done"; readonly result: unknown }
  | {
      readonly type: "refused";
      readonly code: number;
      readonly description: string;
      /** Seconds that Telegram wants us to wait. */
      readonly retryAfter?: number | undefined;
    }
  /** Nothing reached Telegram. */
  | { readonly type: "unsent"; readonly reason: string }
  /** It may have arrived. */
  | { readonly type: "unclear"; readonly reason: string };

export interface TelegramClient {
  call(method: string, payload: object, options?: CallOptions): Promise<TelegramAnswer>;
  close(): void;
}

export interface CallOptions {
  readonly timeoutMs?: number;
  /** Gives up at once. */
  readonly signal?: AbortSignal;
}

interface Refusal {
  readonly code: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after?: number } | undefined;
}

/** How long Telegram may take to answer, ms. */
const patienceMs = 10_000;
const beforeSending: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
]);

/**
 * telegraf's door. Only its client is used: its own update handling acknowledges before anything is stored
 * (it ends the response in `finally`), and its `webhookReply` would send answers whose fate nobody learns.
 */
export function openTelegramClient({ token, apiUrl }: TelegramSettings): TelegramClient {
  const options = { keepAlive: true, maxSockets: 64 };
  const agent = apiUrl.startsWith("https:") ? new HttpsAgent(options) : new HttpAgent(options);
  // Loaded when the channel is on and first used: who has no token does not pay for it.
  const loading = import("telegraf").then(({ Telegram, TelegramError }) => {
    const client = new Telegram(token, { apiRoot: apiUrl, agent, webhookReply: false });
    return { callApi: client.callApi.bind(client), TelegramError };
  });
  return {
    call: async (method, payload, { timeoutMs = patienceMs, signal } = {}) => {
      const { callApi, TelegramError } = await loading;
      const patience = AbortSignal.timeout(timeoutMs);
      try {
        const heard = signal === undefined ? patience : AbortSignal.any([patience, signal]);
        // By reflection: telegraf's types want the signal of a package that Node's own replaced.
        const result: unknown = await Reflect.apply(callApi, undefined, [method, payload, { signal: heard }]);
        return { type: "done", result };
      } catch (thrown) {
        return thrown instanceof TelegramError ? refused(thrown) : broken(thrown, token);
      }
    },
    close: () => {
      agent.destroy();
    },
  };
}

function refused({ code, description, parameters }: Refusal): TelegramAnswer {
  return { type: "refused", code, description, retryAfter: parameters?.retry_after };
}

function broken(thrown: unknown, token: string): TelegramAnswer {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  // The address of a call holds the token.
  const reason = code === "" ? reasonOf(thrown).replaceAll(token, "[token]") : code;
  return { type: beforeSending.has(code) ? "unsent" : "unclear", reason };
}
