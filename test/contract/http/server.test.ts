import { afterEach, describe, expect, it } from "@jest/globals";
import { connect } from "node:net";
import WebSocket from "ws";
import { KumustaError } from "../../../src/basics/errors.ts";
import type { ClientSocket, HttpRequest, Route, SocketRoute } from "../../../src/channels/http-port.ts";
import { createHttpServer, type HttpServer, type HttpServerOptions } from "../../../src/http/server.ts";
import { waitUntil } from "../../wait-until.ts";

const host = "127.0.0.1";

describe("the web server", () => {
  const servers: HttpServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  const serve = async (routes: readonly Route[], more: Partial<HttpServerOptions> = {}) => {
    const faults: unknown[] = [];
    const server = createHttpServer({
      routes,
      socketRoutes: [],
      onFault: (thrown) => faults.push(thrown),
      ...more,
    });
    servers.push(server);
    const { port } = await server.listen(0, host);
    return { server, port, faults, url: `http://${host}:${String(port)}` };
  };
  const route = (more: Partial<Route> = {}): Route => ({
    method: "POST",
    path: "/echo/:name",
    bodyLimit: 1_000,
    handle: ({ body, params, query, id, remoteAddress }: HttpRequest) => ({
      status: 200,
      body: { body: body.toString(), params, query: Object.fromEntries(query), id, remoteAddress },
    }),
    ...more,
  });

  it("gives the handler the raw body, decoded parameters, the query and the peer", async () => {
    const { url } = await serve([route()]);
    const answer = await fetch(`${url}/echo/a%20b?c=%26d`, { method: "POST", body: " {raw} " });
    expect(await answer.json()).toMatchObject({
      body: " {raw} ",
      params: { name: "a b" },
      query: { c: "&d" },
      remoteAddress: host,
    });
  });

  it("keeps a request's id and makes one where there is none, each its own", async () => {
    const { url } = await serve([route()]);
    const given = await fetch(`${url}/echo/x`, { method: "POST", headers: { "X-Request-Id": "abc-1" } });
    const spoiled = await fetch(`${url}/echo/x`, { method: "POST", headers: { "X-Request-Id": "a b<c>" } });
    const none = await fetch(`${url}/echo/x`, { method: "POST" });
    const ids = [given, spoiled, none].map(({ headers }) => headers.get("x-request-id"));
    expect(ids[0]).toBe("abc-1");
    expect(new Set([...ids, "a b<c>"]).size).toBe(4);
  });

  it("answers an error of the catalogue in its form, with Retry-After where waiting helps", async () => {
    const handle = () => {
      throw new KumustaError("engine.busy", [], { retryAfterSeconds: 1.2 });
    };
    const { url, faults } = await serve([route({ handle, cors: { origins: "any" } })]);
    const answer = await fetch(`${url}/echo/x`, { method: "POST" });
    expect([
      answer.status,
      answer.headers.get("retry-after"),
      answer.headers.get("access-control-allow-origin"),
    ]).toEqual([503, "2", "*"]);
    expect(await answer.json()).toEqual({
      error: { code: "engine.busy", message: expect.stringContaining("waiting") },
    });
    expect(faults).toEqual([]);
  });

  it.each([
    ["a throw", new TypeError("password is hunter2")],
    ["a fault of ours", new KumustaError("content.invalid", ["/etc/secret"])],
  ])("tells nobody the particulars of %s, but the log", async (_, thrown) => {
    const { url, faults } = await serve([route({ handle: () => Promise.reject(thrown) })]);
    const answer = await fetch(`${url}/echo/x`, { method: "POST" });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/hunter2|secret/u);
    expect(faults).toEqual([thrown]);
  });

  it("answers unknown addresses with 404 and other methods with 405, in the form of all errors", async () => {
    const { url } = await serve([route()]);
    const [unknown, refused] = [await fetch(`${url}/nowhere`), await fetch(`${url}/echo/x`)];
    expect([unknown.status, refused.status, refused.headers.get("allow")]).toEqual([404, 405, "POST"]);
    expect(await unknown.json()).toEqual({ error: { code: "route.unknown", message: expect.any(String) } });
    expect(await refused.json()).toEqual({ error: { code: "method.refused", message: expect.any(String) } });
  });

  it("answers HEAD where it answers GET, without the body", async () => {
    const { url } = await serve([
      route({ method: "GET", path: "/page", handle: () => ({ status: 200, body: "hello" }) }),
    ]);
    const answer = await fetch(`${url}/page`, { method: "HEAD" });
    expect([answer.status, answer.headers.get("content-length"), await answer.text()]).toEqual([
      200,
      "5",
      "",
    ]);
  });

  it("reads no more of a body than the route takes, and asks the route before it reads", async () => {
    const admit = ({ headers }: Omit<HttpRequest, "body">) => {
      if (headers["authorization"] === undefined) throw new KumustaError("auth.missing");
    };
    const { url } = await serve([route({ admit })]);
    const send = (size: number, headers = {}) =>
      fetch(`${url}/echo/x`, { method: "POST", body: "x".repeat(size), headers });
    expect((await send(1_000, { Authorization: "x" })).status).toBe(200);
    expect((await send(1_001, { Authorization: "x" })).status).toBe(413);
    expect((await send(5_000_000, { Authorization: "x" })).status).toBe(413);
    expect((await send(5_000_000)).status).toBe(401);
  });

  it("ends a connection that goes on sending what nobody wants", async () => {
    const { port } = await serve([route()]);
    const socket = connect(port, host);
    socket.on("error", () => undefined);
    socket.write("POST /echo/x HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n");
    const chunk = Buffer.alloc(1024 * 1024);
    const push = () => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on("drain", push);
    socket.resume();
    push();
    await waitUntil("the connection ended", () => socket.closed, 4_000);
  });

  it("ends a connection whose headers never end", async () => {
    const { port } = await serve([route()], {
      limits: { headersTimeoutMs: 100, requestTimeoutMs: 100, slowLookMs: 50 },
    });
    const received: Buffer[] = [];
    const socket = connect(port, host, () => socket.write("POST /echo/x HTTP/1.1\r\nHost: x\r\nX-A: "));
    socket.on("data", (chunk) => received.push(chunk));
    await waitUntil("the connection ended", () => socket.closed, 4_000);
    expect(Buffer.concat(received).toString()).toMatch(/^HTTP\/1\.1 408 /u);
  });

  it("says in one sentence that the port is taken", async () => {
    const { port } = await serve([route()]);
    const second = createHttpServer({ routes: [], socketRoutes: [], onFault: () => undefined });
    await expect(second.listen(port, host)).rejects.toMatchObject({
      code: "port.taken",
      details: [String(port)],
    });
    await second.close();
  });

  it("finishes what is in hand when it closes, and takes nothing more", async () => {
    let finish: () => void = () => undefined;
    let begun = false;
    const handle = () =>
      new Promise<{ status: number }>((resolve) => {
        begun = true;
        finish = () => resolve({ status: 200 });
      });
    const { server, url } = await serve([route({ handle })]);
    const inHand = fetch(`${url}/echo/x`, { method: "POST" });
    await waitUntil("the request began", () => begun);
    const closed = server.close();
    await expect(fetch(`${url}/echo/x`, { method: "POST" })).rejects.toThrow();
    finish();
    const answer = await inHand;
    expect([answer.status, answer.headers.get("connection")]).toEqual([200, "close"]);
    await closed;
  });

  it("cuts what does not finish within the grace", async () => {
    const { server, url } = await serve([route({ handle: () => new Promise(() => undefined) })], {
      limits: { closeGraceMs: 50 },
    });
    const inHand = fetch(`${url}/echo/x`, { method: "POST" }).catch(() => "cut");
    await waitUntil("the request began", () => server.requestsInHand > 0);
    await server.close();
    expect(await inHand).toBe("cut");
  });

  describe("WebSockets", () => {
    const echo: SocketRoute = {
      path: "/live/:name",
      accept: async ({ params }) => {
        if (params["name"] === "nobody") throw new KumustaError("auth.invalid");
        return (socket: ClientSocket) =>
          socket.onMessage((text) => socket.send(`${params["name"] ?? ""}: ${text}`));
      },
    };

    it("are opened where a route takes them and refused with its error elsewhere", async () => {
      const { port } = await serve([], { socketRoutes: [echo] });
      const socket = new WebSocket(`ws://${host}:${String(port)}/live/ana`);
      const heard: string[] = [];
      socket.on("message", (data: Buffer) => heard.push(data.toString()));
      socket.on("open", () => socket.send("hello"));
      await waitUntil("the echo came", () => heard.length > 0);
      expect(heard).toEqual(["ana: hello"]);
      socket.terminate();
      for (const [path, status] of [
        ["/live/nobody", 403],
        ["/live", 404],
        ["/live/%E0%A4%A", 404],
      ] as const) {
        const refused = new WebSocket(`ws://${host}:${String(port)}${path}`);
        let code: number | undefined;
        refused.on("unexpected-response", (request, answer) => {
          code = answer.statusCode;
          request.destroy();
        });
        refused.on("error", () => undefined);
        await waitUntil("it is refused", () => code !== undefined);
        expect(code).toBe(status);
      }
    });

    it("that are quiet hear an empty line now and then, and those that answer nothing are dropped", async () => {
      const { server, port } = await serve([], { socketRoutes: [echo], limits: { pingMs: 30 } });
      const address = `ws://${host}:${String(port)}/live/ana`;
      const alive = new WebSocket(address);
      const heard: string[] = [];
      alive.on("message", (data: Buffer) => heard.push(data.toString()));
      const dead = new WebSocket(address, { autoPong: false });
      let dropped = false;
      dead.on("close", () => {
        dropped = true;
      });
      await waitUntil("the dead one is dropped, the other hears", () => dropped && heard.length > 2);
      expect([[...new Set(heard)], alive.readyState, server.openSockets]).toEqual([[""], WebSocket.OPEN, 1]);
      alive.terminate();
    });

    it("are told with 1001 that the server goes away", async () => {
      const { server, port } = await serve([], { socketRoutes: [echo] });
      const socket = new WebSocket(`ws://${host}:${String(port)}/live/ana`);
      let code: number | undefined;
      socket.on("close", (given) => {
        code = given;
      });
      await waitUntil("it is open", () => server.openSockets === 1);
      await server.close();
      await waitUntil("it was told", () => code !== undefined);
      expect(code).toBe(1001);
    });

    it("that do not read are dropped before they fill the memory", async () => {
      let flood: (() => boolean) | undefined;
      const deaf: SocketRoute = {
        path: "/live",
        accept: async () => (socket: ClientSocket) => {
          let closed = false;
          socket.onClose(() => {
            closed = true;
          });
          flood = () => {
            if (!closed) socket.send("x".repeat(100_000));
            return closed;
          };
        },
      };
      const { port } = await serve([], { socketRoutes: [deaf] });
      const socket = connect(port, host, () => {
        socket.write(
          "GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        );
        socket.pause();
      });
      socket.on("error", () => undefined);
      await waitUntil("it was dropped", () => flood?.() === true, 4_000);
      socket.destroy();
    });
  });
});
