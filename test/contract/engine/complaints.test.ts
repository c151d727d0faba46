import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { AgentActivity } from "../../../src/basics/activity.ts";
import { newId } from "../../../src/basics/ids.ts";
import { CaseStore, type CaseRow } from "../../../src/store/sql/case-store.ts";
import type { TurnMiddleware } from "../../../src/turn/host.ts";
import type { ChannelCapabilities } from "../../../src/turn/ports.ts";
import type { ContentAndModel } from "../../../src/turn/run-turn.ts";
import { waitUntil } from "../../wait-until.ts";
import { EmulatedChannel } from "./emulated-channel.ts";
import { RunningEngine, sampleShop, SetClock, type RunningOptions } from "./running-engine.ts";

/* What users of other chatbots complain of most, about people who take over and bots that come back. Each test is
 * named for what the customer experiences here. Monday, November 23, 2026, 10 am in Manila, unless the test says. */

let pair: ContentAndModel;
let clock: SetClock;
let channel: EmulatedChannel;
let running: RunningEngine;
let customer: string;

const minute = 60_000;
const aQuestion = "how do i return an item";

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

async function begin(options: Partial<RunningOptions> = {}): Promise<void> {
  running = await RunningEngine.start({ pair, channel, clock, ...options });
  customer = await running.customer();
}

/** Everything that was sent has been taken up, and every reply has left. */
async function settled(): Promise<void> {
  await running.untilQuiet();
}

async function says(text: string): Promise<void> {
  await running.say(customer, text);
  await settled();
}

async function taps(payload: string): Promise<void> {
  const tap = { type: "choice", text: "a button", payload, sentAt: clock.now() } as const;
  await running.engine.accept(customer, await running.arrival(customer, tap));
  await settled();
}

async function sends(contentType: string): Promise<void> {
  const attachments = [{ contentType, contentUrl: "/files/receipt" }];
  const photo = { type: "message", text: "", attachments, sentAt: clock.now() } as const;
  await running.engine.accept(customer, await running.arrival(customer, photo));
  await settled();
}

async function cases(): Promise<CaseRow[]> {
  const all = await new CaseStore(running.store.db, running.store.driver).list({ statuses: [], limit: 50 });
  return all.filter(({ conversationId }) => conversationId === customer);
}

async function agent(op: AgentActivity["op"], text?: string): Promise<void> {
  const caseId = (await cases()).at(-1)?.id ?? "none";
  const act: AgentActivity = {
    type: "agent",
    agent: "Maria",
    caseId,
    op,
    key: newId(),
    sentAt: clock.now(),
    ...(text === undefined ? {} : { text }),
  };
  await running.engine.accept(customer, await running.arrival(customer, act));
  await settled();
}

const owner = async () => (await running.store.turns.getConversation(customer))?.state.owner.type;
const last = () => channel.texts.at(-1) ?? "";

/** Time goes on; what comes due in it happens. */
async function passes(ms: number): Promise<void> {
  clock.at += ms;
  await waitUntil("no timer is due", async () => {
    return (await running.timers(customer)).every(({ due_at: dueAt }) => dueAt > clock.now());
  });
  await settled();
}

describe("1. while a person is helping the customer", () => {
  it("the bot says nothing, whatever the customer writes", async () => {
    await begin();
    await says("agent");
    await agent("assign");
    const before = channel.received.length;
    for (const words of [aQuestion, "hello?", "agent", "bot", "cancel"]) await says(words);
    expect(channel.received.slice(before)).toEqual([]);
    expect((await cases())[0]).toMatchObject({ status: "assigned", agent: "Maria" });
  });

  it("what the bot had decided before and could not send yet is not sent any more, and the person's words are", async () => {
    await begin();
    await says("agent");
    await says("bot");
    channel.answers.push(() => Promise.resolve({ status: "retry", afterMs: 60_000, reason: "busy" }));
    await running.say(customer, aQuestion);
    await waitUntil("the first try failed", () => channel.answers.length === 0);
    clock.at += 1;
    const caseId = (await cases())[0]?.id ?? "";
    const act = {
      type: "agent",
      agent: "Maria",
      caseId,
      op: "reply",
      key: "k",
      text: "Hi, Maria here.",
      sentAt: clock.now(),
    } as const;
    await running.engine.accept(customer, await running.arrival(customer, act));
    await waitUntil("a person has the customer", async () => (await owner()) === "agent");
    clock.at += 60_000;
    await waitUntil("the person's words arrive", () => last() === "Hi, Maria here.");
    expect(channel.texts.some((text) => text.includes("return"))).toBe(false);
    const rows = await running.outbox(customer);
    expect(rows.find(({ status }) => status === "cancelled")?.reason).toMatch(/a person took over/u);
  });
});

describe.each<ChannelCapabilities["delivery"]>(["ambiguous", "idempotent", "transcript"])(
  "2. on a channel whose delivery is %s",
  (delivery) => {
    it("taps, pictures, voice notes and locations do not bring the bot back while a person is there", async () => {
      channel = new EmulatedChannel(delivery);
      await begin();
      await says("agent");
      await agent("assign");
      const before = channel.received.length;
      await taps("intent:payment.methods");
      await taps("command:person");
      await taps("command:bot");
      for (const kind of ["image/jpeg", "audio/ogg", "application/vnd.geo+json"]) await sends(kind);
      expect(channel.received.slice(before)).toEqual([]);
      expect(await owner()).toBe("agent");
      // The person sees all of it.
      const [row] = await cases();
      const events = await new CaseStore(running.store.db, running.store.driver).history(row?.id ?? "");
      expect(events.filter(({ type }) => type === "customerWrote")).toHaveLength(6);
    });
  },
);

describe("3. a customer who needs a person a second time", () => {
  it("gets one, in the same visit and in the next", async () => {
    await begin();
    await says("agent");
    await agent("return");
    await says("agent");
    expect(last()).toMatch(/^I've passed this to our .* They reply by/u);
    await agent("reply", "Hi again.");
    expect(last()).toBe("Hi again.");
    await agent("close");
    clock.at += 7 * 24 * 60 * minute;
    await says("agent");
    expect(last()).toMatch(/^I've passed this to our/u);
    expect((await cases()).map(({ status }) => status)).toEqual(["returned", "closed", "queued"]);
  });
});

describe("4. a customer whom the person has given back", () => {
  it.each(["return", "close"] as const)("has the bot again after a %s", async (op) => {
    await begin();
    await says("agent");
    await agent("assign");
    await agent(op);
    expect(await owner()).toBe("bot");
    const before = channel.received.length;
    await says("how much is shipping");
    expect(channel.received.length).toBe(before + 1);
    expect(last()).toContain("₱85");
  });

  it("has the bot again by their own wish while they stand in line", async () => {
    await begin();
    await says("agent");
    await says("balik sa bot");
    await says("how much is shipping");
    expect(last()).toContain("₱85");
    expect((await cases())[0]?.status).toBe("queued");
  });
});

describe("5. a customer who comes back days after a handover that nobody ended", () => {
  it("meets the bot, neither silence nor the old case", async () => {
    await begin();
    await says("where is my order");
    await says("agent");
    await agent("reply", "It is on its way.");
    await passes(25 * 60 * minute);
    await passes(3 * 24 * 60 * minute);
    expect(await owner()).toBe("bot");
    await says("how much is shipping");
    expect(last()).toContain("₱85");
    expect((await cases())[0]?.status).toBe("closed");
  });

  it("meets the bot too when nobody ever answered", async () => {
    await begin();
    await says("agent");
    for (let day = 0; day < 5; day++) await passes(24 * 60 * minute);
    expect(await owner()).toBe("bot");
    await says("how much is shipping");
    expect(last()).toContain("₱85");
    expect((await cases())[0]).toMatchObject({ status: "queued", broken: 3 });
  });
});

describe("6. a customer who is handed over", () => {
  it("is told to whom, by when, and where the answer comes", async () => {
    await begin();
    await says("talk to a person");
    expect(last()).toMatch(/They reply by 10:20 am today, right here in this chat/u);
    await agent("assign");
    expect(last()).toBe("Maria from our Customer Care team is with you now.");
    await agent("return");
    expect(last()).toBe("Maria has passed you back to the assistant. What else can I help with?");
  });
});

describe("7. a customer between bot and people", () => {
  it("is never with nobody: waits outlive a restart and end in words", async () => {
    await begin();
    await says("agent");
    await agent("assign");
    await running.stop();
    clock.at += 30 * minute;
    running = await RunningEngine.start({ pair, channel, clock, folder: running.folder });
    await waitUntil("the customer hears", () => last().startsWith("Maria hasn't replied yet."));
    expect(await owner()).toBe("queue");
    await passes(30 * minute);
    expect(last()).toMatch(/didn't reply in the time I gave you/u);
    expect(await owner()).toBe("bot");
  });
});

describe("8. when the bot is slow", () => {
  it("the customer still gets the bot's answer, and nobody is bothered", async () => {
    let go: (() => void) | undefined;
    const slow: TurnMiddleware = {
      onTurn: async (_context, next) => {
        await new Promise<void>((resolve) => {
          go = resolve;
        });
        await next();
      },
    };
    await begin({ middleware: [slow] });
    await running.say(customer, "how much is shipping");
    await waitUntil("the bot begins to think", () => go !== undefined);
    clock.at += 12_000;
    go?.();
    await settled();
    expect(last()).toContain("₱85");
    expect(await cases()).toEqual([]);
    expect(await owner()).toBe("bot");
  });
});

describe("9. outside the team's hours", () => {
  it.each([
    ["at night", "2026-11-23T22:00:00+08:00", /by 9:20 am tomorrow/u],
    ["at lunch, between two shifts", "2026-11-23T12:30:00+08:00", /by 1:20 pm today/u],
    ["on a holiday", "2026-11-30T10:00:00+08:00", /by 9:20 am tomorrow/u],
    ["at the end of the year", "2026-12-31T10:00:00+08:00", /on Saturday by 9:20 am/u],
  ])("a customer who asks %s is told when somebody will be there", async (_name, at, when) => {
    clock.at = Date.parse(at);
    await begin();
    await says("where is my order");
    await says("agent");
    expect(last()).toMatch(/^I've passed this to our Delivery team\./u);
    expect(last()).toMatch(when);
  });

  it("what the bot can answer it answers, with no word of closing times on top", async () => {
    clock.at = Date.parse("2026-11-29T23:00:00+08:00");
    await begin();
    await says("how much is shipping");
    expect(channel.texts).toHaveLength(1);
    expect(last()).toContain("₱85");
    expect(last()).not.toMatch(/closed|hours|by \d/u);
  });
});

describe("10. when nobody is there", () => {
  it("the customer is told so in a sentence, with a new time, and has the bot meanwhile", async () => {
    await begin();
    await says("agent");
    await passes(21 * minute);
    expect(last()).toBe(
      "Our Customer Care team didn't reply in the time I gave you. I'm sorry. You're next in line, and they reply by 10:40 am today. I can answer other questions meanwhile.",
    );
    await says("how much is shipping");
    expect(last()).toContain("₱85");
  });

  it("and the one who had the case has left, it goes back into line and the next one takes it", async () => {
    await begin();
    await says("agent");
    await agent("reply", "One moment.");
    await says("still there?");
    await passes(21 * minute);
    expect(last()).toMatch(/^Maria hasn't replied yet\. .*they reply by/u);
    expect((await cases())[0]).toMatchObject({ status: "queued", agent: null });
    await agent("reply", "Sorry, I'm back.");
    expect(last()).toBe("Sorry, I'm back.");
  });
});

describe("11. a customer who wants a person first of all", () => {
  it.each(["agent", "human pls", "tao po", "kausap"])(
    "gets one by writing %s, before any question",
    async (words) => {
      await begin();
      await says(words);
      expect(await owner()).toBe("queue");
      expect((await cases())[0]).toMatchObject({ status: "queued", reason: "requested" });
    },
  );

  it("and asks again and again is one case, told once how it stands", async () => {
    await begin();
    for (let i = 0; i < 5; i++) await says("agent");
    expect(await cases()).toHaveLength(1);
    expect(channel.received).toHaveLength(2);
    expect(last()).toMatch(/^You're in line with our Customer Care team\./u);
  });
});
