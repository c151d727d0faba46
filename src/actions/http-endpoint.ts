import { KumustaError, reasonOf } from "../basics/errors.ts";
import { HttpPool, type HttpAnswer } from "../basics/http-pool.ts";
import { readBounded } from "../basics/read-bounded.ts";
import { longestAnswer, type Endpoint, type EndpointAnswer } from "./endpoint-actions.ts";

/** Connections kept open to the business. */
const connections = 16;
/** How long the business may take to be reached, ms; the whole try is bounded by who asks. */
const connectMs = 5_000;

/** The business's address, and how to let go of it. */
export interface HttpEndpoint {
  readonly post: Endpoint;
  close(): Promise<void>;
}

/** Posts to one address over connections that stay open. Follows no redirect. */
export function httpEndpoint(address: string): HttpEndpoint {
  const url = new URL(address);
  const pool = new HttpPool(url.origin, { connections, connect: { timeout: connectMs } });
  return {
    post: async ({ headers, body }, signal) => {
      try {
        const response = await pool.request({
          method: "POST",
          path: `${url.pathname}${url.search}`,
          headers: { ...headers },
          body,
          signal,
        });
        return await answerOf(response);
      } catch (thrown) {
        if (thrown instanceof KumustaError) throw thrown;
        throw new KumustaError("action.unavailable", [causeOf(thrown)], { cause: thrown });
      }
    },
    close: () => pool.close(),
  };
}

async function answerOf({ statusCode, headers, body }: HttpAnswer): Promise<EndpointAnswer> {
  const retryAfter = headers["retry-after"];
  const { text, whole } = await readBounded(body, longestAnswer);
  if (!whole) throw new KumustaError("action.answer", ["it is too long"]);
  return {
    status: statusCode,
    retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter,
    body: text,
  };
}

/** Codes only where there are any: a message may hold the address, and an address a secret. */
function causeOf(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown ? String(thrown.code) : reasonOf(thrown);
}
