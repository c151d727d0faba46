import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { startTwilio, type TwilioEmulator } from "../emulators/twilio/twilio-emulator.ts";
import { waitUntil } from "../wait-until.ts";
import { atRest } from "./at-rest.ts";
import { call, CustomerCalls, read } from "./call.ts";
import { readLedger } from "./ledger.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let program: Program;
let twilio: TwilioEmulator;
let database: string;

async function begin(): Promise<void> {
  program = await startProgram(folder.path, twilio.environment());
  twilio.target = program.url;
}

beforeAll(async () => {
  folder = await temporaryFolder();
  database = join(folder.path, "kumusta.db");
  twilio = await startTwilio({ patienceMs: 2_000 });
  await begin();
});
afterEach(() => {
  expect(twilio.breaches).toEqual([]);
  twilio.fault = () => undefined;
  twilio.latency = () => 0;
});
afterAll(async () => {
  await program.stop();
  await twilio.close();
  await folder.remove();
});

let customers = 0;
function newCustomer(): string {
  customers += 1;
  return `+63919${String(1_000_000 + customers)}`;
}

function statusesOf(phones: readonly string[]): string[] {
  const ledger = readLedger(database);
  const ids = new Set(
    ledger.conversations.filter(({ external_id }) => phones.includes(external_id)).map(({ id }) => id),
  );
  return ledger.outbox.filter(({ conversation_id }) => ids.has(conversation_id)).map(({ status }) => status);
}

/** The id of our outbox row, which travels in the address of the status callback. */
function outboxIdOf({ statusCallback }: { readonly statusCallback: string }): string {
  return new URL(statusCallback).searchParams.get("outbox") ?? "";
}

/** Three questions that have three different answers. */
const questions = ["magkano po ang shipping fee", "pwede po ba cod", "paano po magbalik ng item"];

describe("text messages in trouble", () => {
  it("are each sent once and in order when answers of Twilio take a random time", async () => {
    let n = 0;
    // Between 5 and 105 ms, in no order.
    twilio.latency = () => 5 + ((n++ * 61) % 101);
    const phones = Array.from({ length: 20 }, newCustomer);
    for (const body of questions) await Promise.all(phones.map((from) => twilio.text({ from, body })));
    expect(await atRest(database)).toBe(true);
    const ledger = readLedger(database);
    for (const phone of phones) {
      const sent = twilio.texts.filter(({ to }) => to === phone).map(outboxIdOf);
      const row = ledger.conversations.find(({ external_id }) => external_id === phone);
      const decided = ledger.outbox
        .filter(({ conversation_id }) => conversation_id === row?.id)
        .map(({ id }) => id);
      expect([sent.length, sent]).toEqual([3, decided]);
    }
  });

  it("refused for being too many in the middle of a burst wait as long as asked, then all arrive once", async () => {
    const phones = Array.from({ length: 10 }, newCustomer);
    let refused = 0;
    twilio.fault = ({ to }) => {
      if (!phones.includes(to) || refused >= 3) return undefined;
      refused += 1;
      return { status: 429, code: 20429, message: "Too Many Requests", retryAfter: 1 };
    };
    await Promise.all(phones.map((from) => twilio.text({ from, body: "magkano po ang shipping fee" })));
    expect(await atRest(database)).toBe(true);
    expect(phones.map((phone) => twilio.to(phone).length)).toEqual(phones.map(() => 1));
    const asked = twilio.asked.filter(({ text }) => phones.includes(text.to));
    // Once it was said, nothing more was asked until the second was over: no hammering.
    expect(asked.length).toBeLessThanOrEqual(phones.length * 2);
  });

  it("while Twilio is down keep their order and leave once it is back", async () => {
    const phones = Array.from({ length: 5 }, newCustomer);
    let down = true;
    twilio.fault = () => (down ? { status: 503, code: 20503, message: "Unavailable" } : undefined);
    for (const body of questions) await Promise.all(phones.map((from) => twilio.text({ from, body })));
    await waitUntil("each was tried", () =>
      phones.every((phone) => twilio.asked.some(({ text }) => text.to === phone)),
    );
    down = false;
    expect(await atRest(database)).toBe(true);
    for (const phone of phones) expect(twilio.to(phone)).toHaveLength(3);
    expect(new Set(statusesOf(phones))).toEqual(new Set(["delivered"]));
  });

  it("that Twilio sends again, tired of waiting for the answer, are answered once", async () => {
    const ana = newCustomer();
    process.kill(program.pid, "SIGSTOP");
    let statuses: number[] = [];
    const texting = twilio.text({ from: ana, body: "magkano po ang shipping fee" }).then((all) => {
      statuses = all;
    });
    await waitUntil("Twilio asks again", () => twilio.unanswered > 0);
    process.kill(program.pid, "SIGCONT");
    await texting;
    expect(statuses).toEqual([0, 200]);
    expect(await atRest(database)).toBe(true);
    expect(twilio.to(ana)).toHaveLength(1);
  });

  it("that nobody knows the fate of are not sent again, and are shown as such", async () => {
    const ana = newCustomer();
    twilio.fault = () => "broken";
    await twilio.text({ from: ana, body: "magkano po ang shipping fee" });
    expect(await atRest(database)).toBe(true);
    expect([statusesOf([ana]), twilio.asked.filter(({ text }) => text.to === ana).length]).toEqual([
      ["unknown"],
      1,
    ]);
  });

  it("that confirm an opt-out and fail at first are tried again, arrive once, and nothing follows them", async () => {
    const ana = newCustomer();
    let failures = 0;
    twilio.fault = ({ to }) => {
      if (to !== ana || failures > 0) return undefined;
      failures += 1;
      return { status: 503, code: 20503, message: "Unavailable" };
    };
    await twilio.text({ from: ana, body: "STOP" });
    await waitUntil("the first try failed", () => failures === 1);
    expect(await atRest(database)).toBe(true);
    expect(twilio.to(ana)).toEqual([expect.stringContaining("START")]);
    await twilio.text({ from: ana, body: "STOP" });
    await twilio.text({ from: ana, body: "magkano po ang shipping fee" });
    expect(await atRest(database)).toBe(true);
    expect(twilio.to(ana)).toHaveLength(1);
  });

  it("of a killed program: what was acknowledged is answered after the start, nothing twice unflagged", async () => {
    const phones = Array.from({ length: 12 }, newCustomer);
    twilio.latency = () => 20;
    const acknowledged: string[] = [];
    const texting = phones.map(async (from) => {
      const statuses = await twilio.text({ from, body: "magkano po ang shipping fee" }, { retries: 0 });
      if (statuses.includes(200)) acknowledged.push(from);
    });
    await waitUntil("some are acknowledged", () => acknowledged.length > 3);
    await program.kill();
    await Promise.all(texting);
    await begin();
    expect(await atRest(database)).toBe(true);
    for (const phone of acknowledged) {
      const sent = twilio.to(phone).length;
      expect(sent).toBeLessThanOrEqual(1);
      // Unsent only where the program died with the send begun, and then it says so.
      if (sent === 0) expect(statusesOf([phone])).toEqual(["unknown"]);
    }
    expect(acknowledged.length).toBeGreaterThan(3);
  });

  it("are acknowledged at once although Twilio takes three seconds for each send", async () => {
    const phones = Array.from({ length: 120 }, newCustomer);
    twilio.latency = () => 3_000;
    const times: number[] = [];
    for (const from of phones) {
      const begun = performance.now();
      expect(await twilio.text({ from, body: "magkano po ang shipping fee" })).toEqual([200]);
      times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    expect(times[Math.floor((times.length - 1) * 0.99)] ?? Infinity).toBeLessThan(200);
    expect(await atRest(database)).toBe(true);
  });

  it("wait while the token is revoked: the alarm is told, without the token, and web chat goes on", async () => {
    const ana = newCustomer();
    twilio.fault = () => ({ status: 401, code: 20003, message: "Authenticate" });
    await twilio.text({ from: ana, body: "magkano po ang shipping fee" });
    await waitUntil("the alarm is told", () => program.output().includes("channel.stopped"));
    expect(program.output()).not.toContain(twilio.authToken);
    const metrics = await call(`${program.url}/metrics`);
    expect(String(metrics.body)).toMatch(/kumusta_account_works\{[^}]*channel="sms"[^}]*\} 0/u);
    const chat = new CustomerCalls(
      program.url,
      read.session(await call(`${program.url}/widget/session`, { method: "POST", body: {} })),
    );
    await chat.say("magkano po ang shipping fee");
    await waitUntil("web chat answers", async () => (await chat.history()).activities.length > 1);
    expect(statusesOf([ana])).toEqual(["due"]);
  });
});
