import { z } from "zod";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON, else text. */
  readonly body: unknown;
}

export interface CallOptions {
  readonly method?: "GET" | "POST" | "OPTIONS" | "PUT" | "HEAD";
  readonly token?: string;
  /** Sent as JSON unless it is text, bytes or a form. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One HTTP request; whatever the status, an answer. */
export async function call(
  url: string,
  { method = "GET", token, body, headers }: CallOptions = {},
): Promise<Answer> {
  const isRaw = typeof body === "string" || body instanceof FormData || body instanceof Uint8Array;
  const answer = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined || body instanceof FormData ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get("content-type")?.startsWith("application/json") === true;
  return {
    status: answer.status,
    headers: answer.headers,
    body: isJson && text !== "" ? JSON.parse(text) : text,
  };
}

const conversation = z.object({
  conversationId: z.string(),
  token: z.string(),
  expires_in: z.number(),
  streamUrl: z.string(),
});
const session = z.object({
  conversationId: z.string(),
  token: z.string(),
  expires_in: z.number(),
  resume: z.string(),
  userId: z.string(),
});
const tokenAnswer = z.object({ conversationId: z.string(), token: z.string(), expires_in: z.number() });
const activity = z.looseObject({
  type: z.string(),
  id: z.string(),
  from: z.looseObject({ id: z.string(), role: z.string() }),
  text: z.string().optional(),
  channelData: z.unknown().optional(),
  attachments: z
    .array(
      z.looseObject({
        contentType: z.string(),
        contentUrl: z.string().optional(),
        name: z.string().optional(),
      }),
    )
    .optional(),
});
const activitySet = z.object({ activities: z.array(activity), watermark: z.string() });
const error = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

export type WireActivity = z.infer<typeof activity>;

/** Reads an answer as what the API promises; fails the test when it is anything else. */
export const read = {
  conversation: ({ body }: Answer) => conversation.parse(body),
  session: ({ body }: Answer) => session.parse(body),
  token: ({ body }: Answer) => tokenAnswer.parse(body),
  activities: ({ body }: Answer) => activitySet.parse(body),
  id: ({ body }: Answer) => z.object({ id: z.string() }).parse(body).id,
  errorCode: ({ body }: Answer) => error.parse(body).error.code,
};

/** The calls of one customer's conversation. */
export class CustomerCalls {
  readonly #base: string;
  readonly conversation: string;
  readonly token: string;

  constructor(url: string, { conversationId, token }: { conversationId: string; token: string }) {
    this.#base = `${url}/v3/directline/conversations/${conversationId}`;
    this.conversation = conversationId;
    this.token = token;
  }

  post(activity: unknown): Promise<Answer> {
    return call(`${this.#base}/activities`, { method: "POST", token: this.token, body: activity });
  }

  say(text: string, clientActivityID?: string): Promise<Answer> {
    return this.post({
      type: "message",
      text,
      ...(clientActivityID === undefined ? {} : { channelData: { clientActivityID } }),
    });
  }

  upload(body: FormData | Uint8Array, headers?: Readonly<Record<string, string>>): Promise<Answer> {
    return call(`${this.#base}/upload?userId=whoever`, {
      method: "POST",
      token: this.token,
      body,
      ...(headers === undefined ? {} : { headers }),
    });
  }

  async history(watermark?: string): Promise<{ activities: readonly WireActivity[]; watermark: string }> {
    return read.activities(
      await call(`${this.#base}/activities${watermark === undefined ? "" : `?watermark=${watermark}`}`, {
        token: this.token,
      }),
    );
  }

  /** Asks for a stream, from after a position or from now on. */
  async reconnect(watermark = ""): Promise<z.infer<typeof conversation>> {
    return read.conversation(await call(`${this.#base}?watermark=${watermark}`, { token: this.token }));
  }
}
