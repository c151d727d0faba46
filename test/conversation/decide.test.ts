import { describe, expect, it } from "@jest/globals";
import { join } from "node:path";
import type { InboundActivity } from "../../src/basics/activity.ts";
import { requireContent } from "../../src/content/load-content.ts";
import { decide, needsRecognition } from "../../src/conversation/decide/decide.ts";
import type { Decision } from "../../src/conversation/decision.ts";
import type { Recognition } from "../../src/conversation/recognized.ts";
import { newConversation, type ConversationState } from "../../src/conversation/state.ts";

const content = requireContent(join(import.meta.dirname, "../.."));
const now = Date.UTC(2026, 10, 23, 2);

/** What a recognizer would say: for each part of the message its candidates with confidence. */
function recognized(...parts: Readonly<Record<string, number>>[]): Recognition {
  return {
    parts: parts.map((candidates) => ({
      text: "",
      candidates: Object.entries(candidates).map(([intent, confidence]) => ({
        intent,
        score: confidence,
        confidence,
      })),
      outOfScope: 0,
    })),
    entities: [],
    language: "en",
    recognizer: "test",
    modelVersion: "1",
  };
}

/** One customer's conversation, turn by turn. */
class Customer {
  state: ConversationState = { ...newConversation, repliedTurns: 1 };
  seq = 0;

  turn(activity: InboundActivity, recognition?: Recognition): Decision {
    this.seq++;
    const { state } = this;
    const thresholds = { accept: 0.6, clarify: 0.3 };
    const decision = decide({
      conversationId: "c",
      seq: this.seq,
      now,
      activity,
      state,
      content,
      recognition,
      thresholds,
    });
    this.state = decision.state;
    return decision;
  }

  say(text: string, ...parts: Readonly<Record<string, number>>[]): Decision {
    return this.turn({ type: "message", text, sentAt: now }, recognized(...parts));
  }

  tap(payload: string): Decision {
    return this.turn({ type: "choice", text: "", payload, sentAt: now });
  }
}

const nothing = {};
const textOf = (decision: Decision) => decision.replies[0]?.text ?? "";
const tapsOf = (decision: Decision) => decision.replies[0]?.quickReplies?.map(({ payload }) => payload) ?? [];

describe("what the customer asks", () => {
  it("is answered, and filed under kind, stage and intent, when it was understood surely", () => {
    const decision = new Customer().say("how much is shipping", { "delivery.shipping-fee": 0.9 });
    expect(textOf(decision)).toMatch(/^Shipping is ₱85/u);
    expect(decision).toMatchObject({
      outcome: "answered",
      category: { kind: "question", stage: "delivery", intent: "delivery.shipping-fee", confidence: 0.9 },
    });
  });

  it("twice in one message gets both answers in one reply", () => {
    const decision = new Customer().say(
      "magkano sf at paano magbayad",
      { "delivery.shipping-fee": 0.9 },
      { "payment.methods": 0.8 },
    );
    expect(decision.replies).toHaveLength(1);
    expect(textOf(decision)).toMatch(/^Shipping is ₱85[^]*\n\nYou can pay by GCash/u);
    expect(decision.category.intent).toBe("delivery.shipping-fee");
  });

  it("is asked back with the likely meanings and a person when it was understood half", () => {
    const decision = new Customer().say("my order", {
      "delivery.order-status": 0.45,
      "ordering.change-order": 0.4,
      "payment.methods": 0.1,
    });
    expect(decision.outcome).toBe("clarified");
    expect(tapsOf(decision)).toEqual([
      "intent:delivery.order-status",
      "intent:ordering.change-order",
      "command:person",
    ]);
  });

  it("is answered in Filipino when it was asked in Taglish", () => {
    const taglish = { ...recognized({ "delivery.shipping-fee": 0.9 }), language: "mixed" as const };
    const decision = new Customer().turn(
      { type: "message", text: "magkano po ang shipping", sentAt: now },
      taglish,
    );
    expect(textOf(decision)).toMatch(/^₱85 po ang shipping/u);
    expect(decision.replies[0]?.language).toBe("fil");
  });
});

describe("the first reply of all", () => {
  it("says that this is an automated assistant, how to reach a person, and where the privacy notice is", () => {
    const customer = new Customer();
    customer.state = newConversation;
    expect(textOf(customer.say("hi", { "discovery.greeting": 0.9 }))).toMatch(
      /automated assistant.*"agent".*\/privacy/u,
    );
    expect(textOf(customer.say("hi", { "discovery.greeting": 0.9 }))).not.toMatch(/automated assistant/u);
  });
});

describe("a customer who is not understood", () => {
  it("hears something else each time, is offered a person each time, and gets one after the last rung", () => {
    const customer = new Customer();
    const misses = [
      customer.say("asdf", nothing),
      customer.say("qwer", nothing),
      customer.say("zxcv", nothing),
    ];
    expect(misses.map(({ outcome }) => outcome)).toEqual(["fellBack", "fellBack", "handedOff"]);
    expect(new Set(misses.map(textOf)).size).toBe(3);
    for (const miss of misses.slice(0, 2)) expect(tapsOf(miss)).toContain("command:person");
    expect(misses[2]?.handOff).toEqual({ reason: "repeatedFallback", team: "support" });
  });

  it("begins at the first rung again once they were understood", () => {
    const customer = new Customer();
    const first = textOf(customer.say("asdf", nothing));
    customer.say("thanks", { "retention.thanks": 0.9 });
    expect(textOf(customer.say("asdf", nothing))).toBe(first);
  });
});

describe("a flow", () => {
  it("asks again when the answer does not fit, and gives the customer to a person when it never does", () => {
    const customer = new Customer();
    customer.say("where is my order", { "delivery.order-status": 0.9 });
    expect(customer.say("dunno", nothing).outcome).toBe("clarified");
    expect(customer.say("no idea", nothing).handOff?.reason).toBe("repeatedFallback");
  });

  it("lets another question in, answers it, and still takes the answer to its own", () => {
    const customer = new Customer();
    customer.say("where is my order", { "delivery.order-status": 0.9 });
    expect(textOf(customer.say("how much is shipping", { "delivery.shipping-fee": 0.9 }))).toMatch(
      /^Shipping is/u,
    );
    expect(customer.say("it is TND-104233", nothing).actions).toEqual([
      { action: "orders.status", needs: "anonymous", input: { orderNumber: "104233" } },
    ]);
  });

  it("is dropped when the customer says so", () => {
    const customer = new Customer();
    customer.say("where is my order", { "delivery.order-status": 0.9 });
    expect(textOf(customer.say("wag na po", nothing))).toMatch(/dropped that/u);
    expect(customer.state.open).toBeUndefined();
  });

  it("whose content is gone restarts politely", () => {
    const customer = new Customer();
    customer.say("where is my order", { "delivery.order-status": 0.9 });
    if (customer.state.open === undefined) throw new Error("the flow should be open");
    customer.state = { ...customer.state, open: { ...customer.state.open, step: "a-step-of-last-week" } };
    expect(textOf(customer.say("104233", nothing))).toMatch(/^We've updated our answers/u);
  });

  it("ignores the result of an action that nobody waits for any more", () => {
    const customer = new Customer();
    const late = {
      type: "actionResult",
      action: "orders.status",
      outboxId: "o",
      result: { ok: true, value: {} },
      sentAt: now,
    } as const;
    expect(customer.turn(late)).toMatchObject({ replies: [], outcome: "silent" });
  });
});

describe("a hand-over", () => {
  it("names the team and the time, silences the bot, and sets a timer on the promise", () => {
    const customer = new Customer();
    const decision = customer.say("Agent please!!");
    expect(textOf(decision)).toBe(
      "I've passed this to our Customer Care team. They reply by 10:15 am today, right here in this chat.",
    );
    expect(decision.timers).toEqual([{ name: "handOff.promise", dueAt: now + 15 * 60_000 }]);
    expect(customer.tap("intent:payment.methods")).toMatchObject({ replies: [], outcome: "silent" });
    const words = { type: "message", text: "hello?", sentAt: now } as const;
    expect(needsRecognition(words, customer.state, content)).toBe(false);
  });

  it("whose timer was moved meanwhile does not speak", () => {
    const customer = new Customer();
    customer.say("agent");
    const stale = { type: "timer", name: "handOff.promise", generation: 99, sentAt: now } as const;
    expect(customer.turn(stale)).toMatchObject({ replies: [], outcome: "silent" });
    expect(customer.state.owner.type).toBe("queue");
  });
});

describe("the same input", () => {
  it("gives the same decision, so that a turn can be replayed", () => {
    const one = new Customer().say("hi", { "discovery.greeting": 0.9 });
    expect(new Customer().say("hi", { "discovery.greeting": 0.9 })).toEqual(one);
  });
});
