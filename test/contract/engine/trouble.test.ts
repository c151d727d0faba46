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

const throwsAt = (word: string): TurnMiddleware => ({
  onTurn: async (context, next) => {
    await next();
    if (context.activity.text.includes(word)) throw new Error(`cannot bear ${word}`);
  },
});

describe("a message that makes its turn throw", () => {
  it("is tried three times, then set aside with its reason while the conversation goes on", async () => {
    running = await RunningEngine.start({ pair, channel, clock, middleware: [throwsAt("poison")] });
    const customer = await running.customer();
    await running.say(customer, "poison");
    await running.say(customer, "magkano po sf");
    await running.untilTurns(customer, 1);
    const poison = (await running.intake(customer)).find(({ status }) => status === "setAside");
    expect(poison).toMatchObject({ attempts: 3, reason: "cannot bear poison", turn_id: null });
    expect((await running.turns(customer)).map(({ text }) => text)).toEqual(["magkano po sf"]);
    expect(running.engine.waiting).toBe(0);
  });

  it("does not take its neighbours of the same burst with it", async () => {
    running = await RunningEngine.start({
      pair,
      channel,
      clock,
      quietMs: 50,
      middleware: [throwsAt("poison")],
    });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf", { sentAt: clock.at + 1 });
    await running.say(customer, "poison", { sentAt: clock.at + 2 });
    await running.say(customer, "paano magbayad", { sentAt: clock.at + 3 });
    await waitUntil("nothing waits", async () =>
      (await running.intake(customer)).every(({ status }) => status !== "pending"),
    );
    expect((await running.turns(customer)).map(({ text }) => text)).toEqual([
      "magkano po sf",
      "paano magbayad",
    ]);
  });

  it("leaves nothing of its replies behind", async () => {
    running = await RunningEngine.start({ pair, channel, clock, middleware: [throwsAt("sf")] });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf");
    await waitUntil(
      "it is set aside",
      async () => (await running.intake(customer))[0]?.status === "setAside",
    );
    expect(await running.outbox(customer)).toEqual([]);
    expect(channel.received).toEqual([]);
  });

  it("is set aside with a reason in which no number of the customer's stands, though the code that threw put it there", async () => {
    const quotes: TurnMiddleware = {
      onTurn: (context) => Promise.reject(new Error(`cannot read "${context.activity.text}"`)),
    };
    running = await RunningEngine.start({ pair, channel, clock, middleware: [quotes] });
    const customer = await running.customer();
    await running.say(customer, "I'm at 0917 123 4567");
    await waitUntil(
      "it is set aside",
      async () => (await running.intake(customer))[0]?.status === "setAside",
    );
    expect((await running.intake(customer))[0]?.reason).toBe('cannot read "I\'m at ‹phone:1›"');
  });
});

describe("a listener that never answers", () => {
  it("counts as thrown after the time-out; other conversations never notice", async () => {
    const hangs: TurnMiddleware = {
      onTurn: (context, next) =>
        context.activity.text === "hang" ? new Promise<void>(() => undefined) : next(),
    };
    running = await RunningEngine.start({
      pair,
      channel,
      clock,
      middleware: [hangs],
      limits: { turnTimeoutMs: 30 },
    });
    const stuck = await running.customer();
    const other = await running.customer();
    await running.say(stuck, "hang");
    await running.say(other, "magkano po sf");
    await running.untilTurns(other, 1);
    await waitUntil(
      "the stuck one is set aside",
      async () => (await running.intake(stuck))[0]?.status === "setAside",
    );
    await running.say(stuck, "paano magbayad");
    await running.untilTurns(stuck, 1);
  });
});

describe("Bot Framework middleware", () => {
  it("may change what the bot hears, add to what it says, and put a pause before it", async () => {
    const courteous: TurnMiddleware = {
      onTurn: async (context, next) => {
        context.activity.text = context.activity.text.replace("shpping", "shipping");
        await context.sendActivity({ type: "delay", value: 30_000 });
        await next();
        await context.sendActivity("P.S. Salamat po!");
      },
    };
    running = await RunningEngine.start({ pair, channel, clock, middleware: [courteous] });
    const customer = await running.customer();
    await running.say(customer, "how much is shpping");
    await running.untilTurns(customer, 1);
    expect(channel.received).toEqual([]);
    clock.at += 30_000;
    await waitUntil("both replies arrive", () => channel.received.length === 2);
    expect(channel.texts[0]).toMatch(/^Shipping is [^]*₱85/u);
    expect(channel.texts[1]).toBe("P.S. Salamat po!");
  });

  it("may end a turn before the bot hears it: the message is handled, nothing else changes", async () => {
    const mute: TurnMiddleware = { onTurn: () => Promise.resolve() };
    running = await RunningEngine.start({ pair, channel, clock, middleware: [mute] });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf");
    await running.untilTurns(customer, 1);
    expect((await running.turns(customer))[0]?.outcome).toBe("silent");
    expect(channel.received).toEqual([]);
  });
});

describe("a clock that is set back an hour", () => {
  it("holds up neither bursts nor replies that wait for another try", async () => {
    running = await RunningEngine.start({ pair, channel, clock, quietMs: 30 });
    const customer = await running.customer();
    channel.answers.push(() => Promise.resolve({ status: "retry", reason: "busy", afterMs: 1 }));
    await running.say(customer, "magkano po sf");
    clock.at -= 3_600_000;
    await waitUntil("the answer arrives", () => channel.received.length === 1);
    await running.say(customer, "paano magbayad");
    await waitUntil("the next answer arrives", () => channel.received.length === 2);
  });
});

describe("a clock that is set back a few minutes", () => {
  it("while a turn is decided does not hold up its reply", async () => {
    const meddling: TurnMiddleware = {
      onTurn: async (_context, next) => {
        await next();
        clock.at -= 300_000;
      },
    };
    running = await RunningEngine.start({ pair, channel, clock, middleware: [meddling] });
    await running.say(await running.customer(), "magkano po sf");
    await waitUntil("the answer arrives", () => channel.received.length === 1);
  });

  it("between two messages of one burst does not turn them round", async () => {
    running = await RunningEngine.start({ pair, channel, clock, quietMs: 120 });
    const customer = await running.customer();
    await running.say(customer, "first");
    clock.at -= 300_000;
    await running.say(customer, "second");
    await running.untilQuiet();
    expect((await running.turns(customer)).map(({ text }) => text)).toEqual(["first", "second"]);
  });
});

describe("more messages than the engine may hold", () => {
  it("are refused with the time to come back, and nothing of them is kept", async () => {
    running = await RunningEngine.start({
      pair,
      channel,
      clock,
      quietMs: 60_000,
      limits: { mostWaiting: 2, sweepMs: 3_600_000 },
    });
    const customer = await running.customer();
    await running.say(customer, "one");
    await running.say(customer, "two");
    await expect(running.say(customer, "three")).rejects.toMatchObject({
      code: "engine.busy",
      status: 503,
      retryAfterSeconds: 2,
    });
    expect(await running.intake(customer)).toHaveLength(2);
  });

  it("are refused while the engine stops; what was accepted waits for the next start", async () => {
    running = await RunningEngine.start({
      pair,
      channel,
      clock,
      quietMs: 60_000,
      limits: { sweepMs: 3_600_000 },
    });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf");
    await running.engine.stop();
    await expect(running.say(customer, "late")).rejects.toMatchObject({ code: "engine.stopping" });
    await running.store.close();
    running = await RunningEngine.start({ pair, channel, clock, quietMs: 10, folder: running.folder });
    await waitUntil("the answer arrives", () => channel.received.length === 1);
    expect((await running.turns(customer)).map(({ text }) => text)).toEqual(["magkano po sf"]);
  });
});
