import type { ServerResponse } from "node:http";
import { KumustaError } from "../basics/errors.ts";
import type { Cors, HttpRequest, HttpResponse } from "../channels/http-port.ts";
import { errorBody } from "../channels/refusal.ts";

/** Called with what is not the client's fault: its cause goes to the log, never into an answer. */
export type OnServerFault = (
  thrown: unknown,
  about: { readonly requestId: string; readonly route: string },
) => void;

export const openCors: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "Retry-After, X-Request-Id",
};
const noCors: Readonly<Record<string, string>> = {};
const jsonHeaders = { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" };

/** Headers that let a page read the answer, if this page may. */
export function corsHeaders(
  cors: Cors | undefined,
  request: Pick<HttpRequest, "headers">,
): Readonly<Record<string, string>> {
  if (cors === undefined) return noCors;
  if (cors.origins === "any" && cors.credentials !== true) return openCors;
  const { origin, host = "" } = request.headers;
  if (origin === undefined || (cors.origins !== "any" && !cors.origins(origin, host)))
    return { Vary: "Origin" };
  return {
    ...openCors,
    "Access-Control-Allow-Origin": origin,
    Vary: "Origin",
    ...(cors.credentials === true ? { "Access-Control-Allow-Credentials": "true" } : {}),
  };
}

/** What a browser asks before it sends a request with headers of its own. */
export const preflightHeaders: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
  "Access-Control-Allow-Headers":
    "authorization, content-type, accept, x-ms-bot-agent, x-requested-with, x-request-id",
  "Access-Control-Max-Age": "600",
};

/** The answer to anything thrown. */
export function errorResponse(thrown: unknown): HttpResponse {
  if (!isForTheClient(thrown)) return { status: 500, body: errorBody("internal") };
  const { retryAfterSeconds } = thrown;
  return {
    status: thrown.status,
    body: errorBody(thrown.code, thrown),
    ...(retryAfterSeconds === undefined
      ? {}
      : { headers: { "Retry-After": String(Math.max(1, Math.ceil(retryAfterSeconds))) } }),
  };
}

/** Faults of the server that carry status 500 keep their particulars to themselves. */
export function isForTheClient(thrown: unknown): thrown is KumustaError {
  return thrown instanceof KumustaError && thrown.status !== 500;
}

/** Writes the whole answer at once. `last` closes the connection after it. */
export function send(
  to: ServerResponse,
  response: HttpResponse,
  about: {
    readonly requestId: string;
    readonly cors: Readonly<Record<string, string>>;
    readonly last: boolean;
    readonly bare: boolean;
  },
): void {
  if (to.headersSent || to.destroyed) return;
  const { body } = response;
  const isJson = typeof body === "object" && !Buffer.isBuffer(body);
  const bytes = body === undefined ? "" : isJson ? JSON.stringify(body) : body;
  const headers: Record<string, string | number> = {
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": about.requestId,
  };
  if (isJson) Object.assign(headers, jsonHeaders);
  if (about.cors !== noCors) Object.assign(headers, about.cors);
  if (response.headers !== undefined) Object.assign(headers, response.headers);
  if (about.last) headers["Connection"] = "close";
  if (response.status !== 204 && response.status !== 304)
    headers["Content-Length"] = Buffer.byteLength(bytes);
  to.writeHead(response.status, headers);
  to.end(about.bare ? undefined : bytes);
}
