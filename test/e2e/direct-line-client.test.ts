import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { createServer } from "node:http";
import { ConnectionStatus } from "botframework-directlinejs";
import { z } from "zod";
import { CustomerCalls } from "./call.ts";
import { generateToken, installBrowserGlobals, OfficialClient } from "./direct-line-client.ts";
import { startFaultProxy, type FaultProxy } from "./fault-proxy.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";

/** The client waits 3 to 15 s before it reconnects; chance is a parameter of its constructor. */
const soon = () => 0;
const reconnectMs = 12_000;
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe("the official client, botframework-directlinejs 0.15.8", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  let proxy: FaultProxy;
  let removeBrowserGlobals: () => void;
  const clients: OfficialClient[] = [];

  beforeAll(async () => {
    removeBrowserGlobals = installBrowserGlobals();
    // It tells its life on the console.
    jest.spyOn(console, "log").mockImplementation(() => undefined);
    folder = await temporaryFolder();
    program = await startProgram(folder.path);
    proxy = await startFaultProxy(() => program.port);
  });
  afterEach(() => {
    proxy.fail();
    for (const client of clients.splice(0)) client.end();
  });
  afterAll(async () => {
    await proxy.stop();
    await program.stop();
    await folder.remove();
    removeBrowserGlobals();
  });

  const connect = (options: ConstructorParameters<typeof OfficialClient>[0]) => {
    const client = new OfficialClient({
      domain: `${proxy.url}/v3/directline`,
      random: soon,
      timeout: 1_000,
      ...options,
    });
    clients.push(client);
    return client;
  };
  const customer = async (options: Partial<ConstructorParameters<typeof OfficialClient>[0]> = {}) => {
    const { token, conversationId } = await generateToken(proxy.url, { id: "dl_customer", name: "Ana" });
    const client = connect({ token, ...options });
    return { client, token, conversationId };
  };

  /** Cuts the client's stream once it is open: being online begins a little earlier. */
  const cut = (client: OfficialClient) => client.until("a stream was cut", () => proxy.cut() > 0);

  it("starts, posts, and gets its own words back and our answer to them", async () => {
    const { client } = await customer();
    await client.online();
    const posted = await client.say("where is my order", "happy-1");
    await client.until("the bot answered", () => client.texts("bot").length > 0);
    const [echo, reply] = client.activities.filter(({ type }) => type === "message");
    expect(posted).toEqual({ id: echo?.id });
    expect(echo).toMatchObject({
      text: "where is my order",
      from: { id: "dl_customer", name: "Ana", role: "user" },
      channelData: { clientActivityID: "happy-1", kept: { as: ["it", "is"] } },
    });
    expect(reply).toMatchObject({ from: { role: "bot" }, replyToId: echo?.id, textFormat: "plain" });
    expect(client.errors).toEqual([]);
  });

  it("sees the bot typing while it waits for the rest of a burst", async () => {
    const slowFolder = await temporaryFolder();
    const slow = await startProgram(slowFolder.path, { BURST_QUIET_MS: "900" });
    try {
      const { token } = await generateToken(slow.url);
      const client = connect({ domain: `${slow.url}/v3/directline`, token });
      // What passes is no history: whoever is to see it must have their stream open, which an answer shows.
      await client.say("hello", "typing-1");
      await client.until("the bot answered", () => client.texts("bot").length === 1);
      const before = client.activities.length;
      await client.say("where is my order", "typing-2");
      await client.until("the bot answered again", () => client.texts("bot").length > 1);
      const types = client.activities.slice(before).map(({ type, from }) => `${from.role ?? ""} ${type}`);
      expect(types.indexOf("bot typing")).toBeGreaterThanOrEqual(0);
      expect(types.indexOf("bot typing")).toBeLessThan(types.indexOf("bot message"));
    } finally {
      for (const client of clients.splice(0)) client.end();
      await slow.stop();
      await slowFolder.remove();
    }
  });

  it("works by polling alone", async () => {
    const { client } = await customer({ webSocket: false, pollingInterval: 200 });
    await client.say("where is my order", "polling-1");
    await client.until("the bot answered", () => client.texts("bot").length > 0);
    expect(client.texts("user")).toEqual(["where is my order"]);
  });

  it("finds after a cut connection all that was said meanwhile, each thing once", async () => {
    const { client, token, conversationId } = await customer();
    await client.online();
    await client.say("hello", "cut-1");
    await client.until("the bot answered", () => client.texts("bot").length > 0);
    await cut(client);
    await new CustomerCalls(program.url, { token, conversationId }).say("how can i pay", "cut-2");
    await client.until("it caught up", () => client.texts("bot").length > 1, reconnectMs);
    expect(client.texts("user")).toEqual(["hello", "how can i pay"]);
    const ids = client.activities.flatMap(({ type, id }) => (type === "message" ? [id] : []));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("goes on after the server was killed and started again, and a new page finds the history", async () => {
    const { client, token, conversationId } = await customer();
    await client.online();
    await client.say("hello", "restart-1");
    await client.until("the bot answered", () => client.texts("bot").length > 0);
    await program.kill();
    program = await startProgram(folder.path);
    await new CustomerCalls(program.url, { token, conversationId }).say("how can i pay", "restart-2");
    await client.until("it caught up", () => client.texts("bot").length > 1, reconnectMs);
    expect(client.texts("user")).toEqual(["hello", "how can i pay"]);

    const later = connect({ token, conversationId, watermark: "0" });
    await later.until("the history came", () => later.texts("bot").length > 1);
    expect(later.activities.map(({ id }) => id)).toEqual(
      client.activities.flatMap(({ type, id }) => (type === "message" ? [id] : [])),
    );
  });

  it("refreshes its token every quarter of an hour and talks on with the new one", async () => {
    // Its clockwork is setInterval alone; everything else keeps real time.
    jest.useFakeTimers({
      doNotFake: [
        "Date",
        "setTimeout",
        "clearTimeout",
        "setImmediate",
        "clearImmediate",
        "nextTick",
        "queueMicrotask",
        "performance",
      ],
    });
    const passing = (holds: () => boolean) => () => {
      jest.advanceTimersByTime(5);
      return holds();
    };
    try {
      const { client } = await customer({ timeout: 20_000 });
      await client.until(
        "the client is online",
        passing(() => client.status === ConnectionStatus.Online),
      );
      const calls = (path: RegExp) => proxy.seen.filter((one) => path.test(one.path));
      const refreshes = calls(/refresh$/u).length;
      jest.advanceTimersByTime(15 * 60_000);
      await client.until(
        "it refreshed",
        passing(() => calls(/refresh$/u).length > refreshes),
      );
      const old = calls(/refresh$/u).at(-1)?.authorization;
      let posted: unknown;
      await client.until(
        "a post went out with another token",
        passing(() => {
          if (posted === undefined || calls(/activities$/u).at(-1)?.authorization === old) {
            posted = client.say("hello", "refresh-1");
            return false;
          }
          return true;
        }),
      );
      expect(calls(/activities$/u).at(-1)?.authorization).toMatch(/^Bearer /u);
      await client.until(
        "the echo came",
        passing(() => client.texts("user").length > 0),
      );
      expect(client.texts("user")).toEqual(["hello"]);
    } finally {
      jest.useRealTimers();
    }
  });

  it("uploads a picture, and the address that comes back shows it to whoever has it", async () => {
    // In a browser the client reads a blob: address; here it reads a file of a server of our own.
    const files = createServer((_, to) => to.end(png));
    await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
    const address = files.address();
    try {
      const { client } = await customer();
      await client.online();
      const posted = await client.post({
        type: "message",
        text: "this came broken",
        from: { id: "whoever" },
        channelData: { clientActivityID: "upload-1" },
        attachments: [
          {
            contentType: "image/png",
            contentUrl: `http://127.0.0.1:${String(typeof address === "object" ? address?.port : 0)}/`,
            name: "broken.png",
          },
        ],
      });
      await client.until("the echo came", () => client.texts("user").length > 0);
      const echo = client.activities.find(({ type }) => type === "message");
      expect(posted).toEqual({ id: echo?.id });
      const sent = z
        .object({
          attachments: z.tuple([
            z.object({ contentType: z.literal("image/png"), name: z.string(), contentUrl: z.string() }),
          ]),
        })
        .parse(echo);
      const shown = await fetch(sent.attachments[0].contentUrl);
      expect(Buffer.from(await shown.arrayBuffer()).equals(png)).toBe(true);
    } finally {
      files.closeAllConnections();
      files.close();
    }
  });

  describe("when something is broken", () => {
    it.each([401, 403, 404, 500, 502])("gives up on a start that is answered %i", async (status) => {
      proxy.fail({ method: "POST", path: /\/conversations$/u, status });
      const { client } = await customer();
      await client.until("it gave up", () => client.status === ConnectionStatus.FailedToConnect);
      expect(client.errors).toHaveLength(1);
    });

    it("tries a start again that was answered 429", async () => {
      proxy.fail({ method: "POST", path: /\/conversations$/u, status: 429, headers: { "Retry-After": "1" } });
      const before = proxy.seen.length;
      const { client } = await customer({ timeout: 300 });
      await client.until("it was refused", () =>
        proxy.seen.slice(before).some(({ path }) => path.endsWith("/conversations")),
      );
      expect(client.status).toBe(ConnectionStatus.Connecting);
      proxy.fail();
      await client.online();
    });

    it.each([
      { status: 401, becomes: "an error" },
      { status: 403, becomes: "retry" },
      { status: 404, becomes: "an error" },
      { status: 429, becomes: "retry" },
      { status: 500, becomes: "retry" },
      { status: 502, becomes: "retry" },
    ])(
      "tells that a post was answered $status; sent again it is one message",
      async ({ status, becomes }) => {
        const { client, conversationId, token } = await customer();
        await client.online();
        proxy.fail({ method: "POST", path: /\/activities$/u, status, afterwards: true });
        const id = `broken-${String(status)}`;
        const first = await client.say("hello", id);
        expect("id" in first ? first.id : "an error").toBe(becomes);
        proxy.fail();
        // The message had reached us before the answer was lost: the same id brings the same activity.
        const calls = new CustomerCalls(program.url, { conversationId, token });
        await calls.say("hello", id);
        const { activities } = await calls.history();
        expect(activities.filter(({ from }) => from.role === "user")).toHaveLength(1);
      },
    );

    it.each([500, 502, 429])("reconnects after the reconnect was answered %i", async (status) => {
      const { client, conversationId, token } = await customer({ timeout: 300 });
      await client.online();
      await client.say("how can i pay", "before");
      await client.until("the bot answered", () => client.texts("bot").length > 0);
      proxy.fail({ method: "GET", path: /\/conversations\/[^/]+\?watermark=/u, status });
      const before = proxy.seen.length;
      await cut(client);
      await client.until(
        "it asked",
        () =>
          proxy.seen
            .slice(before)
            .some(({ method, path }) => method === "GET" && path.includes("watermark=")),
        reconnectMs,
      );
      proxy.fail();
      await new CustomerCalls(program.url, { conversationId, token }).say("hello", "back");
      await client.until("it is back", () => client.texts("user").length > 1, reconnectMs);
      expect(client.texts("user")).toEqual(["how can i pay", "hello"]);
    });

    it("says that the conversation ended when the reconnect is answered 404", async () => {
      const { client } = await customer({ timeout: 300 });
      await client.online();
      proxy.fail({ method: "GET", path: /\?watermark=/u, status: 404 });
      await cut(client);
      await client.until("it ended", () => client.errors.length > 0, reconnectMs);
    });

    it("shows an expired token when the reconnect is answered 403", async () => {
      const { client } = await customer({ timeout: 300 });
      await client.online();
      proxy.fail({ method: "GET", path: /\?watermark=/u, status: 403 });
      await cut(client);
      await client.until(
        "it expired",
        () => client.statuses.includes(ConnectionStatus.ExpiredToken),
        reconnectMs,
      );
    });
  });
});
