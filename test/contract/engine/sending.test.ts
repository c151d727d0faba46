import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import Sqlite from "better-sqlite3";
import { join } from "node:path";
import type { Json } from "../../../src/basics/activity.ts";
import type { Action, TurnStore } from "../../../src/turn/ports.ts";
import type { ContentAndModel } from "../../../src/turn/run-turn.ts";
import { waitUntil } from "../../wait-until.ts";
import { EmulatedChannel } from "./emulated-channel.ts";
import { RunningEngine, sampleShop, SetClock } from "./running-engine.ts";

let pair: ContentAndModel;
let clock: SetClock;
let running: RunningEngine;

beforeAll(async () => {
  pair = await sampleShop();
});
beforeEach(() => {
  clock = new SetClock();
});
afterEach(async () => {
  await running.end();
});

describe("a reply on its way to a provider", () => {
  it("that times out without an answer is marked unknown and shown, never sent blindly again", async () => {
    const channel = new EmulatedChannel("ambiguous");
    channel.answers.push((outgoing) =>
      channel.deliverNow(outgoing).then(() => ({ status: "ambiguous", reason: "no answer in 10 s" })),
    );
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf");
    await waitUntil(
      "it found its end",
      async () => (await running.outbox(customer))[0]?.status === "unknown",
    );
    await running.say(customer, "paano magbayad");
    await waitUntil("the next is delivered", () => channel.received.length === 2);
    await running.untilQuiet();
    expect((await running.outbox(customer)).map(({ status, reason }) => [status, reason])).toEqual([
      ["unknown", "no answer in 10 s"],
      ["delivered", null],
    ]);
    expect((await running.store.turns.depths(clock.now())).outboxUnknown).toBe(1);
  });

  it("is repeated where the provider recognizes our key", async () => {
    const channel = new EmulatedChannel("idempotent");
    channel.answers.push(() => Promise.reject(new Error("socket hang up")));
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf");
    await waitUntil(
      "it waits for another try",
      async () => (await running.outbox(customer))[0]?.reason === "socket hang up",
    );
    clock.at += 1_000;
    await waitUntil("it is delivered", () => channel.received.length === 1);
  });

  it("is not sent again when only the note that it was sent could not be kept", async () => {
    const channel = new EmulatedChannel();
    running = await RunningEngine.start({ pair, channel, clock });
    const other = new Sqlite(join(running.folder, "kumusta.db"));
    channel.answers.push((outgoing) => {
      other.exec("begin immediate");
      return channel.deliverNow(outgoing);
    });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf");
    await waitUntil("the store refused it", () =>
      running.failures.some((one) => one.startsWith("outbox.drain")),
    );
    other.exec("rollback");
    other.close();
    await running.untilQuiet();
    expect(channel.received.length).toBe(1);
    expect((await running.outbox(customer))[0]).toMatchObject({ status: "delivered", provider_id: "p1" });
  });

  it("keeps to a provider's own time, however long it is", async () => {
    const channel = new EmulatedChannel();
    channel.answers.push(() => Promise.resolve({ status: "retry", reason: "429", afterMs: 3_600_000 }));
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf");
    await waitUntil("it is put off", async () => (await running.outbox(customer))[0]?.reason === "429");
    const [row] = await running.outbox(customer);
    expect((row?.not_before ?? 0) - (row?.created_at ?? 0)).toBeGreaterThanOrEqual(3_600_000);
    clock.at += 3_000_000;
    await running.say(customer, "paano magbayad");
    await running.untilTurns(customer, 2);
    expect(channel.received.length).toBe(0);
    clock.at += 700_000;
    await waitUntil("both are delivered", () => channel.received.length === 2);
  });

  it("holds back the replies behind it until it is through: order is kept", async () => {
    const channel = new EmulatedChannel();
    for (let i = 0; i < 3; i++)
      channel.answers.push(() => Promise.resolve({ status: "retry", reason: "503", afterMs: 5 }));
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf");
    await running.say(customer, "paano magbayad");
    await running.untilTurns(customer, 2);
    await waitUntil("both are delivered", () => {
      clock.at += 10;
      return channel.received.length === 2;
    });
    expect(channel.texts[0]).toMatch(/₱85/u);
    expect(channel.texts[1]).toMatch(/GCash/u);
  });

  it("that the provider refuses for good is failed with its reason, and the next one goes", async () => {
    const channel = new EmulatedChannel();
    channel.answers.push(() => Promise.resolve({ status: "refused", reason: "the customer blocked us" }));
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf");
    await running.say(customer, "paano magbayad");
    await waitUntil("the second is delivered", () => channel.received.length === 1);
    await running.untilQuiet();
    expect((await running.outbox(customer)).map(({ status }) => status)).toEqual(["failed", "delivered"]);
  });

  it("whose process died while sending is marked unknown at the next start", async () => {
    const channel = new EmulatedChannel();
    let begun = false;
    channel.answers.push(() => {
      begun = true;
      return new Promise(() => undefined);
    });
    running = await RunningEngine.start({ pair, channel, clock, limits: { stopGraceMs: 20 } });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf");
    await waitUntil("sending began", () => begun);
    const { folder } = running;
    // The stop does not wait for ever: what the provider would have answered is never recorded, as at kill -9.
    await running.stop();
    running = await RunningEngine.start({ pair, channel, clock, folder });
    await waitUntil(
      "it found its end",
      async () => (await running.outbox(customer))[0]?.status === "unknown",
    );
    expect(channel.received).toEqual([]);
  });
});

const orderStatus = (perform: Action["perform"], timeoutMs = 5_000): Action => ({
  name: "orders.status",
  timeoutMs,
  perform,
});
const found: Json = { statusEn: "on its way", statusFil: "papunta na", arrives: "November 25" };

describe("a flow that asks the business", () => {
  it("performs the action after the commit and goes on with its result", async () => {
    const channel = new EmulatedChannel();
    const asked: unknown[] = [];
    const action = orderStatus((input, { idempotencyKey }) => {
      asked.push([input, typeof idempotencyKey]);
      return Promise.resolve(found);
    });
    running = await RunningEngine.start({ pair, channel, clock, actions: [action] });
    const customer = await running.customer();
    await running.say(customer, "where is my order");
    await running.say(customer, "TND-104233");
    await waitUntil("the flow has told it", () => channel.received.length === 2);
    expect(channel.texts[1]).toMatch(/^Order 104233 is on its way\. It should reach you by November 25\./u);
    expect(asked).toEqual([[{ orderNumber: "104233" }, "string"]]);
    expect((await running.turns(customer)).map(({ trigger }) => trigger)).toEqual([
      "message",
      "message",
      "actionResult",
    ]);
    expect(await running.timers(customer)).toEqual([]);
  });

  it("performs it once, also when a look at what waits took longer than the action", async () => {
    const channel = new EmulatedChannel();
    const given: ((value: Json) => void)[] = [];
    const action = orderStatus(() => new Promise((resolve) => given.push(resolve)));
    let isSlow = false;
    let looks = 0;
    let goOn: () => void = () => undefined;
    const slowly = new Promise<void>((resolve) => (goOn = resolve));
    const seen = (turns: TurnStore): TurnStore =>
      new Proxy(turns, {
        get: (store, name: keyof TurnStore) => {
          const own = store[name];
          if (name === "unsettledOutbox")
            return async (conversationId: string) => {
              const rows = await store.unsettledOutbox(conversationId);
              if (isSlow && rows.some(({ body }) => body.type === "action")) {
                looks += 1;
                await slowly;
              }
              return rows;
            };
          return typeof own === "function" ? own.bind(store) : own;
        },
      });
    running = await RunningEngine.start({ pair, channel, clock, actions: [action], seen });
    const customer = await running.customer();
    await running.say(customer, "where is my order");
    await running.say(customer, "104233");
    await waitUntil("it is asked", () => given.length === 1);
    isSlow = true;
    await waitUntil("somebody looks again", () => looks > 0);
    given[0]?.(found);
    await running.untilTurns(customer, 3);
    await waitUntil("its row is settled", async () =>
      (await running.outbox(customer)).some(
        ({ kind, status }) => kind === "action" && status === "delivered",
      ),
    );
    isSlow = false;
    goOn();
    await waitUntil("the flow has told it", () => channel.received.length === 2);
    await running.untilQuiet();
    expect(given).toHaveLength(1);
  });

  it("says so when the action is slow, once, and answers when it returns", async () => {
    const channel = new EmulatedChannel();
    let give: (value: Json) => void = () => undefined;
    const action = orderStatus(() => new Promise((resolve) => (give = resolve)), 60_000);
    running = await RunningEngine.start({ pair, channel, clock, actions: [action] });
    const customer = await running.customer();
    await running.say(customer, "where is my order");
    await running.say(customer, "104233");
    await running.untilTurns(customer, 2);
    clock.at += 3_000;
    await waitUntil("the sentence arrives", () =>
      channel.texts.some((text) => text.startsWith("I'm checking with the courier")),
    );
    give(found);
    await waitUntil("the answer arrives", () => channel.received.length === 3);
    expect(channel.texts[2]).toContain("on its way");
  });

  it("tries a failing action again under the same key, then tells the truth and hands over", async () => {
    const channel = new EmulatedChannel();
    const keys: string[] = [];
    const action = orderStatus((_input, { idempotencyKey }) => {
      keys.push(idempotencyKey);
      return Promise.reject(new Error("courier is down"));
    });
    running = await RunningEngine.start({ pair, channel, clock, actions: [action] });
    const customer = await running.customer();
    await running.say(customer, "where is my order");
    await running.say(customer, "104233");
    await waitUntil("the flow ends", () => channel.received.length === 2);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(channel.texts[1]).toMatch(
      /^I couldn't reach our courier system just now.*\n\nI've passed this to our Delivery team/u,
    );
    expect((await running.turns(customer)).at(-1)?.outcome).toBe("handedOff");
  });
});

describe("a promise to a customer", () => {
  it("that runs out while we are down is owned up to once, after the start", async () => {
    const channel = new EmulatedChannel();
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    await running.say(customer, "agent");
    await waitUntil("the promise is told", () => channel.received.length === 1);
    await running.untilQuiet();
    const { folder } = running;
    await running.stop();
    clock.at += 3_600_000;
    running = await RunningEngine.start({ pair, channel, clock, folder });
    await waitUntil("it is owned up to", () => channel.received.length === 2);
    expect(channel.texts[1]).toMatch(
      /^Our Customer Care team didn't reply in the time I gave you\. I'm sorry\./u,
    );
    await running.say(customer, "how much is shipping");
    await waitUntil("the bot answers again", () => channel.received.length === 3);
    expect((await running.turns(customer)).map(({ trigger }) => trigger)).toEqual([
      "message",
      "timer",
      "message",
    ]);
  });
});
