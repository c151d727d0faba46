import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { startTwilio, type TwilioEmulator } from "../emulators/twilio/twilio-emulator.ts";
import { waitUntil } from "../wait-until.ts";
import { atRest } from "./at-rest.ts";
import { call, CustomerCalls, read } from "./call.ts";
import { readLedger, type LedgerTurn } from "./ledger.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let program: Program;
let twilio: TwilioEmulator;
let database: string;
let customers = 0;

beforeAll(async () => {
  folder = await temporaryFolder();
  database = join(folder.path, "kumusta.db");
  twilio = await startTwilio();
  program = await startProgram(folder.path, twilio.environment());
  twilio.target = program.url;
});
afterEach(() => {
  expect(twilio.breaches).toEqual([]);
  twilio.advancedOptOut = false;
  twilio.fault = () => undefined;
  twilio.statuses = () => [];
});
afterAll(async () => {
  await program.stop();
  await twilio.close();
  await folder.remove();
});

/** A number that nobody had before. */
function newCustomer(): string {
  customers += 1;
  return `+63917${String(1_000_000 + customers)}`;
}

/** Texts, and gives all that came back so far once everything is answered. */
async function say(from: string, body: string): Promise<string[]> {
  expect(await twilio.text({ from, body })).toEqual([200]);
  expect(await atRest(database)).toBe(true);
  return twilio.to(from);
}

function turnsOf(phone: string): LedgerTurn[] {
  const ledger = readLedger(database);
  const row = ledger.conversations.find(({ external_id }) => external_id === phone);
  return ledger.turns.filter(({ conversation_id }) => conversation_id === row?.id);
}

function outboxOf(phone: string): string[] {
  const ledger = readLedger(database);
  const row = ledger.conversations.find(({ external_id }) => external_id === phone);
  return ledger.outbox
    .filter(({ conversation_id }) => conversation_id === row?.id)
    .map(({ status }) => status);
}

describe("a customer who texts", () => {
  it("is answered by a text in GSM-7, from the number they wrote to", async () => {
    const ana = newCustomer();
    const [answer = ""] = await say(ana, "magkano po ang shipping fee?");
    expect(answer).toMatch(/P\d+/u);
    expect(answer).not.toMatch(/[₱“”’–…]/u);
    expect(twilio.texts.at(-1)).toMatchObject({ to: ana, from: twilio.number });
  });

  it("whose text comes three times is answered once", async () => {
    const ana = newCustomer();
    const params = twilio.inbound({ from: ana, body: "magkano po sf" });
    const statuses = await Promise.all([1, 2, 3].map(() => twilio.post(params)));
    expect(statuses).toEqual([[200], [200], [200]]);
    expect(await atRest(database)).toBe(true);
    expect([twilio.to(ana).length, turnsOf(ana).length]).toEqual([1, 1]);
  });

  it("by JSON is heard like one by a form", async () => {
    const ana = newCustomer();
    expect(await twilio.text({ from: ana, body: "magkano po sf" }, { json: true })).toEqual([200]);
    await waitUntil("the answer is there", () => twilio.to(ana).length === 1);
  });

  it("by somebody who cannot sign is refused, and nothing is kept", async () => {
    const ana = newCustomer();
    expect(await twilio.text({ from: ana, body: "magkano po sf" }, { forged: true })).toEqual([403]);
    const bare = await call(`${program.url}/webhooks/sms`, {
      method: "POST",
      body: "From=%2B639171234567&Body=hi",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(bare.status).toBe(403);
    expect(turnsOf(ana)).toEqual([]);
  });

  it.each([
    ["nothing", {}],
    ["a kind that nobody knows", { EventType: "onMessageUpdated" }],
    [
      "a text without an id",
      { Body: "hi", From: "+639171234567", AccountSid: "AC00000000000000000000000000000001" },
    ],
  ])("signed but odd (%s) is taken and does nothing", async (_what, params) => {
    expect(await twilio.post(params)).toEqual([200]);
    expect(await twilio.post(params, { json: true })).toEqual([200]);
  });

  it("gets choices as a numbered list, and picks by number or in Filipino", async () => {
    const ana = newCustomer();
    const [list = ""] = await say(ana, "xyzzy qwrtp blorf");
    expect(list).toMatch(/\n1\. .+\n2\. .+/u);
    const [, answer = ""] = await say(ana, "no. 1");
    expect(turnsOf(ana).map(({ trigger }) => trigger)).toEqual(["message", "choice"]);
    expect(answer.length).toBeGreaterThan(0);
    const ben = newCustomer();
    await say(ben, "xyzzy qwrtp blorf");
    await say(ben, "pangalawa po");
    expect(turnsOf(ben).at(-1)?.trigger).toBe("choice");
  });

  it("who picks the person at the end of the list is handed over", async () => {
    const ana = newCustomer();
    const [list = ""] = await say(ana, "xyzzy qwrtp blorf");
    const last = /\n(\d)\. [^\n]+$/u.exec(list)?.[1] ?? "";
    await say(ana, last);
    expect(turnsOf(ana).at(-1)?.handedOff).toBe(true);
  });

  it("with a picture is asked to type, and nothing is fetched", async () => {
    const ana = newCustomer();
    const more = {
      NumMedia: "1",
      MediaContentType0: "image/jpeg",
      MediaUrl0: `${program.url}/healthz`,
    };
    expect(await twilio.text({ from: ana, body: "", more })).toEqual([200]);
    await waitUntil("the answer is there", () => twilio.to(ana).length === 1);
    expect(readLedger(database).turns.at(-1)).toBeDefined();
  });
});

describe("a customer who wants no more texts", () => {
  it.each(["STOP", "ayaw ko na", "cancel"])("says %s and hears so exactly once", async (word) => {
    const ana = newCustomer();
    await say(ana, "magkano po sf");
    const [, confirmation = "", ...more] = await say(ana, word);
    expect(confirmation).toMatch(/START/u);
    expect(more).toEqual([]);
    expect(await say(ana, word)).toHaveLength(2);
    // Whatever they write now is recorded, and nothing is sent.
    expect(await say(ana, "magkano po ang shipping")).toHaveLength(2);
    expect([outboxOf(ana), turnsOf(ana).at(-1)?.outcome]).toEqual([["delivered", "delivered"], "silent"]);
    const [, , again = ""] = await say(ana, "START");
    expect(again).toMatch(/STOP/u);
    expect(await say(ana, "magkano po ang shipping")).toHaveLength(4);
  });

  it("and was told so by Twilio is not told again", async () => {
    twilio.advancedOptOut = true;
    const ana = newCustomer();
    await say(ana, "magkano po sf");
    expect(await say(ana, "STOP")).toHaveLength(1);
    expect(await say(ana, "magkano po ang shipping")).toHaveLength(1);
    expect(await say(ana, "HELP")).toHaveLength(1);
    expect(await say(ana, "START")).toHaveLength(1);
    expect(await say(ana, "magkano po ang shipping")).toHaveLength(2);
    expect(twilio.told.filter(({ to }) => to === ana).map(({ about }) => about)).toEqual([
      "STOP",
      "HELP",
      "START",
    ]);
  });

  it("at Twilio only (21610) is marked by it, and not tried again", async () => {
    const ana = newCustomer();
    twilio.optedOut.add(ana);
    expect(await say(ana, "magkano po sf")).toEqual([]);
    expect(outboxOf(ana)).toEqual(["failed"]);
    // A second try would be a breach.
    expect(await say(ana, "magkano po ang shipping")).toEqual([]);
    expect(outboxOf(ana)).toEqual(["failed"]);
  });

  it("while an answer waits to be sent does not get it any more", async () => {
    const ana = newCustomer();
    twilio.advancedOptOut = true;
    twilio.fault = () => ({ status: 503, code: 20503, message: "Unavailable" });
    await twilio.text({ from: ana, body: "magkano po sf" });
    await waitUntil("it was tried", () => twilio.asked.some(({ text }) => text.to === ana));
    await twilio.text({ from: ana, body: "STOP" });
    expect(await atRest(database)).toBe(true);
    expect([outboxOf(ana), twilio.to(ana)]).toEqual([["cancelled"], []]);
  });

  it("in the middle of a case: what a person writes is held back too", async () => {
    const ana = newCustomer();
    await say(ana, "agent");
    await say(ana, "STOP");
    expect(await say(ana, "hello?")).toHaveLength(2);
  });

  it("HELP says who this is, and how to stop", async () => {
    const ana = newCustomer();
    expect((await say(ana, "HELP")).at(-1)).toMatch(/STOP/u);
  });
});

describe("what Twilio tells of our texts", () => {
  it("in any order leaves the row at what says most", async () => {
    const ana = newCustomer();
    await say(ana, "magkano po sf");
    const text = twilio.texts.at(-1);
    if (text === undefined) throw new Error("no text");
    for (const status of ["delivered", "sent", "queued", "no such status"])
      expect(await twilio.status(text, status)).toEqual([200]);
    expect(outboxOf(ana)).toEqual(["delivered"]);
  });

  it("settles a text whose answer never came", async () => {
    const ana = newCustomer();
    twilio.fault = () => "takenInSilence";
    twilio.statuses = () => [{ status: "sent" }, { status: "delivered" }];
    expect(await say(ana, "magkano po sf")).toHaveLength(1);
    await waitUntil("the status has settled it", () => outboxOf(ana)[0] === "delivered");
    expect(twilio.to(ana)).toHaveLength(1);
  });

  it("with a number that is dead marks text and contact", async () => {
    const ana = newCustomer();
    twilio.statuses = () => [{ status: "sent" }, { status: "undelivered", code: 30005 }];
    await say(ana, "magkano po sf");
    await waitUntil("the turn is there", () => turnsOf(ana).length === 2);
    expect(outboxOf(ana)).toEqual(["failed"]);
    expect(turnsOf(ana).map(({ trigger }) => trigger)).toEqual(["message", "event"]);
  });

  it("unsigned changes nothing", async () => {
    const answer = await call(`${program.url}/webhooks/sms/status?outbox=x`, {
      method: "POST",
      body: "MessageSid=SM1&MessageStatus=failed",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(answer.status).toBe(403);
  });
});

describe("a link at the end of a text", () => {
  it("opens a chat of the same contact that answers in full what was asked", async () => {
    const ana = newCustomer();
    await say(ana, "magkano po ang shipping fee?");
    const row = readLedger(database).conversations.find(({ external_id }) => external_id === ana);
    expect(row).toBeDefined();
    const one = await startProgramWithOnePart();
    try {
      const link = /https:\/\/chat\.shop\.example\/c\/([\w-]+)$/u.exec(await one.longAnswer())?.[1] ?? "";
      const page = await call(`${one.url}/c/${link}`);
      expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
      const opened = read.session(
        await call(`${one.url}/widget/session`, { method: "POST", body: { continue: link } }),
      );
      const chat = new CustomerCalls(one.url, opened);
      await waitUntil("the chat answers", async () => (await chat.history()).activities.length > 0);
      const [first] = (await chat.history()).activities;
      expect(first?.text?.length).toBeGreaterThan(160);
      // The page keeps the key: the chat comes back by it, the link is not needed again.
      const back = read.session(
        await call(`${one.url}/widget/session`, { method: "POST", body: { resume: opened.resume } }),
      );
      expect(back.conversationId).toBe(opened.conversationId);
      // Whoever else opens the link gets a chat without what was written in this one.
      const other = read.session(
        await call(`${one.url}/widget/session`, { method: "POST", body: { continue: link } }),
      );
      expect(other.conversationId).not.toBe(opened.conversationId);
      const forged = await call(`${one.url}/widget/session`, {
        method: "POST",
        body: { continue: `${link.slice(0, -2)}AA` },
      });
      expect(forged.status).toBe(403);
    } finally {
      await one.stop();
    }
  });
});

/** A second program that sends one part at most, so that an ordinary answer is too long. */
async function startProgramWithOnePart() {
  const own = await temporaryFolder();
  const provider = await startTwilio();
  const running = await startProgram(own.path, {
    ...provider.environment(provider.service),
    SMS_MOST_PARTS: "1",
  });
  provider.target = running.url;
  return {
    url: running.url,
    longAnswer: async () => {
      const from = "+639181234567";
      await provider.text({ from, body: "magkano po ang shipping fee?", byService: true });
      await waitUntil("the text is there", () => provider.texts.length > 0);
      expect(provider.texts[0]).toMatchObject({ to: from, from: provider.service });
      return provider.to(from)[0] ?? "";
    },
    stop: async () => {
      await running.stop();
      expect(provider.breaches).toEqual([]);
      await provider.close();
      await own.remove();
    },
  };
}
