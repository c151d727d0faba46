import { describe, expect, it } from "@jest/globals";
import { Customer, textOf } from "./customer.ts";

/** What a channel says of the contact. */
function happened(customer: Customer, name: string, confirmed: boolean) {
  return customer.turn({ type: "event", name, value: { confirmed }, sentAt: customer.now });
}

describe("a contact who wants no more texts", () => {
  it("is told so once, by that alone, and it is remembered", () => {
    const customer = new Customer();
    const decision = happened(customer, "contact.optedOut", false);
    expect(textOf(decision)).toMatch(/^Tindahan: you won't get any more texts/u);
    expect(decision.replies).toHaveLength(1);
    expect(decision.state.optedOut).toBe(true);
    expect(happened(customer, "contact.optedOut", false).replies).toEqual([]);
  });

  it("is told nothing where the provider did", () => {
    const customer = new Customer();
    const decision = happened(customer, "contact.optedOut", true);
    expect([decision.replies, decision.state.optedOut]).toEqual([[], true]);
    expect(happened(customer, "contact.helpAsked", true).replies).toEqual([]);
  });

  it("has no question open any more", () => {
    const customer = new Customer();
    customer.say("where is my order", { "delivery.order-status": 0.95 });
    expect(customer.state.open).toBeDefined();
    expect(happened(customer, "contact.optedOut", false).state.open).toBeUndefined();
  });

  it("comes back by asking for it", () => {
    const customer = new Customer();
    happened(customer, "contact.optedOut", false);
    const decision = happened(customer, "contact.optedIn", false);
    expect([decision.state.optedOut, textOf(decision)]).toEqual([undefined, expect.stringContaining("STOP")]);
  });
});

describe("a customer who comes from a text by its link", () => {
  it("is answered in full what they had asked, in their language", () => {
    const customer = new Customer();
    const decision = customer.turn({
      type: "event",
      name: "conversation.continued",
      value: { intent: "delivery.shipping-fee" },
      locale: "fil",
      sentAt: customer.now,
    });
    expect(decision.category.intent).toBe("delivery.shipping-fee");
    expect(textOf(decision)).toMatch(/po/u);
  });

  it.each([{}, { intent: "no.such" }, { intent: 7 }, "intent", []])(
    "with %j is asked what they need",
    (value) => {
      const customer = new Customer();
      const decision = customer.turn({
        type: "event",
        name: "conversation.continued",
        value,
        sentAt: customer.now,
      });
      expect(textOf(decision)).toMatch(/^You're with the assistant/u);
    },
  );
});

describe("a contact who blocked us or is gone", () => {
  it("is remembered as such until they write, tap, or the provider takes it back", () => {
    const customer = new Customer();
    expect(happened(customer, "contact.unreachable", false)).toMatchObject({
      replies: [],
      state: { unreachable: true },
    });
    expect(customer.say("hello").state.unreachable).toBeUndefined();
    happened(customer, "contact.unreachable", false);
    expect(happened(customer, "contact.reachable", false).state.unreachable).toBeUndefined();
  });

  it("is there when they wrote after the send that failed", () => {
    const customer = new Customer();
    customer.say("hello");
    const late = customer.turn({ type: "event", name: "contact.unreachable", sentAt: customer.now - 60_000 });
    expect(late.state.unreachable).toBeUndefined();
  });
});
