import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { TurnMiddleware } from "../../../src/turn/host.ts";
import type { ContentAndModel } from "../../../src/turn/run-turn.ts";
import { waitUntil } from "../../wait-until.ts";
import { EmulatedChannel } from "./emulated-channel.ts";
import { RunningEngine, sampleShop, SetClock } from "./running-engine.ts";

let pair: ContentAndModel;
let clock: SetClock;
let channel: EmulatedChannel;
let running: RunningEngine;

beforeAll(async () => {
  pair = await sampleShop();
});
beforeEach(() => {
  clock = new SetClock();
  channel = new EmulatedChannel();
});
afterEach(async () => {
  await running.end();
});

describe("a customer who writes", () => {
  it("is answered from the script of what they asked", async () => {
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf");
    await waitUntil("the answer arrives", () => channel.received.length === 1);
    expect(channel.texts[0]).toMatch(/₱85[^]*Metro Manila|Metro Manila[^]*₱85/u);
    expect(channel.texts[0]).toContain("Automated assistant po ako");
    expect(await running.turns(customer)).toEqual([
      { seq: 1, outcome: "answered", trigger: "message", text: "magkano po sf", arrivedLate: false },
    ]);
  });

  it("is answered once when the provider delivers the same message three times at once", async () => {
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    const accepted = await Promise.all(
      [1, 2, 3].map(() => running.say(customer, "magkano po sf", { externalId: "mid.1" })),
    );
    expect(accepted.map(({ duplicate }) => duplicate).sort()).toEqual([false, true, true]);
    expect(new Set(accepted.map(({ id }) => id)).size).toBe(1);
    await running.untilTurns(customer, 1);
    await running.untilQuiet();
    expect(await running.turns(customer)).toHaveLength(1);
    expect(channel.received).toHaveLength(1);
  });

  it("in three quick messages gets one turn and one reply", async () => {
    running = await RunningEngine.start({ pair, channel, clock, quietMs: 700 });
    const customer = await running.customer();
    const texts = ["hi po", "tanong lang", "magkano po shipping"];
    await Promise.all(texts.map((text, i) => running.say(customer, text, { sentAt: clock.at + i })));
    await running.untilTurns(customer, 1);
    await running.untilQuiet();
    expect((await running.turns(customer)).map(({ text }) => text)).toEqual([
      "hi po|tanong lang|magkano po shipping",
    ]);
    expect(channel.received).toHaveLength(1);
  });

  it("is understood in the order of writing when messages overtake each other on the way", async () => {
    running = await RunningEngine.start({ pair, channel, clock, quietMs: 700 });
    const customer = await running.customer();
    const at = clock.at;
    await Promise.all([
      running.say(customer, "second", { sentAt: at + 2 }),
      running.say(customer, "third", { sentAt: at + 3 }),
      running.say(customer, "first", { sentAt: at + 1 }),
    ]);
    await running.untilTurns(customer, 1);
    expect((await running.turns(customer)).map(({ text }) => text)).toEqual(["first|second|third"]);
  });

  it("whose older message comes after the answer gets a turn of its own for it, marked as late", async () => {
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf", { sentAt: clock.at + 50 });
    await running.untilTurns(customer, 1);
    await running.say(customer, "paano magbayad", { sentAt: clock.at + 10 });
    await running.untilTurns(customer, 2);
    expect((await running.turns(customer)).map(({ arrivedLate }) => arrivedLate)).toEqual([false, true]);
  });

  it("taps without waiting for the end of the burst window", async () => {
    running = await RunningEngine.start({ pair, channel, clock, quietMs: 60_000 });
    const customer = await running.customer();
    const tap = {
      type: "choice",
      text: "Payment methods",
      payload: "intent:payment.methods",
      sentAt: clock.at,
    } as const;
    await running.engine.accept(customer, await running.arrival(customer, tap));
    await waitUntil("the answer arrives", () => channel.received.length === 1);
    expect(channel.texts[0]).toMatch(/GCash/u);
  });

  it("asks for a person and is not kept waiting by the burst window", async () => {
    running = await RunningEngine.start({ pair, channel, clock, quietMs: 60_000 });
    const customer = await running.customer();
    await running.say(customer, "tao po");
    await waitUntil("the answer arrives", () => channel.received.length === 1);
    expect((await running.turns(customer))[0]?.outcome).toBe("handedOff");
  });
});

describe("a message that arrives while the turn before it is in hand", () => {
  it("is answered with it, if the turn has not been committed", async () => {
    let interrupted = false;
    const interrupt: TurnMiddleware = {
      onTurn: async (context, next) => {
        if (!interrupted) {
          interrupted = true;
          await running.say(context.activity.conversation.id, "magkano po shipping");
        }
        await next();
      },
    };
    running = await RunningEngine.start({ pair, channel, clock, quietMs: 30, middleware: [interrupt] });
    const customer = await running.customer();
    await running.say(customer, "tanong lang");
    await running.untilTurns(customer, 1);
    await running.untilQuiet();
    expect((await running.turns(customer)).map(({ text }) => text)).toEqual([
      "tanong lang|magkano po shipping",
    ]);
    expect(channel.received).toHaveLength(1);
  });

  it("is never stranded, however often the customer writes just before the commit", async () => {
    let left = 20;
    const interrupt: TurnMiddleware = {
      onTurn: async (context, next) => {
        await next();
        if (left > 0) await running.say(context.activity.conversation.id, `message ${String(left--)}`);
      },
    };
    running = await RunningEngine.start({ pair, channel, clock, quietMs: 5, middleware: [interrupt] });
    const customer = await running.customer();
    await running.say(customer, "message 21");
    await waitUntil(
      "all 21 messages are handled",
      async () => (await running.intake(customer)).filter(({ status }) => status === "handled").length === 21,
    );
    const heard = (await running.turns(customer)).flatMap(({ text }) => text.split("|"));
    expect(heard).toEqual(Array.from({ length: 21 }, (_, i) => `message ${String(21 - i)}`));
  });
});

describe("while a person owns the conversation", () => {
  it("the bot records what the customer writes and stays silent", async () => {
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    await running.say(customer, "agent please");
    await running.untilTurns(customer, 1);
    await running.say(customer, "magkano po sf");
    await running.untilTurns(customer, 2);
    await running.untilQuiet();
    expect((await running.turns(customer)).map(({ outcome }) => outcome)).toEqual(["handedOff", "silent"]);
    expect(channel.received).toHaveLength(1);
  });
});
