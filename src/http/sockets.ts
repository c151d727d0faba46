import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { KumustaError } from "../basics/errors.ts";
import type { ClientSocket, HttpResponse, SocketRoute } from "../channels/http-port.ts";
import { errorResponse, isForTheClient, openCors, type OnServerFault } from "./answer.ts";
import { IncomingRequest, type RequestOrigin } from "./incoming-request.ts";
import { matchPath } from "./match-path.ts";

/** The longest frame a client may send, bytes: ours send empty ones or a line. */
const longestFrame = 64 * 1024;
/** What may wait for a client that does not read, bytes, before it is dropped. */
const mostWaiting = 1024 * 1024;
/** Going away, RFC 6455 §7.4.1. */
const goingAway = 1001;

interface Options {
  readonly routes: readonly SocketRoute[];
  readonly origin: RequestOrigin;
  readonly onFault: OnServerFault;
  /** How often each socket is asked whether it lives, ms; silent until the next time, it is dropped. */
  readonly pingMs: number;
}

/** The one listener of upgrade requests: a WebSocket where a route takes it, else an answer and the end. */
export class Sockets {
  readonly #options: Options;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: longestFrame,
    perMessageDeflate: false,
    clientTracking: false,
  });
  readonly #open = new Set<WebSocket>();
  readonly #answered = new WeakSet<WebSocket>();
  readonly #heartbeat: NodeJS.Timeout;
  #closing = false;

  constructor(options: Options) {
    this.#options = options;
    this.#heartbeat = setInterval(() => {
      for (const socket of this.#open) this.#ping(socket);
    }, options.pingMs);
    this.#heartbeat.unref();
  }

  get count(): number {
    return this.#open.size;
  }

  #ping(socket: WebSocket): void {
    if (!this.#answered.delete(socket)) {
      socket.terminate();
      return;
    }
    socket.ping();
    // Browsers hide pings from the page: by this it knows that the line still stands (Direct Line's keep-alive).
    socket.send("");
  }

  async upgrade(message: IncomingMessage, connection: Duplex, head: Buffer): Promise<void> {
    connection.on("error", () => connection.destroy());
    try {
      if (this.#closing) throw new KumustaError("engine.stopping", [], { retryAfterSeconds: 5 });
      const begin = await this.#routed(message);
      if (connection.destroyed) return;
      this.#server.handleUpgrade(message, connection, head, (socket) => {
        begin(this.#adopt(socket));
      });
    } catch (thrown) {
      if (!isForTheClient(thrown)) this.#options.onFault(thrown, { requestId: "", route: "upgrade" });
      refuse(connection, errorResponse(thrown));
    }
  }

  async #routed(message: IncomingMessage) {
    const path = (message.url ?? "/").split("?", 1)[0] ?? "/";
    for (const route of this.#options.routes) {
      const params = matchPath(route.path, path);
      if (params === undefined) continue;
      if (message.headers.upgrade?.toLowerCase() !== "websocket")
        throw new KumustaError("request.malformed", ["only websocket upgrades"]);
      return route.accept(new IncomingRequest(message, params, this.#options.origin));
    }
    throw new KumustaError("route.unknown");
  }

  #adopt(socket: WebSocket): ClientSocket {
    this.#open.add(socket);
    this.#answered.add(socket);
    socket.on("pong", () => this.#answered.add(socket));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => this.#open.delete(socket));
    return {
      send: (text, onWritten) => {
        if (socket.bufferedAmount > mostWaiting) socket.terminate();
        socket.send(text, onWritten === undefined ? undefined : () => onWritten());
      },
      close: (code, reason) => socket.close(code, reason),
      get waitingBytes() {
        return socket.bufferedAmount;
      },
      onMessage: (listener) => {
        socket.on("message", (data, isBinary) => {
          // Any sign of life counts: some clients send text to keep the line and never answer a ping.
          this.#answered.add(socket);
          if (!isBinary && Buffer.isBuffer(data)) listener(data.toString("utf8"));
        });
      },
      onClose: (listener) => {
        socket.on("close", () => listener());
      },
    };
  }

  /** Says goodbye to every socket; `end` cuts those that don't answer. */
  close(): void {
    this.#closing = true;
    clearInterval(this.#heartbeat);
    for (const socket of this.#open) socket.close(goingAway, "the server is stopping");
  }

  end(): void {
    for (const socket of this.#open) socket.terminate();
  }
}

function refuse(connection: Duplex, { status, headers, body }: HttpResponse): void {
  const text = JSON.stringify(body);
  const lines = {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(text)),
    Connection: "close",
    ...openCors,
    ...headers,
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  connection.end(`HTTP/1.1 ${String(status)} Refused\r\n${head.join("")}\r\n${text}`, () =>
    connection.destroy(),
  );
}
