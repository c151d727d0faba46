import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import Sqlite from "better-sqlite3";
import { z } from "zod";
import { waitUntil } from "../wait-until.ts";
import { call, CustomerCalls, type Answer } from "./call.ts";
import { generateToken } from "./direct-line-client.ts";
import { launch, startProgram, temporaryFolder, type Program } from "./program.ts";
import { StreamClient } from "./stream-client.ts";

const summary = z.object({
  id: z.string(),
  ref: z.string(),
  status: z.string(),
  agent: z.string().nullable(),
  contact: z.string(),
});
const caseList = z.object({ cases: z.array(summary), next: z.string().nullable() });
const detail = z.object({
  case: summary,
  media: z.array(z.object({ contentType: z.string() })),
  history: z.array(z.object({ type: z.string(), key: z.string().nullable() })),
  transcript: z.array(z.object({ from: z.string(), name: z.string().nullable(), text: z.string() })),
});
const act = z.object({ key: z.string(), duplicate: z.boolean(), handled: z.boolean(), case: summary });
const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const codeOf = ({ body }: Answer) => refusal.parse(body).error.code;

describe("a customer who needs a person", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  let token = "";
  const streams: StreamClient[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    program = await startProgram(folder.path);
    token = readFileSync(join(folder.path, "admin-token"), "utf8").trim();
  });
  afterAll(async () => {
    for (const stream of streams) stream.end();
    await program.stop();
    await folder.remove();
  });

  /** A customer with an open stream, and what comes on it from the shop. */
  const visitor = async (id: string) => {
    const customer = new CustomerCalls(program.url, await generateToken(program.url, { id }));
    const stream = new StreamClient((await customer.reconnect("0")).streamUrl);
    streams.push(stream);
    const answers = async () =>
      (await customer.history()).activities.filter(
        ({ from, type }) => from.role === "bot" && type === "message",
      );
    return { customer, stream, answers };
  };
  const api = (path: string, options: Parameters<typeof call>[1] = {}) =>
    call(`${program.url}/api/cases${path}`, { token, ...options });
  const casesOf = async (contact: string, status = "all") =>
    caseList
      .parse((await api(`?status=${status}`)).body)
      .cases.filter((found) => found.contact.endsWith(contact));
  const caseOf = async (contact: string) => {
    await waitUntil("the case appears", async () => (await casesOf(contact)).length > 0);
    const [found] = await casesOf(contact);
    if (found === undefined) throw new Error("no case");
    return found;
  };
  /** The command line, as an agent types it. */
  const kumusta = async (...words: string[]) => {
    const command = [process.execPath, "bin/kumusta.js", "cases", ...words] as const;
    const run = launch(folder.path, { env: { PORT: String(program.port) }, command });
    const code = await run.ended;
    return { code, output: run.output() };
  };

  it("gets one by the command line, sees the words on the socket, and has the bot back afterwards", async () => {
    const { customer, stream, answers } = await visitor("dl_ana");
    await customer.say("where is my order");
    await stream.until("the bot answers", () => stream.texts.length >= 2);
    await customer.say("tao po");
    await stream.until("the handover is told", () =>
      stream.texts.some((text) =>
        /I've passed this to our Delivery team\. They reply .* (am|pm|noon)/u.test(text),
      ),
    );
    const { ref } = await caseOf("dl_ana");

    const listed = await kumusta("list", "--team", "delivery");
    expect(listed).toMatchObject({ code: 0 });
    expect(listed.output).toMatch(new RegExp(`${ref} +queued +delivery`, "u"));

    expect(await kumusta("assign", ref, "--as", "Maria")).toEqual({
      code: 0,
      output: `Case ${ref} is with Maria now.\n`,
    });
    await stream.until("the person is announced", () =>
      stream.texts.includes("Maria from our Delivery team is with you now."),
    );
    const heard = (await answers()).length;
    await customer.say("how much is shipping");
    await customer.post({
      type: "message",
      text: "Payment",
      value: "intent:payment.methods",
      channelData: { postBack: true },
    });
    await customer.post({
      type: "message",
      text: "",
      attachments: [
        { contentType: "image/png", contentUrl: "https://shop.example/receipt.png", name: "receipt.png" },
      ],
    });

    expect((await kumusta("reply", ref, "Your parcel is in Cebu.", "--as", "Maria")).code).toBe(0);
    await stream.until("the words arrive", () => stream.texts.includes("Your parcel is in Cebu."));
    // All that the customer sent before was taken up before the agent's words: the bot had its chance to speak.
    const said = (await answers()).slice(heard);
    expect(said.map(({ text, from }) => [from["name"], text])).toEqual([
      ["Maria", "Your parcel is in Cebu."],
    ]);

    const shown = await kumusta("show", ref);
    expect(shown.code).toBe(0);
    for (const line of [
      "customer: where is my order",
      "customer: how much is shipping",
      "Maria: Your parcel is in Cebu.",
      "receipt.png",
    ])
      expect(shown.output).toContain(line);

    expect((await kumusta("return", ref, "--as", "Maria")).output).toContain(
      "the customer has the bot again",
    );
    await stream.until("the customer hears so", () =>
      stream.texts.some((text) => text.startsWith("Maria has passed you back")),
    );
    await customer.say("how much is shipping");
    await stream.until("the bot answers again", () => stream.texts.some((text) => text.includes("₱85")));
    expect((await kumusta("close", ref, "--as", "Maria")).code).toBe(0);
    expect(await casesOf("dl_ana", "open")).toEqual([]);
  });

  it("is read in full by who answers, while log lines and the log of turns hold placeholders only", async () => {
    const { customer, stream } = await visitor("dl_faye");
    const [phone, email, order] = ["0917 123 4567", "faye@example.com", "TND-345672"];
    await customer.say(`where is my order ${order}`);
    await customer.say(`text me at ${phone} or ${email}`);
    await customer.say("agent");
    const { ref } = await caseOf("dl_faye");
    await kumusta("reply", ref, `Hi! I'll call ${phone}.`, "--as", "Maria");
    await stream.until("the words arrive", () => stream.texts.includes(`Hi! I'll call ${phone}.`));
    const shown = (await kumusta("show", ref)).output;
    for (const line of [order, `text me at ${phone} or ${email}`, `Maria: Hi! I'll call ${phone}.`])
      expect(shown).toContain(line);

    const database = new Sqlite(join(folder.path, "kumusta.db"), { readonly: true });
    const columns = ["turns.record", "conversations.state", "outbox.body", "cases.card", "case_events.body"];
    const kept = columns.map((name) => {
      const [table = "", column = ""] = name.split(".");
      return JSON.stringify(database.prepare(`select ${column} from ${table}`).all());
    });
    database.close();
    expect(kept.join("\n")).toContain("‹phone:1›");
    for (const value of [phone, email, "345672"]) {
      expect(kept.join("\n")).not.toContain(value);
      expect(program.output()).not.toContain(value);
    }
  });

  it("is served by an agent whose mistakes on the command line end in a sentence and an exit code", async () => {
    const { customer } = await visitor("dl_ben");
    await customer.say("agent");
    const { ref } = await caseOf("dl_ben");
    expect((await kumusta("assign", ref, "--as", "Maria")).code).toBe(0);
    const other = await kumusta("reply", ref, "Hi", "--as", "Jun");
    expect(other).toMatchObject({ code: 1 });
    expect(other.output).toContain("another agent has it");
    expect(await kumusta("show", "no-such-case")).toMatchObject({ code: 1 });
    expect(await kumusta("reply", ref)).toMatchObject({ code: 2 });
    expect(await kumusta("dance")).toMatchObject({ code: 2 });
    const nobody = await kumusta("list", "--url", "http://127.0.0.1:9");
    expect(nobody).toMatchObject({ code: 2 });
    expect(nobody.output).toContain("No running server answered");
    const help = await kumusta("--help");
    expect(help).toMatchObject({ code: 0 });
    expect(help.output).toContain("reply");
    const json = await kumusta("show", ref, "--json");
    expect(detail.parse(JSON.parse(json.output)).case.agent).toBe("Maria");
  });

  it("hears an agent once, however often the act is repeated", async () => {
    const { customer, answers } = await visitor("dl_cora");
    await customer.say("agent");
    const { id } = await caseOf("dl_cora");
    const body = { agent: "Maria", text: "Hello Cora." };
    const headers = { "Idempotency-Key": "hello-cora" };
    const tries = await Promise.all(
      [1, 2, 3].map(() => api(`/${id}/reply`, { method: "POST", body, headers })),
    );
    expect(tries.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(tries.map(({ body }) => act.parse(body).duplicate).sort()).toEqual([false, true, true]);
    expect((await answers()).filter(({ text }) => text === "Hello Cora.")).toHaveLength(1);
    const { history } = detail.parse((await api(`/${id}`)).body);
    expect(history.filter(({ type, key }) => type === "replied" && key === "hello-cora")).toHaveLength(1);
    const reused = await api(`/${id}/reply`, {
      method: "POST",
      body: { ...body, text: "Something else." },
      headers,
    });
    expect([reused.status, codeOf(reused)]).toEqual([409, "case.conflict"]);
  });

  it("is asked for by nobody without the token, which lies in a file of its owner's alone", async () => {
    expect(statSync(join(folder.path, "admin-token")).mode & 0o777).toBe(0o600);
    const bare = await call(`${program.url}/api/cases`);
    expect([bare.status, codeOf(bare)]).toEqual([401, "auth.missing"]);
    const wrong = await call(`${program.url}/api/cases`, { token: "not-the-token" });
    expect([wrong.status, codeOf(wrong)]).toEqual([403, "auth.invalid"]);
    const post = await call(`${program.url}/api/cases/x/reply`, {
      method: "POST",
      token: "not-the-token",
      body: {},
    });
    expect(post.status).toBe(403);
  });

  it("is not lost by odd requests: each gets a status and a sentence", async () => {
    const { customer } = await visitor("dl_dan");
    await customer.say("agent");
    const { id } = await caseOf("dl_dan");
    const post = (path: string, body: unknown) => api(path, { method: "POST", body });
    const answers = [
      await api("/nothing-here"),
      await post("/nothing-here/assign", { agent: "Maria" }),
      await post(`/${id}/assign`, {}),
      await post(`/${id}/assign`, { agent: "Maria", text: "not here" }),
      await post(`/${id}/reply`, { agent: "Maria" }),
      await post(`/${id}/reply`, { agent: "Maria", text: "x", script: "y" }),
      await post(`/${id}/reply`, { agent: "Maria", text: "x".repeat(4_001) }),
      await post(`/${id}/reply`, { agent: "Maria", text: "  " }),
      await post(`/${id}/reply`, { agent: "Maria", script: "no.such" }),
      await post(`/${id}/reply`, { agent: "Maria", text: "hi", extra: 1 }),
      await post(`/${id}/reply`, "{"),
      await post(`/${id}/reply`, "x".repeat(40_000)),
      await post(`/${id}/dance`, { agent: "Maria" }),
      await api("?status=sleeping"),
      await api("?limit=0"),
      await api("?colour=red"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([
      ...[404, 404, 400, 400, 400, 400, 400, 400, 409, 400, 400, 413, 404, 400, 400, 400],
    ]);
    for (const answer of answers) expect(refusal.parse(answer.body).error.message.length).toBeGreaterThan(10);
  });

  it("hears the agent although the server was killed right after it took the words", async () => {
    const { customer } = await visitor("dl_eva");
    await customer.say("agent");
    const { id } = await caseOf("dl_eva");
    const answer = await api(`/${id}/reply`, {
      method: "POST",
      body: { agent: "Maria", text: "Hello Eva.", key: "eva" },
    });
    expect(answer.status).toBe(200);
    await program.kill();
    program = await startProgram(folder.path);
    const again = new CustomerCalls(program.url, {
      conversationId: customer.conversation,
      token: customer.token,
    });
    const heard = async () => (await again.history()).activities.filter(({ text }) => text === "Hello Eva.");
    await waitUntil("the words arrive", async () => (await heard()).length > 0);
    const repeated = await api(`/${id}/reply`, {
      method: "POST",
      body: { agent: "Maria", text: "Hello Eva.", key: "eva" },
    });
    expect(act.parse(repeated.body)).toMatchObject({ duplicate: true, handled: true });
    expect(await heard()).toHaveLength(1);
  });
});
