import { createServer, request as forward, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";

/** What the proxy does instead of passing a request on. */
export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer is replaced, but the request itself reached the server. */
  readonly afterwards?: true;
}

export interface FaultProxy {
  readonly url: string;
  /** Method, path and authorization of every request so far. */
  readonly seen: readonly {
    readonly method: string;
    readonly path: string;
    readonly authorization: string;
  }[];
  /** Sets what goes wrong from now on; none: everything passes. */
  fail(...faults: readonly Fault[]): void;
  /** Cuts every open WebSocket, as a network does. Returns how many there were. */
  cut(): number;
  /** Lets nothing more through the open WebSockets and leaves them open, as a network does that is gone. */
  hold(): number;
  stop(): Promise<void>;
}

/** Stands between a client and the server and breaks what a test wants broken, so that the product needs no switch for it. */
export async function startFaultProxy(target: () => number): Promise<FaultProxy> {
  const seen: { method: string; path: string; authorization: string }[] = [];
  const tunnels = new Set<Socket>();
  const onwards = new Set<Socket>();
  let faults: readonly Fault[] = [];

  const refuse = (to: ServerResponse, { status, headers }: Fault) => {
    to.writeHead(status, { "Content-Type": "application/json", ...headers });
    to.end(JSON.stringify({ error: { code: "BrokenByTest", message: "broken by the test" } }));
  };
  const server = createServer((from: IncomingMessage, to: ServerResponse) => {
    const { method = "", url = "", headers } = from;
    seen.push({ method, path: url, authorization: headers.authorization ?? "" });
    const fault = faults.find((one) => one.method === method && one.path.test(url));
    if (fault !== undefined && fault.afterwards === undefined) {
      from.resume();
      refuse(to, fault);
      return;
    }
    const onward = forward(
      { port: target(), host: "127.0.0.1", method, path: url, headers, agent: false },
      (answer) => {
        if (fault !== undefined) {
          answer.resume();
          refuse(to, fault);
          return;
        }
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
      },
    );
    onward.on("error", () => to.destroy());
    from.pipe(onward);
  });
  server.on("upgrade", (from: IncomingMessage, socket: Socket, head: Buffer) => {
    seen.push({ method: "UPGRADE", path: from.url ?? "", authorization: "" });
    const onward = connect(target(), "127.0.0.1", () => {
      const lines = from.rawHeaders.flatMap((name, index, all) =>
        index % 2 === 0 ? [`${name}: ${all[index + 1] ?? ""}`] : [],
      );
      onward.write(`GET ${from.url ?? ""} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    tunnels.add(socket);
    onwards.add(onward);
    const end = () => {
      tunnels.delete(socket);
      onwards.delete(onward);
      socket.destroy();
      onward.destroy();
    };
    for (const side of [socket, onward]) side.on("error", end).on("close", end);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const cut = () => {
    const count = tunnels.size;
    for (const socket of tunnels) socket.destroy();
    return count;
  };
  return {
    url: `http://127.0.0.1:${String(port)}`,
    seen,
    fail: (...next) => {
      faults = next;
    },
    cut,
    hold: () => {
      for (const socket of tunnels) socket.unpipe().pause();
      for (const socket of onwards) socket.unpipe().pause();
      return tunnels.size;
    },
    stop: async () => {
      cut();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
