import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

/** A request as the business saw it. */
export interface Seen {
  readonly idempotencyKey: string;
  readonly body: {
    readonly action: string;
    readonly input: Readonly<Record<string, unknown>>;
    readonly contact: string;
    readonly verified: boolean;
    readonly conversation: string;
    readonly idempotencyKey: string;
  };
}

export type Answer = (response: ServerResponse, seen: Seen) => void;

const bodySchema = z.strictObject({
  action: z.string(),
  input: z.record(z.string(), z.unknown()),
  contact: z.string(),
  verified: z.boolean(),
  conversation: z.string(),
  idempotencyKey: z.string(),
});

/** A business's endpoint on a free loopback port. It trusts nothing: a request that is not signed gets 401. */
export class BusinessServer {
  readonly seen: Seen[] = [];
  /** Answers of the next requests, in order; the last one stays. */
  answers: Answer[] = [];
  readonly #secret: string;
  readonly #server = createServer((request, response) => void this.#handle(request, response));

  constructor(secret: string) {
    this.#secret = secret;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const { port } = z
      .object({ port: z.number() })
      .parse(this.#server.address() satisfies AddressInfo | string | null);
    return `http://127.0.0.1:${String(port)}/kumusta?shop=1`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += String(chunk);
    const timestamp = String(request.headers["kumusta-timestamp"]);
    const wanted = `v1=${createHmac("sha256", this.#secret).update(`${timestamp}.${body}`).digest("hex")}`;
    const signed = request.headers["kumusta-signature"] === wanted;
    const rightPlace = request.method === "POST" && request.url === "/kumusta?shop=1";
    if (!signed || !rightPlace) {
      response.writeHead(401);
      response.end();
      return;
    }
    const seen: Seen = {
      idempotencyKey: String(request.headers["idempotency-key"]),
      body: bodySchema.parse(JSON.parse(body)),
    };
    this.seen.push(seen);
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    answer?.(response, seen);
  }
}

export const gives =
  (fields: unknown): Answer =>
  (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(fields));
  };
export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(code, headers);
    response.end("{}");
  };
export const hangsUp: Answer = (response) => response.destroy();
/** Never answers. */
export const silent: Answer = () => undefined;
