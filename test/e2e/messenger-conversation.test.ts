import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { call } from "./call.ts";
import { app, MessengerPage, page } from "./messenger-page.ts";
import { escapedJson, signedHeaders } from "../emulators/messenger/signed-webhook.ts";

let running: MessengerPage;
let customer = "";
let customers = 0;

beforeAll(async () => {
  running = await MessengerPage.start();
});
beforeEach(() => {
  customer = `90${String(customers++)}`;
});
afterEach(() => {
  expect(running.meta.breaches).toEqual([]);
});
afterAll(async () => {
  await running.end();
});

const webhook = () => `${running.program.url}/webhooks/messenger`;

describe("a customer on Messenger", () => {
  it("gets an answer, with what we are in the first one", async () => {
    expect(await running.says(customer, "magkano po sf")).toBe(200);
    await running.untilDelivered(1);
    const [first] = running.meta.textsTo(customer);
    expect(first).toContain("Automated assistant");
    expect(first).toContain("agent");
  });

  it("gets tappable choices for vague words, and a tap is understood", async () => {
    await running.says(customer, "zxqv wklp brrt");
    await running.atRest();
    const asked = running.meta.delivered.at(-1);
    expect(asked?.to).toBe(customer);
    const [choice] = asked?.message.quick_replies ?? [];
    expect(choice).toBeDefined();
    await running.meta.post(
      [running.meta.tapped(page, customer, choice?.title ?? "", choice?.payload ?? "")],
      page,
    );
    await running.atRest();
    expect(running.meta.textsTo(customer)).toHaveLength(2);
  });

  it("is answered once when Meta delivers the same message three times", async () => {
    const event = running.meta.typed(page, customer, "paano po magbayad");
    const statuses = await Promise.all([1, 2, 3].map(() => running.meta.post([event], page)));
    expect(statuses).toEqual([200, 200, 200]);
    expect(await running.atRest()).toBe(true);
    expect(running.meta.textsTo(customer)).toHaveLength(1);
  });

  it("is answered when ñ and emoji were signed as escapes", async () => {
    await running.says(customer, "Saan po sa Parañaque ang store niyo? 😀");
    await running.atRest();
    expect(running.meta.textsTo(customer)).toHaveLength(1);
  });

  it("is answered also when half of a batch was known before", async () => {
    const known = running.meta.typed(page, customer, "magkano po sf");
    await running.meta.post([known], page);
    await running.atRest();
    const other = `${customer}7`;
    await running.meta.post([known, running.meta.typed(page, other, "magkano po sf")], page);
    await running.atRest();
    expect(running.meta.textsTo(customer)).toHaveLength(1);
    expect(running.meta.textsTo(other)).toHaveLength(1);
  });

  it("is heard in every entry of a batch, in the order of writing", async () => {
    const others = ["a", "b", "c"].map((name) => `${customer}${name}`);
    const at = Date.now();
    const entry = others.map((one) => ({
      id: page,
      time: at,
      messaging: [
        running.meta.typed(page, one, "paano po magbayad", { at: at + 1 }),
        running.meta.typed(page, one, "magkano po sf", { at }),
      ].toReversed(),
    }));
    expect(await running.meta.postBody({ object: "page", entry })).toBe(200);
    await running.atRest();
    for (const one of others) {
      expect(running.meta.textsTo(one)).toHaveLength(2);
      expect(running.meta.textsTo(one)[0]).toContain("Automated assistant");
    }
  });
});

describe("the webhook", () => {
  it("answers Meta's handshake with the bare challenge, and nobody else's", async () => {
    const asked = (token: string) =>
      call(`${webhook()}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`);
    expect(await asked(app.verifyToken)).toMatchObject({ status: 200, body: "1158201444" });
    expect((await asked("another")).status).toBe(403);
  });

  it("refuses what is not signed, and stores nothing of it", async () => {
    const body = escapedJson({
      object: "page",
      entry: [{ id: page, time: 1, messaging: [running.meta.typed(page, customer, "hello")] }],
    });
    const before = await running.metric('kumusta_accepted_total{channel="messenger",result="stored"}');
    const post = (headers: Record<string, string>) => call(webhook(), { method: "POST", body, headers });
    const signed = signedHeaders(body, app.appSecret);
    expect((await post({})).status).toBe(403);
    expect((await post(signedHeaders(body, "another secret"))).status).toBe(403);
    expect((await post({ ...signed, "x-hub-signature-256": "sha256=ñ" })).status).toBe(403);
    const { "x-hub-signature-256": _gone, ...onlySha1 } = signed;
    expect((await post(onlySha1)).status).toBe(403);
    expect(await running.metric('kumusta_accepted_total{channel="messenger",result="stored"}')).toBe(before);
  });

  it.each([
    [
      "an event that we don't know",
      { object: "page", entry: [{ id: page, messaging: [{ sender: { id: "1" }, brandNew: {} }] }] },
    ],
    ["an entry without events", { object: "page", entry: [{ id: page }] }],
    ["another object", { object: "instagram", entry: [] }],
    ["no object at all", []],
    [
      "another page",
      {
        object: "page",
        entry: [{ id: "31337", messaging: [{ sender: { id: "1" }, message: { mid: "m1", text: "x" } }] }],
      },
    ],
    [
      "fields of the wrong form",
      { object: "page", entry: [{ id: page, messaging: [{ sender: 5, message: [], timestamp: "x" }] }] },
    ],
  ])("answers 200 to %s, and counts it", async (_what, body) => {
    const sum = async () =>
      [
        ...(await (await fetch(`${running.program.url}/metrics`)).text()).matchAll(
          /^kumusta_ignored_total\{.*\} (\d+)$/gmu,
        ),
      ].reduce((total, [, count]) => total + Number(count), 0);
    const before = await sum();
    expect(await running.meta.postBody(body)).toBe(200);
    expect(await sum()).toBeGreaterThan(before);
  });

  it("answers 200 to signed bytes that are no JSON", async () => {
    const body = "}{";
    const answer = await call(webhook(), {
      method: "POST",
      body,
      headers: signedHeaders(body, app.appSecret),
    });
    expect(answer.status).toBe(200);
  });
});
