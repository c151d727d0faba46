import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { newId } from "../basics/ids.ts";
import type { HttpRequest } from "../channels/http-port.ts";
import { clientAddress } from "./client-address.ts";

type PlainHeaders = HttpRequest["headers"];

const noBody = Buffer.alloc(0);
const fineRequestId = /^[\w.:-]{1,64}$/u;

/** What one server knows of all its requests. */
export interface RequestOrigin {
  readonly trustedProxies: number;
  readonly nextId: () => string;
}

/** Ids of requests that bring none: unique by the server's own id, then counted (a random id each would cost 2 µs). */
export function requestOrigin(trustedProxies: number): RequestOrigin {
  const server = newId();
  let count = 0;
  return {
    trustedProxies,
    nextId: () => {
      count += 1;
      return `${server}.${count.toString(36)}`;
    },
  };
}

/** A request as channels see it. Everything that not every handler asks for is made when it is asked for. */
export class IncomingRequest implements HttpRequest {
  readonly id: string;
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: PlainHeaders;
  readonly remoteAddress: string;
  body: Buffer = noBody;
  readonly #url: string;
  #query: URLSearchParams | undefined;

  constructor(
    message: IncomingMessage,
    params: Readonly<Record<string, string>>,
    { trustedProxies, nextId }: RequestOrigin,
  ) {
    const { headers } = message;
    const given = headers["x-request-id"];
    this.id = typeof given === "string" && fineRequestId.test(given) ? given : nextId();
    this.method = message.method ?? "GET";
    this.params = params;
    this.headers = singleValued(headers) ? headers : withoutLists(headers);
    this.#url = message.url ?? "/";
    this.remoteAddress = clientAddress(
      message.socket.remoteAddress,
      this.headers["x-forwarded-for"],
      trustedProxies,
    );
  }

  get path(): string {
    const end = this.#url.indexOf("?");
    return end < 0 ? this.#url : this.#url.slice(0, end);
  }

  get rawQuery(): string {
    const start = this.#url.indexOf("?");
    return start < 0 ? "" : this.#url.slice(start + 1);
  }

  get query(): URLSearchParams {
    this.#query ??= new URLSearchParams(this.rawQuery);
    return this.#query;
  }
}

/** Node gives a list for `set-cookie` alone, which no client sends. */
function singleValued(headers: IncomingHttpHeaders): headers is IncomingHttpHeaders & PlainHeaders {
  return headers["set-cookie"] === undefined;
}

function withoutLists(headers: IncomingHttpHeaders): PlainHeaders {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}
