import { describe, expect, it } from "@jest/globals";
import { carriedOf } from "../../src/conversation/decide/continued.ts";
import type { Decision } from "../../src/conversation/decision.ts";
import type { Json } from "../../src/basics/activity.ts";
import { Customer, textOf } from "./customer.ts";

/** Somebody whose new address was just asked for, by text. */
function askedForAddress(): Customer {
  const customer = new Customer();
  customer.say("change my address please", { "delivery.change-address": 0.95 });
  customer.say("104233");
  expect(customer.state.open).toMatchObject({ step: "ask-address", slots: { orderNumber: "104233" } });
  return customer;
}

function event(customer: Customer, name: string, value: Json): Decision {
  return customer.turn({ type: "event", name, value, sentAt: customer.now });
}

const moved = (customer: Customer, more: { readonly [name: string]: Json } = {}) =>
  event(customer, "conversation.moved", {
    to: "web-1",
    version: customer.seq,
    until: customer.now + 2_000,
    ...more,
  });

describe("a flow that goes on in another thread", () => {
  it("is let go of without a word, and goes on there with all that was told", () => {
    const texts = askedForAddress();
    const letGo = moved(texts);
    expect([letGo.replies, letGo.outcome, texts.state.movedTo]).toEqual([[], "silent", "web-1"]);
    const chat = new Customer();
    const asked = event(chat, "conversation.continued", {
      from: "sms-1",
      intent: "delivery.change-address",
      ...carriedOf(texts.state),
    });
    expect(textOf(asked)).toMatch(/^What's the new address\?/u);
    expect(asked.category.intent).toBe("delivery.change-address");
    expect(textOf(chat.say("12 Mabini St, Barangay Uno, Cebu City"))).toContain("104233");
  });

  it("is asked for after the answer that was cut short", () => {
    const texts = askedForAddress();
    const chat = new Customer();
    const asked = event(chat, "conversation.continued", {
      intent: "delivery.shipping-fee",
      ...carriedOf(texts.state),
    });
    expect(textOf(asked)).toMatch(/₱\d+[^]*What's the new address\?/u);
  });

  it("brings along the one that waits behind it", () => {
    const texts = askedForAddress();
    const chat = new Customer();
    const { open } = carriedOf(texts.state);
    event(chat, "conversation.continued", { open: open ?? null, suspended: open ?? null });
    expect(chat.state).toMatchObject({ open: { step: "ask-address" }, suspended: { step: "ask-address" } });
  });

  it("is no more answered where it began: who writes there again begins anew", () => {
    const texts = askedForAddress();
    moved(texts);
    const decision = texts.say("12 Mabini St, Barangay Uno, Cebu City");
    expect(textOf(decision)).not.toContain("Mabini");
    expect([texts.state.movedTo, texts.state.open]).toEqual([undefined, undefined]);
  });

  it.each<[string, { readonly [name: string]: Json }]>([
    ["as it stood before the customer wrote again", { version: 1 }],
    ["when it took too long", { until: 0 }],
    ["to nobody", { to: null }],
  ])("stays %s", (_when, more) => {
    const texts = askedForAddress();
    moved(texts, more);
    expect(texts.state.movedTo).toBeUndefined();
    expect(textOf(texts.say("12 Mabini St, Barangay Uno, Cebu City"))).toContain("Mabini");
  });

  it("goes to one thread alone, unless that one never began", () => {
    const texts = askedForAddress();
    moved(texts);
    moved(texts, { to: "web-2" });
    expect(texts.state.movedTo).toBe("web-1");
    moved(texts, { to: "web-2", instead: "web-1" });
    expect(texts.state.movedTo).toBe("web-2");
  });

  it("stays with the team that has it", () => {
    const texts = askedForAddress();
    texts.say("agent");
    moved(texts);
    expect(texts.state.movedTo).toBeUndefined();
    const chat = new Customer();
    const told = event(chat, "conversation.continued", { from: "sms-1", team: "delivery" });
    expect(textOf(told)).toMatch(/^Our Delivery team has your concern and replies where you wrote first/u);
    expect(chat.state.owner.type).toBe("bot");
  });

  it.each<[string, Json]>([
    ["no flow", "flow"],
    [
      "a flow that is not there",
      { dialog: "no.such", intent: "x", step: "y", slots: {}, asked: 1, contentVersion: "1" },
    ],
    [
      "a flow without slots",
      { dialog: "delivery.change-address", intent: "x", step: "ask-address", asked: 1, contentVersion: "1" },
    ],
  ])("is left where %s came over", (_what, open) => {
    const chat = new Customer();
    expect(textOf(event(chat, "conversation.continued", { open }))).toMatch(/^You're with the assistant/u);
    expect(chat.state.open).toBeUndefined();
  });
});
