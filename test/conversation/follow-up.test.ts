import { describe, expect, it } from "@jest/globals";
import { Customer, dayMs, orderFound, textOf } from "./customer.ts";

const hourMs = dayMs / 24;
const news = ["any update?", "any update po", "ano na po balita", "update pls", "hello?? ", "musta na po"];
const unsolved = ["wala pa rin po", "still nothing", "hindi pa rin po", "same problem pa rin"];

function askedAboutPayment(): Customer {
  const customer = new Customer();
  customer.say("paid but not confirmed", { "payment.not-confirmed": 0.9 });
  customer.now += hourMs;
  return customer;
}

describe("a follow-up on an earlier answer", () => {
  it.each(news)("“%s” asks whether it is solved by now, and is filed under that matter", (words) => {
    const customer = askedAboutPayment();
    // Whatever the recognizer takes such words for.
    const decision = customer.say(words, { "delivery.order-status": 0.9 });
    expect(decision.category).toMatchObject({
      intent: "payment.not-confirmed",
      followUpOf: { visit: "c.1", intent: "payment.not-confirmed" },
    });
    expect(decision.handOff).toBeNull();
    expect(textOf(decision)).toMatch(/^About "/u);
  });

  it.each(unsolved)("“%s” goes to the team of that matter", (words) => {
    const decision = askedAboutPayment().say(words, { "delivery.order-status": 0.9 });
    expect(decision).toMatchObject({
      handOff: { reason: "followUpUnresolved", team: "payments" },
      category: { intent: "payment.not-confirmed", followUpOf: { intent: "payment.not-confirmed" } },
    });
    expect(textOf(decision)).toMatch(/sorry that ".+" is still not solved/u);
  });

  it("that names its matter goes back to that one, not to the last", () => {
    const customer = askedAboutPayment();
    customer.say("how much is shipping", { "delivery.shipping-fee": 0.9 });
    const decision = customer.say("any update sa payment ko na hindi pa confirmed", {
      "payment.not-confirmed": 0.9,
    });
    expect(decision.category.followUpOf).toMatchObject({ intent: "payment.not-confirmed" });
  });

  it("that names a new matter is a question of its own", () => {
    const decision = askedAboutPayment().say("any update on my delivery", { "delivery.order-status": 0.9 });
    expect(decision.category.intent).toBe("delivery.order-status");
    expect(decision.category.followUpOf).toBeUndefined();
  });

  it("without anything before it is no follow-up", () => {
    const decision = new Customer().say("any update?", { "delivery.order-status": 0.9 });
    expect(decision.category.followUpOf).toBeUndefined();
    expect(decision.category.intent).toBe("delivery.order-status");
  });

  it("asked “is it okay now” is settled by yes, and goes to a person by no", () => {
    const settled = askedAboutPayment();
    settled.say("any update?");
    expect(settled.say("opo ayos na").handOff).toBeNull();
    const open = askedAboutPayment();
    open.say("any update?");
    expect(open.tapTitle("Not solved yet").handOff?.reason).toBe("followUpUnresolved");
    const typed = askedAboutPayment();
    typed.say("any update?");
    expect(typed.say("hindi pa po").handOff?.reason).toBe("followUpUnresolved");
  });

  it("works in the next visit, and not two visits later", () => {
    const customer = askedAboutPayment();
    customer.now += 2 * dayMs;
    expect(customer.say("any update?").category.followUpOf).toEqual({
      visit: "c.1",
      intent: "payment.not-confirmed",
    });
    const late = askedAboutPayment();
    late.now += 2 * dayMs;
    late.say("can i pay cod", { "payment.cod": 0.9 });
    late.now += 2 * dayMs;
    expect(late.say("any update?").category.followUpOf).toMatchObject({ intent: "payment.cod" });
  });

  it("that is only a greeting greets", () => {
    const decision = askedAboutPayment().say("hello", { "discovery.greeting": 0.95 });
    expect(decision.category.intent).toBe("discovery.greeting");
  });
});

describe("a follow-up on an order", () => {
  it("looks again with the number it was told, also a day later", () => {
    for (const later of [hourMs, 2 * dayMs]) {
      const customer = new Customer();
      const asked = customer.say("where is my order TND-104233", { "delivery.order-status": 0.9 });
      customer.returned(asked, orderFound);
      customer.now += later;
      const again = customer.say("wala pa rin po");
      expect(again.actions).toMatchObject([{ action: "orders.status", input: { orderNumber: "104233" } }]);
      expect(again.category.followUpOf).toMatchObject({ intent: "delivery.order-status" });
    }
  });
});

describe("a follow-up on an open case", () => {
  function inLineWithBot(): Customer {
    const customer = new Customer();
    customer.say("charged twice", { "payment.not-confirmed": 0.9 });
    customer.say("agent");
    customer.say("bot");
    return customer;
  }

  it("says which team has it and by when, and opens no second case", () => {
    const decision = inLineWithBot().say("any update po?");
    expect(textOf(decision)).toMatch(/still with our Payments team\. They reply by \d+:\d\d am today/u);
    expect(decision.category.followUpOf).toMatchObject({ intent: "payment.not-confirmed", caseId: "c.2" });
    expect(decision.cases).toEqual([]);
  });

  it("whose time has passed names no time", () => {
    const customer = inLineWithBot();
    customer.now += 3 * hourMs;
    expect(textOf(customer.say("wala pa rin po"))).toMatch(/at the top of our Payments team's list/u);
  });

  it("to what was looked up a moment ago goes to a person: the same again would be no answer", () => {
    const customer = new Customer();
    customer.returned(customer.say("where is my order 104233", { "delivery.order-status": 0.9 }), orderFound);
    expect(customer.say("wala pa rin!", {}).handOff?.reason).toBe("followUpUnresolved");
  });
});
