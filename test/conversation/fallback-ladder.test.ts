import { describe, expect, it } from "@jest/globals";
import { Customer, tapsOf, textOf, titlesOf } from "./customer.ts";

const half = { "delivery.order-status": 0.45, "ordering.change-order": 0.4, "payment.methods": 0.1 };

describe("what was understood half", () => {
  it("is asked back with the likely meanings by their titles, something else, and a person", () => {
    const decision = new Customer().say("my order", half);
    expect(decision.outcome).toBe("clarified");
    expect(tapsOf(decision)).toEqual([
      "intent:delivery.order-status",
      "intent:ordering.change-order",
      "command:else",
      "command:person",
    ]);
    expect(titlesOf(decision)[0]).toBe("Where is my order");
  });

  it("is asked back in Filipino with Filipino titles", () => {
    const customer = new Customer();
    customer.language = "mixed";
    const titles = titlesOf(customer.say("yung order ko po", half));
    expect(titles.slice(-2)).toEqual(["Iba po", "Kausapin ang tao"]);
    expect(titles[0]).not.toBe("Where is my order");
  });

  it("and is something else gets examples of the stage at hand, then a person", () => {
    const customer = new Customer();
    customer.say("how much is shipping", { "delivery.shipping-fee": 0.9 });
    customer.say("my order", half);
    const other = customer.tapTitle("Something else");
    expect(textOf(other)).toMatch(/for example "Where is my order", "Shipping fee" or/u);
    expect(tapsOf(other)).toContain("command:person");
    expect(customer.say("qwer").handOff?.reason).toBe("repeatedFallback");
  });

  it("twice in a row is not asked back twice", () => {
    const customer = new Customer();
    expect(customer.say("my order", half).outcome).toBe("clarified");
    expect(customer.say("my order", half).outcome).toBe("fellBack");
  });
});

describe("a customer who is not understood", () => {
  it("hears other words each time, is offered a person each time, and gets one at the third miss", () => {
    const customer = new Customer();
    const misses = [customer.say("asdf"), customer.say("qwer"), customer.say("zxcv")];
    expect(misses.map(({ outcome }) => outcome)).toEqual(["fellBack", "fellBack", "handedOff"]);
    expect(new Set(misses.map(textOf)).size).toBe(3);
    for (const miss of misses.slice(0, 2)) expect(tapsOf(miss)).toContain("command:person");
    expect(misses[2]?.handOff).toEqual({ reason: "repeatedFallback", team: "support" });
  });

  it("gets examples of the stage that was talked about", () => {
    const customer = new Customer();
    customer.say("can i pay cod", { "payment.cod": 0.9 });
    expect(textOf(customer.say("asdf"))).toMatch(/"Payment methods"/u);
  });

  it("begins at the first words again once they were understood", () => {
    const customer = new Customer();
    const first = textOf(customer.say("asdf"));
    customer.say("thanks", { "retention.thanks": 0.9 });
    expect(textOf(customer.say("asdf"))).toBe(first);
  });
});

describe("a person", () => {
  const asked = [
    "agent",
    "Agent please!!",
    "human pls",
    "HUMAN",
    "tao po",
    "kausap",
    "can i talk to someone",
    "i want to talk to a real person now",
    "can u connect me with an agent pls",
    "pwede po ba makausap ang tao",
    "gusto ko po ng kausap na tao",
    "pakausap naman sa tao nyo po",
    "may makakausap po ba akong agent",
    "i have been waiting for a week, let me speak to your manager",
    "ayoko ng bot",
    "is there someone i can talk to?",
    "pa transfer me naman to agent",
  ];
  it.each(asked)("is there at once for “%s”", (words) => {
    const decision = new Customer().say(words, { "delivery.order-status": 0.95 });
    expect(decision.handOff).toMatchObject({ reason: "requested" });
    expect(decision.replies).toHaveLength(1);
  });

  const notAsked = [
    "i am a travel agent, how much is shipping",
    "real estate agent po ako",
    "yung delivery agent nyo bastos",
    "are you a real person or a bot",
    "tao po ba kausap ko o bot",
    "i dont want to talk to a person",
    "no need for an agent thanks",
    "personal data po ba",
    "agency po kami",
  ];
  it.each(notAsked)("is not forced on who says “%s”", (words) => {
    expect(new Customer().say(words, { "delivery.shipping-fee": 0.9 }).handOff).toBeNull();
  });

  it("is there in the middle of a flow, and takes the matter with them", () => {
    const customer = new Customer();
    customer.say("where is my order", { "delivery.order-status": 0.9 });
    const decision = customer.say("kausap na lang po ng tao, pwede makausap agent");
    expect(decision).toMatchObject({
      handOff: { reason: "requested", team: "delivery" },
      category: { intent: "delivery.order-status" },
    });
  });
});

describe("one word alone", () => {
  it("brings choices, however sure the recognizer is of the one intent that it met the word in", () => {
    const decision = new Customer().say("rider", { "delivery.courier-complaint": 0.96 });
    expect(decision.outcome).toBe("clarified");
    expect(tapsOf(decision)).toContain("intent:delivery.courier-complaint");
    expect(tapsOf(decision)).toContain("command:person");
  });

  it("is answered where the content teaches it as a whole message, and when it is a greeting", () => {
    expect(new Customer().say("Hm?", { "discovery.product-price": 0.96 }).outcome).toBe("answered");
    expect(new Customer().say("helloooo", { "discovery.greeting": 0.96 }).outcome).toBe("answered");
  });
});

describe("never mind", () => {
  it("after something that was not understood gets a kind word, and no miss", () => {
    const customer = new Customer();
    customer.say("asdf qwer");
    const decision = customer.say("ay wag na");
    expect(decision).toMatchObject({ outcome: "answered", handOff: null, state: { misses: 0 } });
    expect(decision.replies[0]?.script).toBe("shared.cancelled");
  });

  it("out of nowhere is heard like anything else: it may be an order that they want to cancel", () => {
    const decision = new Customer().say("cancel", { "ordering.cancel-order": 0.9 });
    expect(decision.replies[0]?.script).not.toBe("shared.cancelled");
  });
});
