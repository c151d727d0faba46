import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { Signer } from "../../src/channels/webchat/signer.ts";
import { waitUntil } from "../wait-until.ts";
import { call, CustomerCalls, read } from "./call.ts";
import { generateToken } from "./direct-line-client.ts";
import { directLineSecret, startProgram, temporaryFolder, type Program } from "./program.ts";
import { StreamClient } from "./stream-client.ts";

describe("the Direct Line API", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  let base: string;
  const streams: StreamClient[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    program = await startProgram(folder.path);
    base = `${program.url}/v3/directline`;
  });
  afterEach(() => {
    for (const stream of streams.splice(0)) stream.end();
  });
  afterAll(async () => {
    await program.stop();
    await folder.remove();
  });

  const listen = (streamUrl: string) => {
    const stream = new StreamClient(streamUrl);
    streams.push(stream);
    return stream;
  };
  const newCustomer = async (user?: { id: string; name?: string }) =>
    new CustomerCalls(program.url, await generateToken(program.url, user));

  describe("tokens and conversations", () => {
    it("gives the holder of the secret a token for a conversation of its own", async () => {
      const answer = await call(`${base}/tokens/generate`, {
        method: "POST",
        token: directLineSecret,
        body: { user: { id: "dl_ana" } },
      });
      expect(answer.status).toBe(200);
      expect(read.token(answer).expires_in).toBe(1_800);
    });

    it("starts with 201 and finds with 200, the same conversation each time", async () => {
      const { token, conversationId } = await generateToken(program.url);
      const first = await call(`${base}/conversations`, { method: "POST", token, body: { user: {} } });
      const second = await call(`${base}/conversations`, { method: "POST", token });
      expect([first.status, second.status]).toEqual([201, 200]);
      expect([read.conversation(first).conversationId, read.conversation(second).conversationId]).toEqual([
        conversationId,
        conversationId,
      ]);
    });

    it("starts another conversation at each call with the secret", async () => {
      const start = () =>
        call(`${base}/conversations`, {
          method: "POST",
          token: directLineSecret,
          body: { user: { id: "ana" } },
        });
      const [one, other] = [await start(), await start()];
      expect(one.status).toBe(201);
      expect(read.conversation(one).conversationId).not.toBe(read.conversation(other).conversationId);
    });

    it("refreshes a token, and both are good until they expire", async () => {
      const customer = await newCustomer();
      const fresh = read.token(
        await call(`${base}/tokens/refresh`, { method: "POST", token: customer.token }),
      );
      expect(fresh.conversationId).toBe(customer.conversation);
      const answer = await new CustomerCalls(program.url, fresh).say("hello");
      expect(answer.status).toBe(200);
      expect((await customer.say("hello")).status).toBe(200);
    });

    it("gives the id of a session for sign-in cards", async () => {
      const answer = await call(`${base}/session/getsessionid`, {
        headers: { Origin: "https://shop.example" },
      });
      expect(answer.body).toEqual({ sessionId: expect.any(String) });
      expect(answer.headers.get("access-control-allow-origin")).toBe("https://shop.example");
      expect(answer.headers.get("access-control-allow-credentials")).toBe("true");
    });
  });

  describe("who may do what", () => {
    const everyCall = (id: string) => [
      { path: "/tokens/refresh", method: "POST" as const },
      { path: "/tokens/generate", method: "POST" as const },
      { path: "/conversations", method: "POST" as const },
      { path: `/conversations/${id}`, method: "GET" as const },
      { path: `/conversations/${id}/activities`, method: "GET" as const },
      { path: `/conversations/${id}/activities`, method: "POST" as const },
      { path: `/conversations/${id}/upload`, method: "POST" as const },
    ];
    const codesOf = async (id: string, headers: Record<string, string>) => {
      const answers = await Promise.all(
        everyCall(id).map(({ path, method }) =>
          call(base + path, { method, headers, ...(method === "POST" ? { body: {} } : {}) }),
        ),
      );
      for (const answer of answers) expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      return [...new Set(answers.map((answer) => `${String(answer.status)} ${read.errorCode(answer)}`))];
    };

    it("answers 401 without a credential, with CORS headers", async () => {
      const { conversation } = await newCustomer();
      expect(await codesOf(conversation, {})).toEqual(["401 auth.missing"]);
      expect(await codesOf(conversation, { Authorization: "Basic YTpi" })).toEqual(["401 auth.missing"]);
    });

    it("answers 403 to a forged one, with CORS headers", async () => {
      const customer = await newCustomer();
      const [payload = "", signature = ""] = customer.token.split(".");
      const flipped = `${payload}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
      for (const forged of [
        "nonsense",
        "a.b",
        "a.b.c",
        flipped,
        `${payload}.`,
        `${customer.token}=`,
        `${directLineSecret}x`,
      ]) {
        expect(await codesOf(customer.conversation, { Authorization: `Bearer ${forged}` })).toEqual([
          "403 auth.invalid",
        ]);
      }
    });

    it("answers 403 TokenExpired to one that was good half an hour ago", async () => {
      const halfAnHourAgo = { now: () => Date.now() - 1_801_000, elapsed: () => 0 };
      const { conversation } = await newCustomer();
      const token = new Signer(directLineSecret, "direct line token", halfAnHourAgo).issue(
        { conversation, user: "dl_ana" },
        1_800,
      );
      expect(await codesOf(conversation, { Authorization: `Bearer ${token}` })).toEqual(["403 TokenExpired"]);
    });

    it("makes a stolen conversation id useless without its token", async () => {
      const victim = await newCustomer();
      await victim.say("my number is 0917 000 0000");
      const thief = await newCustomer();
      const stolen = new CustomerCalls(program.url, {
        conversationId: victim.conversation,
        token: thief.token,
      });
      const tries = [
        await stolen.say("hello"),
        await call(`${base}/conversations/${victim.conversation}/activities`, { token: thief.token }),
      ];
      tries.push(
        await call(`${base}/conversations/${victim.conversation}`, { token: thief.token }),
        await stolen.upload(new FormData()),
      );
      expect(tries.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
      const { streamUrl } = await thief.reconnect();
      const stream = listen(streamUrl.replace(thief.conversation, victim.conversation));
      await waitUntil("the stream is refused", () => stream.refused === 403);
    });

    it("answers 404 to the secret for a conversation that nobody began", async () => {
      const answers = [
        await call(`${base}/conversations/unknown`, { token: directLineSecret }),
        await call(`${base}/conversations/%00/activities`, { token: directLineSecret }),
      ];
      expect(answers.map((answer) => `${String(answer.status)} ${read.errorCode(answer)}`)).toEqual([
        "404 conversation.unknown",
        "404 conversation.unknown",
      ]);
    });

    it("takes the user from the token, whatever the activity claims", async () => {
      const customer = await newCustomer({ id: "dl_ana", name: "Ana" });
      await customer.post({
        type: "message",
        text: "hello",
        from: { id: "dl_somebody", name: "Somebody", role: "bot" },
      });
      const { activities } = await customer.history();
      expect(activities[0]?.from).toEqual({ id: "dl_ana", name: "Ana", role: "user" });
    });

    it("lets nobody without a token claim an id that begins with dl_", async () => {
      const { conversationId } = read.conversation(
        await call(`${base}/conversations`, { method: "POST", token: directLineSecret }),
      );
      const bySecret = new CustomerCalls(program.url, { conversationId, token: directLineSecret });
      expect((await bySecret.post({ type: "message", text: "hello", from: { id: "dl_ana" } })).status).toBe(
        400,
      );
      expect((await bySecret.post({ type: "message", text: "hello", from: { id: "ana" } })).status).toBe(200);
      expect((await bySecret.history()).activities[0]?.from.id).toBe("ana");
    });

    it("lets every page ask, by a preflight that needs no credential", async () => {
      const answer = await call(`${base}/conversations/any/activities`, {
        method: "OPTIONS",
        headers: {
          Origin: "https://shop.example",
          "Access-Control-Request-Method": "POST",
          "Access-Control-Request-Headers": "authorization,content-type,x-ms-bot-agent,x-requested-with",
        },
      });
      expect(answer.status).toBe(204);
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      expect(answer.headers.get("access-control-allow-methods")).toContain("POST");
      for (const name of ["authorization", "content-type", "x-ms-bot-agent", "x-requested-with", "accept"]) {
        expect(answer.headers.get("access-control-allow-headers")).toContain(name);
      }
      expect(answer.headers.get("access-control-expose-headers")).toContain("Retry-After");
    });
  });

  describe("activities", () => {
    it("makes one activity of a message posted three times at once, and gives the same id each time", async () => {
      const customer = await newCustomer();
      const answers = await Promise.all([1, 2, 3].map(() => customer.say("where is my order", "same")));
      const ids = answers.map(read.id);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(new Set(ids).size).toBe(1);
      const { activities } = await customer.history();
      expect(activities.filter(({ from }) => from.role === "user").map(({ id }) => id)).toEqual([ids[0]]);
    });

    it("keeps the ids of two conversations apart", async () => {
      const [one, other] = [await newCustomer(), await newCustomer()];
      expect(read.id(await one.say("hello", "same"))).not.toBe(read.id(await other.say("hello", "same")));
    });

    it("is not fooled by an id that looks like one of our own", async () => {
      const customer = await newCustomer();
      expect((await customer.say("hello", "timer:promise:1")).status).toBe(200);
      expect((await customer.say("hello", "action:1")).status).toBe(200);
    });

    it("gives the whole history without a watermark, and what came after with one", async () => {
      const customer = await newCustomer();
      for (const text of ["hello", "how can i pay"]) await customer.say(text);
      await waitUntil("both were answered", async () => (await customer.history()).activities.length >= 4);
      const all = await customer.history();
      expect(all.watermark).toBe(String(all.activities.length));
      const [, ...rest] = all.activities;
      expect((await customer.history("1")).activities).toEqual(rest);
      expect(await customer.history(all.watermark)).toEqual({ activities: [], watermark: all.watermark });
      expect((await customer.history("")).activities).toEqual(all.activities);
      // After a restored backup a client may know a later position than we do.
      expect(await customer.history("99999")).toEqual({ activities: [], watermark: all.watermark });
    });

    it("takes a tap for what the button says, shown as the words on it", async () => {
      const customer = await newCustomer();
      await customer.post({
        type: "message",
        text: "Payment",
        value: "intent:payment.methods",
        channelData: { clientActivityID: "tap", postBack: true },
      });
      await waitUntil("it was answered", async () => (await customer.history()).activities.length >= 2);
      const tapped = await customer.history();
      const typed = await newCustomer();
      await typed.post({ type: "message", text: "intent:payment.methods", channelData: { postBack: true } });
      await waitUntil("it was answered", async () => (await typed.history()).activities.length >= 2);
      // Two customers may hear two wordings of one script.
      for (const { activities } of [tapped, await typed.history()])
        expect(activities[1]?.text).toMatch(/GCash/u);
      expect(tapped.activities[0]).toMatchObject({
        text: "Payment",
        channelData: { clientActivityID: "tap", postBack: true },
      });
    });

    it("answers typing with an id and keeps none of it", async () => {
      const customer = await newCustomer();
      expect(read.id(await customer.post({ type: "typing" }))).toContain("|");
      expect((await customer.history()).activities).toEqual([]);
    });

    it("echoes events, which clients wait for", async () => {
      const customer = await newCustomer();
      const id = read.id(
        await customer.post({
          type: "event",
          name: "webchat/join",
          value: { language: "en" },
          channelData: { clientActivityID: "event-1" },
        }),
      );
      expect((await customer.history()).activities[0]).toMatchObject({
        id,
        type: "event",
        name: "webchat/join",
        channelData: { clientActivityID: "event-1" },
      });
    });
  });

  it("slows down a flood in one conversation while twenty customers behind the same address get through", async () => {
    const flooder = await newCustomer();
    const flood = Array.from({ length: 100 }, (_, n) => flooder.say(`zzqx ${String(n)}`));
    const customers = await Promise.all(Array.from({ length: 20 }, async () => newCustomer()));
    const others = await Promise.all(customers.map((customer) => customer.say("hello")));
    expect(others.map(({ status }) => status)).toEqual(others.map(() => 200));
    const answers = await Promise.all(flood);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(answers.every(({ status }) => status === 200 || status === 429)).toBe(true);
  });
});
