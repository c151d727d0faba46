import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Reply } from "../../../src/basics/activity.ts";
import type { Channel, Delivery, OutgoingReply } from "../../../src/turn/ports.ts";
import type { ContentAndModel } from "../../../src/turn/run-turn.ts";
import { waitUntil } from "../../wait-until.ts";
import { EmulatedChannel } from "./emulated-channel.ts";
import { RunningEngine, sampleShop, SetClock } from "./running-engine.ts";

const minute = 60_000;
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

/** A provider that can be down: it counts what is tried meanwhile. */
class DownChannel extends EmulatedChannel {
  down = true;
  readonly tried: string[] = [];

  override deliver(outgoing: OutgoingReply): Promise<Delivery> {
    this.tried.push(outgoing.outboxId);
    return this.down ? Promise.resolve({ status: "retry", reason: "503" }) : this.deliverNow(outgoing);
  }
}

describe("a provider that is down for an hour", () => {
  it("is asked ever less often, and when it is back gets every reply once, in order, without a flood", async () => {
    const channel = new DownChannel();
    running = await RunningEngine.start({ pair, channel, clock });
    const customers = await Promise.all(Array.from({ length: 5 }, () => running.customer()));
    const questions = ["magkano po sf", "paano magbayad", "paano magbalik ng item"];
    for (const customer of customers)
      for (const [n, question] of questions.entries()) {
        await running.say(customer, question);
        await running.untilTurns(customer, n + 1);
      }
    for (let passed = 0; passed < 60; passed++) {
      clock.at += minute;
      await waitUntil("what is due was tried", async () => {
        const heads = await Promise.all(customers.map((customer) => running.outbox(customer)));
        return heads.every(([first]) => first !== undefined && first.not_before > clock.now());
      });
    }
    expect(channel.received).toEqual([]);
    const duringTheHour = channel.tried.length;
    // 1, 2, 4 … 256 s and then every 5 minutes: about twenty tries a conversation, of its first reply alone.
    expect(duringTheHour).toBeLessThanOrEqual(customers.length * 25);
    expect(new Set(channel.tried).size).toBe(customers.length);
    channel.down = false;
    await waitUntil("all are delivered", () => {
      clock.at += minute;
      return channel.received.length === customers.length * questions.length;
    });
    await running.untilQuiet();
    expect(channel.tried.length - duringTheHour).toBe(customers.length * questions.length);
    for (const customer of customers) {
      const sent = channel.received
        .filter(({ conversation }) => conversation.id === customer)
        .map(({ outboxId }) => outboxId);
      expect(sent).toEqual((await running.outbox(customer)).map(({ id }) => id));
    }
  });
});

/** Every reply leaves as three messages. */
class PartsChannel extends EmulatedChannel {
  parts(reply: Reply): readonly Reply[] {
    return [1, 2, 3].map((n) => ({ ...reply, text: `part ${String(n)}`, part: { n, of: 3 } }));
  }
}

describe("a reply of several messages", () => {
  it("whose second fails for a while goes on with the second: nothing is repeated", async () => {
    const channel: Channel & EmulatedChannel = new PartsChannel();
    channel.answers.push(
      (outgoing) => channel.deliverNow(outgoing),
      () => Promise.resolve({ status: "retry", reason: "503", afterMs: 5 }),
    );
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf");
    await waitUntil("all are delivered", () => {
      clock.at += 10;
      return channel.received.length === 3;
    });
    expect(channel.texts).toEqual(["part 1", "part 2", "part 3"]);
  });

  it("whose second nobody knows the fate of is not begun again; each message tells its own", async () => {
    const channel = new PartsChannel();
    channel.answers.push(
      (outgoing) => channel.deliverNow(outgoing),
      () => Promise.resolve({ status: "ambiguous", reason: "no answer" }),
    );
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    await running.say(customer, "magkano po sf");
    await waitUntil("the last is delivered", () => channel.received.length === 2);
    await running.untilQuiet();
    expect(channel.texts).toEqual(["part 1", "part 3"]);
    expect((await running.outbox(customer)).map(({ status }) => status)).toEqual([
      "delivered",
      "unknown",
      "delivered",
    ]);
  });
});

describe("a contact who blocked us", () => {
  const happens = async (customer: string, name: string) =>
    running.engine.accept(
      customer,
      await running.arrival(customer, { type: "event", name, sentAt: clock.now() }),
    );

  it("hears nothing that the bot begins by itself until they write; what they ask is answered", async () => {
    const channel = new EmulatedChannel();
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    await running.say(customer, "agent");
    await waitUntil("the promise is told", () => channel.received.length === 1);
    await happens(customer, "contact.unreachable");
    await running.untilTurns(customer, 2);
    clock.at += 60 * minute;
    await running.untilTurns(customer, 3);
    await running.untilQuiet();
    // The promise ran out, was recorded, and nobody was written to.
    expect((await running.turns(customer)).at(-1)).toMatchObject({ trigger: "timer", outcome: "silent" });
    expect(channel.received).toHaveLength(1);
    await running.say(customer, "magkano po sf");
    await waitUntil("they are answered", () => channel.received.length === 2);
  });

  it("does not get what the bot had begun and could not send yet", async () => {
    const channel = new EmulatedChannel();
    running = await RunningEngine.start({ pair, channel, clock });
    const customer = await running.customer();
    await running.say(customer, "agent");
    await waitUntil("the promise is told", () => channel.received.length === 1);
    channel.answers.push(() => Promise.resolve({ status: "retry", reason: "503", afterMs: 120_000 }));
    clock.at += 60 * minute;
    await running.untilTurns(customer, 2);
    await waitUntil("it waits for another try", async () =>
      (await running.outbox(customer)).some(({ reason }) => reason === "503"),
    );
    await happens(customer, "contact.unreachable");
    await running.untilTurns(customer, 3);
    clock.at += 5 * minute;
    await running.untilQuiet();
    expect((await running.outbox(customer)).map(({ status }) => status)).toEqual(["delivered", "cancelled"]);
    expect(channel.received).toHaveLength(1);
  });
});
