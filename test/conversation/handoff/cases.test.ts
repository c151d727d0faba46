import { describe, expect, it } from "@jest/globals";
import { Customer, mondayMorning, tapsOf, textOf } from "./customer.ts";

const minutes = 60_000;

describe("a customer who asks for a person", () => {
  it("hears which team and by when, and a timer stands on that very promise", () => {
    const customer = new Customer();
    const decision = customer.say("tao po");
    expect(textOf(decision)).toMatch(/our Customer Care team\b.*\b10:15 am today/u);
    expect(decision.timers).toEqual([{ name: "handOff.promise", dueAt: mondayMorning + 15 * minutes }]);
    expect(decision.handOff).toEqual({ reason: "requested", team: "support" });
    expect(decision.cases).toMatchObject([
      { type: "opened", team: "support", reason: "requested", promisedAt: mondayMorning + 15 * minutes },
    ]);
    expect(customer.case).toMatchObject({ status: "queued", team: "support", intent: null });
  });

  it.each(["any update po", "wala pa rin po"])(
    "in line hears once how it stands when they write “%s”",
    (words) => {
      const customer = new Customer();
      customer.say("tao po");
      expect(textOf(customer.say(words))).toMatch(/10:15 am today|10:15 am ngayon/u);
      expect(textOf(customer.say(words))).toBe("");
    },
  );

  it("after a question goes to the team that owns its stage; a greeting sends nobody anywhere", () => {
    const asked = new Customer();
    asked.say("how do i return this", { "returns.how-to-return": 0.9 });
    expect(asked.say("agent").handOff?.team).toBe("returns");
    const greeted = new Customer();
    greeted.say("hi", { "discovery.greeting": 0.9 });
    expect(greeted.say("agent").handOff?.team).toBe("support");
  });

  it("gives the team a card: what it is about, what was asked and tried, what is known, what was sent", () => {
    const customer = new Customer();
    customer.say("where is my order", { "delivery.order-status": 0.9 });
    const [opened] = customer.say("agent").cases;
    if (opened?.type !== "opened") throw new Error("no case");
    expect(opened.team).toBe("delivery");
    expect(opened.card).toMatchObject({
      category: { stage: "delivery", intent: "delivery.order-status" },
      asked: "agent",
      channel: "webchat",
      language: "en",
      lastCases: [],
    });
    expect(opened.card.tried).toEqual(["delivery.order-status (answered)"]);
    customer.agent("close");
    const [second] = customer.say("agent").cases;
    expect(second).toMatchObject({
      type: "opened",
      card: { lastCases: [{ intent: "delivery.order-status", status: "closed" }] },
    });
  });

  it("is promised an answer in working time, also at night", () => {
    const customer = new Customer(Date.parse("2026-11-28T22:00:00+08:00"));
    customer.say("where is my order", { "delivery.order-status": 0.9 });
    // Saturday night; Monday is Bonifacio Day, on which the Delivery team is off.
    expect(textOf(customer.say("agent"))).toMatch(/Delivery team\. They reply on Tuesday by 9:20 am/u);
  });
});

describe("a customer in line", () => {
  it("who asks again is told once how it stands, and no second case is opened", () => {
    const customer = new Customer();
    customer.say("agent");
    customer.now += 5 * minutes;
    const again = customer.say("agent please");
    expect(textOf(again)).toMatch(
      /^You're in line with our Customer Care team\. They reply by 10:15 am today\./u,
    );
    expect(customer.say("kausap").replies).toEqual([]);
    expect(customer.changes.filter(({ type }) => type === "opened")).toHaveLength(1);
  });

  it("may take the bot back, keeps their place, and comes back into line with the same case and promise", () => {
    const customer = new Customer();
    customer.say("agent");
    expect(textOf(customer.say("balik sa bot"))).toMatch(
      /^You're back with the assistant, and you keep your place with our Customer Care team\. They reply by 10:15 am today/u,
    );
    expect(customer.say("how do i return", { "returns.how-to-return": 0.9 }).outcome).toBe("answered");
    expect(textOf(customer.say("agent"))).toMatch(/^You're in line .* by 10:15 am today/u);
    expect(customer.state.owner.type).toBe("queue");
    expect(customer.changes.map(({ type }) => type)).toEqual([
      "opened",
      "customerWrote",
      "withBot",
      "rejoined",
    ]);
  });

  it("is answered by nobody else: not to words, taps, pictures or the result of an action", () => {
    const customer = new Customer();
    customer.say("agent");
    const decisions = [
      customer.say("how do i return", { "returns.how-to-return": 0.9 }),
      customer.taps("intent:payment.methods"),
      customer.sends("image/jpeg"),
      customer.turn({ type: "event", name: "conversationUpdate", sentAt: customer.now }),
      customer.turn({ type: "event", name: "conversation.continued", value: {}, sentAt: customer.now }),
    ];
    expect(decisions.flatMap(({ replies }) => replies)).toEqual([]);
    // Words, taps and pictures stand in the case's history.
    expect(customer.changes.filter(({ type }) => type === "customerWrote")).toHaveLength(3);
  });
});

describe("what the bot had asked of the business", () => {
  it.each([
    [{ ok: true, value: { done: true } } as const, true],
    [{ ok: false, reason: "HTTP 500" } as const, false],
  ])("and comes back after the handover stands with the case: %j", (result, ok) => {
    const customer = new Customer();
    customer.say("agent");
    const back = () =>
      customer.turn({
        type: "actionResult",
        action: "orders.changeAddress",
        outboxId: "x.0",
        result,
        sentAt: customer.now,
      });
    const inLine = back();
    expect(inLine.replies).toEqual([]);
    const line = { type: "actionReturned", caseId: customer.case?.id, action: "orders.changeAddress", ok };
    expect(inLine.cases).toEqual([line]);
    customer.agent("assign");
    expect(back().cases).toEqual([line]);
  });
});

describe("a promise that is broken", () => {
  it("is said to be, and renewed; then another team promises; then no time is named; the bot helps meanwhile", () => {
    const customer = new Customer();
    customer.say("where is my order", { "delivery.order-status": 0.9 });
    customer.say("agent");
    const first = customer.waits();
    expect(textOf(first)).toMatch(
      /^Our Delivery team didn't reply in the time I gave you\. I'm sorry\. .* by 10:40 am today/u,
    );
    expect(customer.state.owner.type).toBe("bot");
    expect(textOf(customer.waits())).toMatch(
      /^Our Delivery team still hasn't replied, so I've passed this to our Customer Care team\. They reply by 10:55 am today/u,
    );
    expect(textOf(customer.waits())).toMatch(
      /^Our Customer Care team hasn't replied yet, and I won't name another time/u,
    );
    expect(customer.waits()).toBeUndefined();
    expect(customer.case).toMatchObject({ status: "queued", team: "support", broken: 3, promisedAt: null });
    expect(customer.say("how do i return", { "returns.how-to-return": 0.9 }).outcome).toBe("answered");
    expect(textOf(customer.say("agent"))).toMatch(
      /^I've passed this to our Customer Care team\. They reply by 11:10 am/u,
    );
  });

  it("does not speak once somebody is there", () => {
    const customer = new Customer();
    customer.say("agent");
    const promise = customer.timers.get("handOff.promise");
    customer.agent("assign");
    const stale = {
      type: "timer",
      name: "handOff.promise",
      generation: promise?.generation ?? 0,
      sentAt: customer.now,
    } as const;
    expect(customer.turn(stale).replies).toEqual([]);
    expect(customer.state.owner.type).toBe("agent");
  });
});

describe("an agent", () => {
  it("who takes a case is announced by name, and their words reach the customer under it", () => {
    const customer = new Customer();
    customer.say("agent");
    expect(textOf(customer.agent("assign"))).toBe("Maria from our Customer Care team is with you now.");
    const { replies } = customer.agent("reply", { text: "Hi, Maria here." });
    expect(replies).toEqual([{ text: "Hi, Maria here.", agent: "Maria", language: "en" }]);
  });

  it("who writes to a case in line takes it by that, without an announcement on top", () => {
    const customer = new Customer();
    customer.say("agent");
    const { replies, cases } = customer.agent("reply", { text: "Hi, Maria here." });
    expect(replies).toHaveLength(1);
    expect(cases.map(({ type }) => type)).toEqual(["assigned", "replied"]);
    expect(customer.state.owner).toMatchObject({ type: "agent", agent: "Maria" });
  });

  it("may send a script of the library, in the customer's language", () => {
    const customer = new Customer();
    customer.state = { ...customer.state, language: "fil" };
    customer.taps("command:person");
    const [reply] = customer.agent("reply", { script: "returns.how-to-return" }).replies;
    expect(reply).toMatchObject({ agent: "Maria", language: "fil", script: "returns.how-to-return" });
    expect(customer.agent("reply", { script: "no.such-script" }).cases).toMatchObject([
      { type: "refused", why: "unknownScript" },
    ]);
  });

  it("who says nothing loses the case to the line: the customer hears so, and is offered the bot", () => {
    const customer = new Customer();
    customer.say("agent");
    customer.agent("assign");
    // The promise given at the handover is theirs to keep.
    expect(customer.timers.get("handOff.agentSilent")?.dueAt).toBe(mondayMorning + 15 * minutes);
    const silent = customer.waits();
    expect(textOf(silent)).toMatch(
      /^Maria hasn't replied yet\. .* our whole Customer Care team: they reply by 10:30 am today/u,
    );
    expect(tapsOf(silent)).toContain("command:bot");
    expect(customer.state.owner.type).toBe("queue");
    expect(textOf(customer.taps("command:bot"))).toMatch(/^You're back with the assistant/u);
  });

  it("has as long as the team promises from the customer's first unanswered words", () => {
    const customer = new Customer();
    customer.say("agent");
    customer.agent("reply", { text: "Hello." });
    expect([...customer.timers.keys()]).toEqual(["handOff.idle"]);
    customer.now += 60 * minutes;
    customer.say("are you there?");
    customer.now += minutes;
    customer.say("hello?");
    expect(customer.timers.get("handOff.agentSilent")?.dueAt).toBe(mondayMorning + 75 * minutes);
    expect([...customer.timers.keys()]).toEqual(["handOff.agentSilent"]);
    customer.agent("reply", { text: "Here." });
    expect([...customer.timers.keys()]).toEqual(["handOff.idle"]);
  });

  it("gives the customer back to the bot, with last words first, and the bot answers again", () => {
    const customer = new Customer();
    customer.say("agent");
    customer.agent("assign");
    const { replies } = customer.agent("return", { text: "It arrives tomorrow." });
    expect(replies.map(({ text, agent }) => [agent, text])).toEqual([
      ["Maria", "It arrives tomorrow."],
      [undefined, "Maria has passed you back to the assistant. What else can I help with?"],
    ]);
    expect(customer.timers.size).toBe(0);
    expect(customer.say("how do i return", { "returns.how-to-return": 0.9 }).outcome).toBe("answered");
  });

  it("is refused what does not fit where the case stands, and nothing changes", () => {
    const customer = new Customer();
    customer.say("agent");
    customer.agent("assign");
    const before = customer.state;
    expect(customer.agent("reply", { agent: "Jun", text: "Hi" }).cases).toMatchObject([{ why: "notYours" }]);
    expect(customer.agent("assign", { caseId: "no-such-case" }).cases).toMatchObject([
      { why: "unknownCase" },
    ]);
    expect(customer.state).toEqual(before);
    customer.agent("close");
    expect(customer.agent("reply", { text: "Hi" }).cases).toMatchObject([{ type: "refused", why: "closed" }]);
    const first = customer.case?.id ?? "";
    customer.say("agent");
    customer.agent("return");
    const second = customer.case?.id ?? "";
    customer.say("agent");
    expect(customer.agent("assign", { caseId: second }).cases).toMatchObject([{ why: "otherCase" }]);
    expect(customer.agent("assign", { caseId: first }).cases).toMatchObject([{ why: "closed" }]);
  });

  it("whose words the channel forbids is refused, and the promise and its timer stand", () => {
    const customer = new Customer();
    customer.say("agent");
    const before = customer.state;
    const timers = new Map(customer.timers);
    customer.agentForbidden = "the contact opted out of texts";
    for (const op of ["reply", "close", "return"] as const) {
      const decision = customer.agent(op, { text: "Hi, Maria here." });
      expect(decision.replies).toEqual([]);
      expect(decision.cases).toMatchObject([
        { type: "refused", why: "channelForbids", reason: "the contact opted out of texts" },
      ]);
    }
    expect(customer.state).toEqual(before);
    expect(customer.timers).toEqual(timers);
    expect(customer.agent("assign").cases).toMatchObject([{ type: "assigned" }]);
    expect(customer.agent("close").cases).toMatchObject([{ type: "closed" }]);
  });

  it("may take a case over from another, and the customer hears of it", () => {
    const customer = new Customer();
    customer.say("agent");
    customer.agent("assign");
    expect(textOf(customer.agent("assign", { agent: "Jun" }))).toBe(
      "Jun from our Customer Care team is with you now.",
    );
    expect(customer.agent("assign", { agent: "Jun" }).replies).toEqual([]);
  });
});

describe("after a case", () => {
  it("is closed, what it was about is not the bot's to remember", () => {
    const customer = new Customer();
    customer.say("where is my order", { "delivery.order-status": 0.9 });
    customer.say("agent");
    customer.agent("close");
    expect(customer.state).toMatchObject({ owner: { type: "bot" }, misses: 0 });
    expect([customer.state.open, customer.state.offered, customer.state.lastIntent]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(customer.state.cases).toMatchObject([{ status: "closed", intent: "delivery.order-status" }]);
    expect(customer.say("agent").handOff?.team).toBe("support");
  });

  it("that nobody ended is over after a day of silence, and whoever comes back meets the bot", () => {
    const customer = new Customer();
    customer.say("agent");
    customer.agent("reply", { text: "All done." });
    const end = customer.waits();
    expect(customer.now).toBe(mondayMorning + 24 * 60 * minutes);
    expect(end?.replies).toEqual([]);
    expect(customer.case?.status).toBe("closed");
    expect(customer.say("how do i return", { "returns.how-to-return": 0.9 }).outcome).toBe("answered");
  });

  it("may be opened again as often as it takes, each time as a case of its own", () => {
    const customer = new Customer();
    for (let i = 0; i < 8; i++) {
      expect(textOf(customer.say("agent"))).toMatch(/^I've passed this to/u);
      customer.agent(i % 2 === 0 ? "close" : "return");
    }
    expect(new Set(customer.changes.map(({ caseId }) => caseId)).size).toBe(8);
    expect(customer.state.cases).toHaveLength(5);
  });
});

describe("a conversation stored before there were cases", () => {
  it("that stood in line finds its way back to the bot", () => {
    const customer = new Customer();
    const owner = { type: "queue", team: "support", reason: "requested", since: 0 } as const;
    customer.state = { ...customer.state, owner };
    expect(customer.say("hello").replies).toEqual([]);
    expect(textOf(customer.say("bot"))).toMatch(/^You're with the assistant/u);
  });
});
