import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { connect } from "node:net";
import { waitUntil } from "../wait-until.ts";
import { call, CustomerCalls, read } from "./call.ts";
import { generateToken } from "./direct-line-client.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";

describe("nasty input", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;

  beforeAll(async () => {
    folder = await temporaryFolder();
    program = await startProgram(folder.path);
  });
  afterAll(async () => {
    expect((await call(`${program.url}/readyz`)).status).toBe(200);
    await program.stop();
    await folder.remove();
  });

  const newCustomer = async () => new CustomerCalls(program.url, await generateToken(program.url));
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

  it.each([
    ["nothing of JSON", "hello"],
    ["half of an object", '{"type":"message"'],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00])],
    ["brackets without end", "[".repeat(200_000)],
    ["deep nesting", `{"type":"message","text":"x","channelData":${nested(5_000)}}`],
    ["a list", []],
    ["null", "null"],
    ["a number", "7"],
    ["no type", { text: "hello" }],
    ["a number as type", { type: 5 }],
    ["a type that no customer sends", { type: "becomeAdministrator" }],
    ["an object as text", { type: "message", text: { toString: "x" } }],
    ["a list as channelData", { type: "message", text: "hello", channelData: [] }],
    ["a number as id", { type: "message", text: "hello", channelData: { clientActivityID: 5 } }],
    ["no words", { type: "message" }],
    ["control characters alone", { type: "message", text: "\u0000\u0007\u001b" }],
    ["an event without a name", { type: "event" }],
    ["an event with markup as name", { type: "event", name: "<script>" }],
    [
      "a script as an attachment's address",
      {
        type: "message",
        text: "x",
        attachments: [{ contentType: "image/png", contentUrl: "javascript:alert(1)" }],
      },
    ],
    [
      "a file inline",
      {
        type: "message",
        text: "x",
        attachments: [{ contentType: "image/png", contentUrl: "data:image/png;base64,AAAA" }],
      },
    ],
    [
      "a path of ours as an attachment's address",
      {
        type: "message",
        text: "x",
        attachments: [{ contentType: "image/png", contentUrl: "/v3/directline/uploads/x/y" }],
      },
    ],
  ])("refuses %s", async (_, body) => {
    const answer = await (await newCustomer()).post(body);
    expect(`${String(answer.status)} ${read.errorCode(answer)}`).toBe("400 request.malformed");
  });

  it("refuses bodies of 2 MB, declared or not, with an answer that arrives", async () => {
    const customer = await newCustomer();
    const declared = await customer.say("x".repeat(2_000_000));
    expect(`${String(declared.status)} ${read.errorCode(declared)}`).toBe("413 request.tooLarge");
    const chunked = await fetch(
      `${program.url}/v3/directline/conversations/${customer.conversation}/activities`,
      {
        method: "POST",
        headers: { Authorization: `Bearer ${customer.token}`, "Content-Type": "application/json" },
        body: new ReadableStream<Uint8Array>({
          start: (controller) => {
            for (let n = 0; n < 32; n += 1) controller.enqueue(new Uint8Array(64 * 1024).fill(0x20));
            controller.close();
          },
        }),
        duplex: "half",
      },
    );
    expect(chunked.status).toBe(413);
    expect(chunked.headers.get("access-control-allow-origin")).toBe("*");
  });

  it("takes 10,000 characters and refuses one more", async () => {
    const customer = await newCustomer();
    expect((await customer.say("x".repeat(10_000))).status).toBe(200);
    expect((await customer.say("x".repeat(10_001))).status).toBe(413);
  });

  it("keeps markup and odd letters as text, and drops what only steers a screen", async () => {
    const customer = await newCustomer();
    const text = '<img src=x onerror=alert(1)> **bold** ñ 👩🏽‍🚀 \u0000\u001b[31m"; drop table turns;--';
    await customer.say(text, "\u0000\ud800");
    const { activities } = await customer.history();
    expect(activities[0]).toMatchObject({ text: text.replace(/[\u0000\u001b]/gu, ""), textFormat: "plain" });
  });

  it("gives channelData back untouched, whatever its keys are called", async () => {
    const customer = await newCustomer();
    const channelData =
      '{"clientActivityID":"x","__proto__":{"admin":true},"constructor":{"prototype":1},"toString":"x"}';
    await customer.post(
      `{"type":"message","text":"hello","__proto__":{"type":"event"},"channelData":${channelData}}`,
    );
    const answer = await fetch(
      `${program.url}/v3/directline/conversations/${customer.conversation}/activities`,
      {
        headers: { Authorization: `Bearer ${customer.token}` },
      },
    );
    expect(await answer.text()).toContain(channelData);
  });

  it("takes a local time of any nonsense for the time of arrival", async () => {
    const customer = await newCustomer();
    for (const localTimestamp of ["yesterday", "9999-12-31T23:59:59Z", "", "1e99"]) {
      expect((await customer.post({ type: "message", text: "hello", localTimestamp })).status).toBe(200);
    }
  });

  it.each([
    [
      "an address that cannot be decoded",
      "GET /v3/directline/conversations/%E0%A4%A/activities HTTP/1.1\r\nHost: x",
    ],
    ["a Host header of nonsense", "GET /healthz HTTP/1.1\r\nHost: a b["],
    ["an absolute address of nonsense", "GET http://[::1 HTTP/1.1\r\nHost: x"],
    ["a method that nobody knows", "BREW /healthz HTTP/1.1\r\nHost: x"],
    ["a method that is not for this address", "DELETE /v3/directline/tokens/refresh HTTP/1.1\r\nHost: x"],
    ["no HTTP at all", "hello"],
    ["a path out of the folder", "GET /../../package.json HTTP/1.1\r\nHost: x"],
    ["an encoded path out of the folder", "GET /assets/..%2f..%2f..%2fpackage.json HTTP/1.1\r\nHost: x"],
  ])("answers %s with 4xx", async (_, head) => {
    const received: Buffer[] = [];
    const socket = connect(program.port, "127.0.0.1", () =>
      socket.write(`${head}\r\nConnection: close\r\n\r\n`),
    );
    socket.on("data", (chunk) => received.push(chunk));
    socket.on("error", () => undefined);
    await waitUntil("the connection ended", () => socket.closed);
    expect(Buffer.concat(received).toString()).toMatch(/^HTTP\/1\.1 4\d\d /u);
  });

  it("stays ready under 300 quick requests", async () => {
    const customer = await newCustomer();
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, n) => customer.say(`zzqx ${String(n)}`)),
    );
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].filter((status) => status >= 500)).toEqual([]);
    expect(statuses.has(429)).toBe(true);
    expect((await call(`${program.url}/readyz`)).status).toBe(200);
  });
});
