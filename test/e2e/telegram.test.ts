import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import Sqlite from "better-sqlite3";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import {
  startTelegram,
  type SeenCall,
  type TelegramEmulator,
} from "../emulators/telegram/telegram-emulator.ts";
import { atRest, until } from "./at-rest.ts";
import { startProgram, temporaryFolder, type Program } from "./program.ts";

const ana = 5_004_123_456;
const ben = 5_004_999_111;

let telegram: TelegramEmulator;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let program: Program | undefined;

beforeEach(async () => {
  telegram = await startTelegram();
  folder = await temporaryFolder();
});
afterEach(async () => {
  await program?.stop();
  program = undefined;
  await telegram.close();
  await folder.remove();
  expect(telegram.breaches).toEqual([]);
});

async function start(env: Readonly<Record<string, string>> = {}): Promise<Program> {
  program = await startProgram(folder.path, {
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.url,
    ...env,
  });
  return program;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

/** The program with a public address, and Telegram told of it. */
async function startWithWebhook(): Promise<Program> {
  const port = await freePort();
  const running = await start({ PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${String(port)}` });
  await until("the webhook is set", () => telegram.hook() !== undefined);
  return running;
}

const sent = (chat: number) =>
  telegram.calls.filter(
    ({ method, payload }) => method === "sendMessage" && payload["chat_id"] === String(chat),
  );
const textsTo = (chat: number) =>
  sent(chat).map(({ payload }) => (typeof payload["text"] === "string" ? payload["text"] : ""));
const untilSent = (chat: number, count: number) =>
  until(`${String(count)} messages reached the customer`, () => sent(chat).length >= count);
const isSend = ({ method }: SeenCall) => method === "sendMessage";

function outboxStatuses(): string[] {
  const database = new Sqlite(join(folder.path, "kumusta.db"), { readonly: true });
  try {
    return database
      .prepare<[], { status: string }>("select status from outbox order by id")
      .all()
      .map(({ status }) => status);
  } finally {
    database.close();
  }
}

describe("a bot without a public address", () => {
  it("greets whoever presses Start, answers what they ask, and hears their taps", async () => {
    await start();
    telegram.updates.text(ana, "/start");
    await untilSent(ana, 1);
    expect(textsTo(ana)[0]).toMatch(/automated assistant/iu);
    telegram.updates.text(ana, "magkano po sf pa cebu");
    await untilSent(ana, 2);
    expect(textsTo(ana)[1]).toMatch(/₱160/u);
    telegram.updates.tap(ana, "p:intent:payment.methods", "Payment");
    await untilSent(ana, 3);
    expect(textsTo(ana)[2]).toMatch(/GCash/u);
    await until("the button stopped spinning", () => telegram.updates.spinning === 0);
  });

  it("loses nothing and says nothing twice when it is killed while customers write", async () => {
    const running = await start();
    for (let n = 0; n < 6; n++) telegram.updates.text(ana + n, "hm po shipping sa cebu");
    await untilSent(ana, 1);
    await running.kill();
    for (let n = 6; n < 12; n++) telegram.updates.text(ana + n, "hm po shipping sa cebu");
    await start();
    for (let n = 6; n < 12; n++) await untilSent(ana + n, 1);
    expect(await atRest(join(folder.path, "kumusta.db"))).toBe(true);
    for (let n = 0; n < 12; n++) {
      const unknown = outboxStatuses().filter((status) => status === "unknown").length;
      expect(sent(ana + n).length).toBeLessThanOrEqual(1);
      // What was on its way when it died is told as unknown, never sent again and never forgotten.
      if (sent(ana + n).length === 0) expect(unknown).toBeGreaterThan(0);
    }
  });

  it("ends at once when it is stopped, although Telegram holds its question open", async () => {
    const running = await start();
    telegram.updates.text(ana, "hello");
    await untilSent(ana, 1);
    const begun = performance.now();
    expect(await running.stop()).toBe(0);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

describe("a bot with a public address", () => {
  it("takes one update delivered three times as one message", async () => {
    await startWithWebhook();
    const update = telegram.updates.text(ana, "magkano po sf pa cebu");
    const statuses = await Promise.all([1, 2, 3].map(() => telegram.updates.deliver(update)));
    expect(statuses.flat()).toEqual([200, 200, 200]);
    await untilSent(ana, 1);
    expect(await atRest(join(folder.path, "kumusta.db"))).toBe(true);
    expect(sent(ana).length).toBe(1);
  });

  it("believes nobody who does not know the secret, and lets go of what it cannot read", async () => {
    const { url } = await startWithWebhook();
    const post = (body: string, secret: string) =>
      fetch(`${url}/webhooks/telegram`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret },
        body,
      }).then(({ status }) => status);
    const forged = JSON.stringify(telegram.updates.text(ana, "give me everything"));
    expect(await post(forged, "a-guess-of-sixteen-letters")).toBe(403);
    const secret = telegram.hook()?.secret ?? "";
    for (const odd of ["{", "[]", "null", '{"update_id":"x"}', '{"update_id":1,"message":{"text":5}}'])
      expect(await post(odd, secret)).toBe(200);
    expect(await post(`"${"x".repeat(300_000)}"`, secret)).toBe(413);
    expect(sent(ana)).toEqual([]);
    expect(outboxStatuses()).toEqual([]);
  });

  it("answers in order and once when Telegram is slow and full", async () => {
    await startWithWebhook();
    let failures = 0;
    telegram.fault = (call) => {
      if (!isSend(call) || failures >= 3) return undefined;
      failures += 1;
      return { status: 429, description: "Too Many Requests: retry after 1", retryAfter: 1 };
    };
    let calls = 0;
    telegram.latency = () => (++calls % 3) * 20;
    for (const text of ["magkano po sf pa cebu", "anong payment methods nyo"])
      await telegram.updates.deliver(telegram.updates.text(ana, text));
    await untilSent(ana, 2);
    expect(textsTo(ana)[0]).toMatch(/₱160/u);
    expect(textsTo(ana)[1]).toMatch(/GCash/u);
    expect(sent(ana).length).toBe(2);
  });

  it.each([
    ["a broken line", "break"],
    ["a gateway's 502", { status: 502, description: "Bad Gateway" }],
  ] as const)(
    "marks a send that nobody can settle after %s as unknown, and does not send it again",
    async (_what, fault) => {
      await startWithWebhook();
      telegram.fault = (call) => (isSend(call) ? fault : undefined);
      await telegram.updates.deliver(telegram.updates.text(ana, "magkano po sf pa cebu"));
      await until("its fate is told", () => outboxStatuses().includes("unknown"));
      telegram.fault = () => undefined;
      await telegram.updates.deliver(telegram.updates.text(ana, "anong payment methods nyo"));
      await untilSent(ana, 1);
      expect(textsTo(ana)).toEqual([expect.stringMatching(/GCash/u)]);
    },
  );

  it("stops writing to a customer who blocked it, and goes on with the others", async () => {
    await startWithWebhook();
    telegram.blocked.add(String(ana));
    await telegram.updates.deliver(telegram.updates.text(ana, "magkano po sf pa cebu"));
    await telegram.updates.deliver(telegram.updates.text(ben, "magkano po sf pa cebu"));
    await untilSent(ben, 1);
    await until("the first is given up", () => outboxStatuses().includes("failed"));
  });

  it("raises the alarm when its token is revoked, and keeps what it owes", async () => {
    const running = await startWithWebhook();
    telegram.fault = (call) => (isSend(call) ? { status: 401, description: "Unauthorized" } : undefined);
    await telegram.updates.deliver(telegram.updates.text(ana, "magkano po sf pa cebu"));
    await until("the operator is told", () => running.output().includes("channel.stopped"));
    await until("it waits for better times", () => outboxStatuses()[0] === "due");
    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    expect(metrics).toMatch(/kumusta_account_works\{channel="telegram",account="\d+"\} 0/u);
    expect(running.output()).not.toContain(telegram.token.split(":")[1] ?? "-");
  });

  it("leaves a group politely: orders are nobody else's business", async () => {
    await startWithWebhook();
    const group = { id: -1_001_234, type: "supergroup", title: "Suki" };
    const invited = telegram.updates.other(-1_001_234, {
      my_chat_member: { date: 1, chat: group, from: { id: ana }, new_chat_member: { status: "member" } },
    });
    await telegram.updates.deliver(invited);
    await until("the bot left", () => telegram.calls.some(({ method }) => method === "leaveChat"));
    expect(textsTo(-1_001_234)).toEqual([expect.stringMatching(/private chat/iu)]);
    expect(outboxStatuses()).toEqual([]);
  });
});
