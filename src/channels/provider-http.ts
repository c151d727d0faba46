import { reasonOf } from "../basics/errors.ts";
import { HttpPool, type HttpAnswer } from "../basics/http-pool.ts";
import { readBounded } from "../basics/read-bounded.ts";

export interface ProviderRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** With the query, beginning with a slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a provider answered, or why nobody knows. */
export type ProviderAnswer =
  | {
      readonly type: "answered";
      readonly status: number;
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string | undefined>>;
      readonly body: string;
    }
  /** Nothing reached the provider: it is safe to send again. */
  | { readonly type: "unsent"; readonly reason: string }
  /** It may have arrived: only the provider knows. */
  | { readonly type: "unclear"; readonly reason: string };

/** Connections kept open to one provider. */
const connections = 32;
/** How long a provider may take for a step of its answer, ms. */
const patienceMs = 10_000;
/** How long a whole call may take, ms, however steadily its answer drips: well within the lease of an outbox. */
const longestCallMs = 20_000;
/** Answers of providers are small; what is longer is not read further, bytes. */
const longestAnswer = 200_000;

/** Failures before a single byte of the request left this machine (Node's and undici's codes). */
const beforeSending: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EMFILE",
  "ENFILE",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * Whether a failing answer leaves open what became of the request: a gateway that gave up on what stands behind it
 * (RFC 9110 §15.6.3 and §15.6.5), or a 5xx without the provider's own words, which a proxy in front of it wrote.
 * @param explained the answer holds the provider's own error
 */
export function leavesOpen(status: number, explained: boolean): boolean {
  return status === 502 || status === 504 || (status >= 500 && !explained);
}

/** HTTP to one provider over connections that stay open. */
export class ProviderHttp {
  readonly #pool: HttpPool;
  readonly #prefix: string;
  readonly #longestCallMs: number;

  /**
   * @param base address of the provider's API, with a path in front of all of ours if it has one
   * @param longestMs how long a whole call may take, its answer included, ms
   */
  constructor(base: string, longestMs = longestCallMs) {
    this.#longestCallMs = longestMs;
    const url = new URL(base);
    this.#prefix = url.pathname.replace(/\/$/u, "");
    this.#pool = new HttpPool(url.origin, {
      connections,
      headersTimeout: patienceMs,
      bodyTimeout: patienceMs,
      connectTimeout: patienceMs,
    });
  }

  /** Never throws: what went wrong is part of the answer. Follows no redirect. */
  async send(request: ProviderRequest): Promise<ProviderAnswer> {
    const { method, path, headers, body } = request;
    const signal = AbortSignal.timeout(this.#longestCallMs);
    const whyOf = (thrown: unknown) => (signal.aborted ? "no whole answer in time" : causeOf(thrown));
    let response: HttpAnswer;
    try {
      response = await this.#pool.request({
        method,
        path: `${this.#prefix}${path}`,
        headers: { ...headers },
        body: body ?? null,
        signal,
      });
    } catch (thrown) {
      return { type: beforeSending.has(codeOf(thrown)) ? "unsent" : "unclear", reason: whyOf(thrown) };
    }
    const answered = {
      type: "answered" as const,
      status: response.statusCode,
      headers: plain(response.headers),
    };
    try {
      return { ...answered, body: (await readBounded(response.body, longestAnswer)).text };
    } catch (thrown) {
      // The status came: a failure is a failure without its explanation; a success may lack its id.
      return response.statusCode >= 400
        ? { ...answered, body: "" }
        : { type: "unclear", reason: whyOf(thrown) };
    }
  }

  /** Lets go of the connections at once: whoever stops waited for the sends in hand before. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
}

/** Codes only: a message of undici may hold the address, and an address a token. */
function causeOf(thrown: unknown): string {
  return codeOf(thrown) || reasonOf(thrown);
}

function plain(headers: HttpAnswer["headers"]): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}
