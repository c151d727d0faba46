import { type IncomingMessage, type ServerResponse } from "node:http";
import restify from "restify";
import { KumustaError } from "../basics/errors.ts";
import type { HttpResponse, Route, SocketRoute } from "../channels/http-port.ts";
import {
  corsHeaders,
  errorResponse,
  isForTheClient,
  openCors,
  preflightHeaders,
  send,
  type OnServerFault,
} from "./answer.ts";
import { IncomingRequest, requestOrigin } from "./incoming-request.ts";
import { BodyReader, discard } from "./read-body.ts";
import { Sockets } from "./sockets.ts";

export interface HttpServerOptions {
  readonly routes: readonly Route[];
  readonly socketRoutes: readonly SocketRoute[];
  /** How many proxies of the operator stand in front; see `clientAddress`. */
  readonly trustedProxies?: number;
  readonly onFault: OnServerFault;
  readonly limits?: Partial<HttpLimits>;
}

export interface HttpLimits {
  /** Time for all headers, and for the whole request, to arrive, ms: a slow sender must not hold a connection. */
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  /** How often slow senders are looked for, ms. */
  readonly slowLookMs: number;
  readonly keepAliveMs: number;
  /** How often WebSockets are asked whether they live, ms. Our widget takes a line for dead after two and a half times that. */
  readonly pingMs: number;
  /** How long `close` waits for requests in flight, ms. */
  readonly closeGraceMs: number;
}

export interface HttpServer {
  /** @throws KumustaError `port.taken` */
  listen(port: number, host?: string): Promise<{ readonly port: number }>;
  /** Stops accepting, closes WebSockets with 1001, waits for requests in flight within the grace. */
  close(): Promise<void>;
  readonly openSockets: number;
  /** Requests read or handled right now. */
  readonly requestsInHand: number;
}

const defaultLimits: HttpLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  slowLookMs: 2_000,
  keepAliveMs: 65_000,
  pingMs: 30_000,
  closeGraceMs: 4_000,
};

/** Of restify (its server API, `first`), and missing in its types: called before restify does anything for a request; false ends its part. */
declare module "restify" {
  interface Server {
    first(handler: (request: IncomingMessage, response: ServerResponse) => boolean): Server;
  }
}

/** restify logs what it handles itself; we log by one way only. */
const preflightCache = { "Cache-Control": "no-store" };

/** Host names and addresses with their port. What has another form is for restify to parse, and for us to refuse. */
const plainHost = /^[\w.-]+(?::\d{1,5})?$/u;
const noParams: Readonly<Record<string, string>> = {};

/**
 * The web server: restify routes, without its plug-ins. The message path runs through here, so each request costs
 * one read, one handler and one write. An address without parameters, as webhooks have, is found before restify parses
 * it and runs its chain of handlers, which is a fifth of what a request costs that does nothing.
 */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const limits = { ...defaultLimits, ...options.limits };
  const origin = requestOrigin(options.trustedProxies ?? 0);
  const { onFault } = options;
  const server = restify.createServer({ name: "" });
  const web = server.server;
  const bodies = new BodyReader();
  const sockets = new Sockets({ routes: options.socketRoutes, origin, onFault, pingMs: limits.pingMs });
  let closing = false;
  let inHand = 0;

  web.headersTimeout = limits.headersTimeoutMs;
  web.requestTimeout = limits.requestTimeoutMs;
  web.keepAliveTimeout = limits.keepAliveMs;
  // How often Node looks for slow connections: an option of http.createServer, which restify calls without any.
  Object.assign(web, { connectionsCheckingInterval: limits.slowLookMs });
  // restify listens to upgrades and lets unmatched ones hang: ours is the only listener.
  web.removeAllListeners("upgrade");
  // restify passes the web server's errors on to its own listeners, and without one they end the process. Those of
  // listening are answered below.
  server.on("error", (thrown: unknown) => {
    if (web.listening) onFault(thrown, { requestId: "", route: "web server" });
  });
  web.on("upgrade", (message: IncomingMessage, connection, head) => {
    void sockets.upgrade(message, connection, head);
  });

  const answer = (
    message: IncomingMessage,
    to: ServerResponse,
    request: IncomingRequest,
    response: HttpResponse,
    cors: Readonly<Record<string, string>>,
  ) => {
    send(to, response, { requestId: request.id, cors, last: closing, bare: message.method === "HEAD" });
  };

  const handle = async (
    route: Route,
    message: IncomingMessage,
    to: ServerResponse,
    params: Readonly<Record<string, string>>,
    next: () => void,
  ) => {
    inHand += 1;
    const request = new IncomingRequest(message, params, origin);
    const cors = corsHeaders(route.cors, request);
    try {
      route.admit?.(request);
      const body = await bodies.read(message, route.bodyLimit);
      if (body === undefined) return;
      request.body = body;
      answer(message, to, request, await route.handle(request), cors);
    } catch (thrown) {
      if (!isForTheClient(thrown))
        onFault(thrown, { requestId: request.id, route: `${route.method} ${route.path}` });
      answer(message, to, request, errorResponse(thrown), cors);
      if (!message.readableEnded) discard(message);
    } finally {
      inHand -= 1;
      next();
    }
  };

  const byAddress = new Map<string, Map<string, Route>>();
  server.first((message, to) => {
    const route = byAddress.get(message.method ?? "")?.get(message.url ?? "");
    if (route === undefined || !plainHost.test(message.headers.host ?? "")) return true;
    void handle(route, message, to, noParams, nothing);
    return false;
  });

  // restify parses the address with the Host header and throws on nonsense, which would end the process.
  server.pre((request, response, next) => {
    try {
      request.getUrl();
      next();
    } catch {
      const incoming = new IncomingRequest(request, {}, origin);
      answer(
        request,
        response,
        incoming,
        errorResponse(new KumustaError("request.malformed", ["the address or the Host header"])),
        openCors,
      );
      discard(request);
      next(false);
    }
  });
  server.on(
    "restifyError",
    (message: IncomingMessage, to: ServerResponse, thrown: { statusCode?: number }) => {
      const request = new IncomingRequest(message, {}, origin);
      if (thrown.statusCode === 404 || thrown.statusCode === 405) {
        answer(
          message,
          to,
          request,
          errorResponse(new KumustaError(thrown.statusCode === 404 ? "route.unknown" : "method.refused")),
          openCors,
        );
      } else {
        onFault(thrown, { requestId: request.id, route: "restify" });
        answer(message, to, request, errorResponse(thrown), openCors);
      }
      discard(message);
    },
  );

  const preflighted = new Set<string>();
  for (const route of options.routes) {
    const run: restify.RequestHandler = (request, response, next) => {
      void handle(route, request, response, paramsOf(request), next);
    };
    if (!route.path.includes(":")) {
      const ofMethod = byAddress.get(route.method) ?? new Map<string, Route>();
      byAddress.set(route.method, ofMethod.set(route.path, route));
    }
    if (route.method === "GET") {
      server.get(route.path, run);
      server.head(route.path, run);
    } else if (route.method === "POST") server.post(route.path, run);
    else server.del(route.path, run);
    if (route.cors === undefined || preflighted.has(route.path)) continue;
    preflighted.add(route.path);
    server.opts(route.path, (message, response, next) => {
      const request = new IncomingRequest(message, {}, origin);
      answer(
        message,
        response,
        request,
        { status: 204, headers: { ...preflightHeaders, ...preflightCache } },
        corsHeaders(route.cors, request),
      );
      next();
    });
  }

  return {
    get requestsInHand() {
      return inHand;
    },
    get openSockets() {
      return sockets.count;
    },
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        const failed = (thrown: NodeJS.ErrnoException) => {
          reject(
            thrown.code === "EADDRINUSE"
              ? new KumustaError("port.taken", [String(port)], { cause: thrown })
              : thrown,
          );
        };
        web.once("error", failed);
        web.listen(port, host, () => {
          web.off("error", failed);
          const address = web.address();
          resolve({ port: typeof address === "object" && address !== null ? address.port : port });
        });
      }),
    close: async () => {
      closing = true;
      sockets.close();
      const ended = new Promise<void>((resolve) => {
        web.close(() => {
          resolve();
        });
      });
      const tooLong = setTimeout(() => {
        sockets.end();
        web.closeAllConnections();
      }, limits.closeGraceMs);
      await ended;
      clearTimeout(tooLong);
    },
  };
}

function nothing(): void {
  // Only restify's chain has something to go on with.
}

/** What restify found in the address, decoded. */
function paramsOf({ params }: { readonly params?: unknown }): Record<string, string> {
  const found: Record<string, string> = {};
  if (typeof params !== "object" || params === null) return found;
  for (const [name, value] of Object.entries(params)) if (typeof value === "string") found[name] = value;
  return found;
}
