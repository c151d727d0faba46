import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { Signer } from "../../src/channels/webchat/signer.ts";
import { waitUntil } from "../wait-until.ts";
import { CustomerCalls } from "./call.ts";
import { generateToken } from "./direct-line-client.ts";
import { directLineSecret, startProgram, temporaryFolder, type Program } from "./program.ts";
import { StreamClient } from "./stream-client.ts";

describe("a stream", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let program: Program;
  const streams: StreamClient[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    program = await startProgram(folder.path);
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

  it("replays from the watermark, then goes on live, in one order without gap or repeat", async () => {
    const customer = await newCustomer();
    for (const n of [1, 2, 3, 4, 5]) await customer.say(`zzqx ${String(n)}`);
    await waitUntil(
      "the first ones were answered",
      async () => (await customer.history()).activities.length >= 7,
    );
    const { streamUrl } = await customer.reconnect("2");
    const stream = listen(streamUrl);
    // Posted while the history is on its way.
    await Promise.all([6, 7, 8, 9, 10, 11, 12].map((n) => customer.say(`zzqx ${String(n)}`)));
    const words = () => stream.texts.filter((text) => text.startsWith("zzqx"));
    await stream.until("all came", () => new Set(words()).size >= 10);
    const ids = stream.frames.flatMap(({ activities }) =>
      activities.filter(({ type }) => type !== "typing").map(({ id }) => id),
    );
    // Answers go on coming: what came so far is the history from there on, as far as it goes.
    expect((await customer.history("2")).activities.map(({ id }) => id).slice(0, ids.length)).toEqual(ids);
  });

  it("that opens while words wait for their answer shows the bot typing", async () => {
    const slowFolder = await temporaryFolder();
    // Longer than a stream takes to open.
    const slow = await startProgram(slowFolder.path, { BURST_QUIET_MS: "2000" });
    try {
      const customer = new CustomerCalls(slow.url, await generateToken(slow.url));
      await customer.say("where is my order");
      const stream = listen((await customer.reconnect("0")).streamUrl);
      await stream.until("the bot answered", () => stream.texts.length > 1);
      const types = stream.frames.flatMap(({ activities }) => activities.map(({ type }) => type));
      expect(types.slice(0, 3)).toEqual(["message", "typing", "message"]);
      const idle = listen((await customer.reconnect("0")).streamUrl);
      await idle.until("the history came", () => idle.texts.length > 1);
      expect(idle.frames.flatMap(({ activities }) => activities.map(({ type }) => type))).not.toContain(
        "typing",
      );
    } finally {
      await slow.stop();
      await slowFolder.remove();
    }
  });

  it("serves several sockets of one conversation alike", async () => {
    const customer = await newCustomer();
    const [one, other] = [
      listen((await customer.reconnect("0")).streamUrl),
      listen((await customer.reconnect("0")).streamUrl),
    ];
    await customer.say("hello");
    await one.until("the answer came", () => one.texts.length >= 2);
    await other.until("the answer came", () => other.texts.length >= 2);
    expect(other.texts).toEqual(one.texts);
  });

  it("without a watermark begins with what comes from then on", async () => {
    const customer = await newCustomer();
    await customer.say("hello");
    await waitUntil("it was answered", async () => (await customer.history()).activities.length >= 2);
    const stream = listen((await customer.reconnect()).streamUrl);
    await stream.until("the position came", () => stream.frames.length > 0);
    await customer.say("how can i pay");
    await stream.until("the echo came", () => stream.texts.length > 0);
    expect(stream.texts[0]).toBe("how can i pay");
  });

  it("takes a ticket once", async () => {
    const { streamUrl } = await (await newCustomer()).reconnect();
    const first = listen(streamUrl);
    await first.until("it is open", () => first.isOpen);
    const second = listen(streamUrl);
    await second.until("it is refused", () => second.refused === 403);
    expect(first.isOpen).toBe(true);
  });

  it("refuses a stream without a ticket, with a token, and one that expired", async () => {
    const customer = await newCustomer();
    const { streamUrl } = await customer.reconnect();
    const with_ = (ticket: string) => {
      const url = new URL(streamUrl);
      if (ticket === "") url.searchParams.delete("t");
      else url.searchParams.set("t", ticket);
      return listen(url.href);
    };
    const aMinuteAgo = { now: () => Date.now() - 61_000, elapsed: () => 0 };
    const stale = new Signer(directLineSecret, "direct line stream ticket", aMinuteAgo).issue(
      { conversation: customer.conversation, user: "dl_ana", nonce: "n" },
      60,
    );
    const tries = [with_(""), with_(customer.token), with_(stale)];
    await waitUntil("all are refused", () => tries.every(({ refused }) => refused !== undefined));
    expect(tries.map(({ refused }) => refused)).toEqual([401, 403, 403]);
  });

  it("tolerates whatever a client sends on it", async () => {
    const stream = listen((await (await newCustomer()).reconnect()).streamUrl);
    await stream.until("it is open", () => stream.isOpen);
    for (const text of ["", "{", "hello", "x".repeat(60_000)]) stream.send(text);
    stream.send("x".repeat(70_000));
    await stream.until("a frame too large ends it", () => stream.closedWith === 1009);
  });

  it("answers an upgrade anywhere else with 404", async () => {
    for (const path of ["/", "/nowhere", "/v3/directline/conversations"]) {
      const stream = listen(`ws://127.0.0.1:${String(program.port)}${path}`);
      await stream.until("it is refused", () => stream.refused === 404);
    }
  });
});
