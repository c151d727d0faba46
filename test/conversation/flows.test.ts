import { describe, expect, it } from "@jest/globals";
import { Customer, dateEntity, dayMs, orderFound, tapsOf, textOf, titlesOf } from "./customer.ts";

const status = { "delivery.order-status": 0.9 };
const fee = { "delivery.shipping-fee": 0.9 };
const returning = { "returns.request": 0.9 };
const moving = { "delivery.change-address": 0.9 };

function asking(): Customer {
  const customer = new Customer();
  customer.say("where is my order", status);
  return customer;
}

describe("a question of a flow", () => {
  it("is passed over when the first message has the answer", () => {
    const decision = new Customer().say("where is my order TND-104233", status);
    expect(decision.actions).toMatchObject([{ action: "orders.status", input: { orderNumber: "104233" } }]);
    expect(textOf(decision)).toBe("");
  });

  it("is asked again in other words when the answer does not fit, and then a person takes over", () => {
    const customer = asking();
    const again = customer.say("dunno");
    expect(again.outcome).toBe("clarified");
    expect(tapsOf(again)).toContain("command:person");
    expect(customer.say("no idea").handOff?.reason).toBe("repeatedFallback");
  });

  it("stays open without a word, and without a miss, while the customer looks for the answer", () => {
    const customer = asking();
    for (const words of ["wait lang po", "teka", "one moment pls"])
      expect(customer.say(words, { "delivery.order-status": 0.97 })).toMatchObject({
        replies: [],
        outcome: "silent",
      });
    expect(customer.say("104233").actions).toHaveLength(1);
  });

  it("waits while another question is answered, and is asked again in the same reply", () => {
    const customer = asking();
    const between = customer.say("how much is shipping", fee);
    expect(between.replies).toHaveLength(1);
    expect(textOf(between)).toMatch(/Shipping is[^]*What's your order number\?/u);
    expect(customer.say("it is TND-104233").actions).toMatchObject([{ input: { orderNumber: "104233" } }]);
  });

  it("is answered by a number as it is read off a receipt", () => {
    const decision = asking().say("the number on the receipt is TND 104 233");
    expect(decision.actions).toMatchObject([{ input: { orderNumber: "104233" } }]);
  });

  it("is not broken off by a guess at another matter", () => {
    const decision = asking().say("yung sa akin po", { "returns.exchange-size": 0.55 });
    expect(decision.outcome).toBe("clarified");
    expect(decision.dialog?.id).toBe("delivery.order-status");
  });

  it("takes its answer out of a message that asks something else too", () => {
    const decision = asking().say("104233. how much is shipping?", { "delivery.order-status": 0.7 }, fee);
    expect(textOf(decision)).toMatch(/Shipping is/u);
    expect(decision.actions).toMatchObject([{ input: { orderNumber: "104233" } }]);
  });

  it("waits while another flow is gone through, and is asked again when that is over", () => {
    const customer = asking();
    const between = customer.say("actually help me make an account", {
      "account-creation.create-account-help": 0.9,
    });
    expect(textOf(between)).toMatch(/tap Sign up/u);
    customer.tapTitle("Yes, I see it");
    customer.tapTitle("It says number used");
    expect(customer.state.open).toMatchObject({ dialog: "delivery.order-status", step: "ask-number" });
  });

  it("is dropped when the customer says so", () => {
    for (const words of ["wag na po", "cancel", "Never mind!", "stop na po"]) {
      const customer = asking();
      expect(textOf(customer.say(words))).toMatch(/dropped that/u);
      expect(customer.state.open).toBeUndefined();
    }
  });

  it("whose content is gone begins anew, politely, with what it knew", () => {
    const customer = asking();
    const { open } = customer.state;
    if (open === undefined) throw new Error("the flow should be open");
    customer.state = { ...customer.state, open: { ...open, step: "a-step-of-last-week" } };
    expect(textOf(customer.say("hello"))).toMatch(/^We've updated our answers[^]*order number\?/u);
  });
});

describe("an order's status", () => {
  it("is told, and the other order's after it", () => {
    const customer = new Customer();
    const told = customer.returned(customer.say("where is my order 104233", status), orderFound);
    expect(textOf(told)).toMatch(/^Order 104233 is at the Manila sorting hub\./u);
    expect(customer.say("how about 104555").actions).toMatchObject([{ input: { orderNumber: "104555" } }]);
    const other = new Customer();
    other.returned(other.say("where is my order 104233", status), orderFound);
    expect(textOf(other.say("no, the other order"))).toMatch(/What's your order number/u);
  });

  it("is corrected while it is looked up: only the later answer counts", () => {
    const customer = new Customer();
    const wrong = customer.say("where is my order 104233", status);
    const right = customer.say("mali, 104234 pala");
    expect(right.actions).toMatchObject([{ input: { orderNumber: "104234" } }]);
    expect(customer.returned(wrong, orderFound).replies).toEqual([]);
    expect(textOf(customer.returned(right, orderFound))).toMatch(/^Order 104234/u);
  });

  it("of a number that does not exist is asked for once more, then a person looks", () => {
    const customer = new Customer();
    const missing = { ok: true, value: { found: false } } as const;
    const again = customer.returned(customer.say("where is my order 999999", status), missing);
    expect(textOf(again)).toMatch(/can't find order 999999/u);
    const second = customer.say("999998");
    expect(customer.returned(second, missing).handOff).toMatchObject({ team: "delivery" });
  });

  it("that takes long is owned up to once, and that cannot be looked up goes to a person with a true sentence", () => {
    const customer = new Customer();
    const asked = customer.say("where is my order 104233", status);
    expect(textOf(customer.timer("action.slow"))).toMatch(/checking with the courier/u);
    const failed = customer.returned(asked, { ok: false, reason: "down" });
    expect(textOf(failed)).toMatch(/^I couldn't reach our courier system[^]*Delivery team/u);
    expect(failed.handOff).toMatchObject({ team: "delivery" });
  });

  it("that arrives when nobody waits for it any more changes nothing", () => {
    const customer = new Customer();
    const asked = customer.say("where is my order 104233", status);
    customer.say("cancel");
    expect(customer.returned(asked, orderFound)).toMatchObject({ replies: [], outcome: "silent" });
  });

  it("that arrives while another flow asks something is told, and the question is asked again", () => {
    const customer = new Customer();
    const asked = customer.say("where is my order 104233", status);
    customer.say("help me make an account", { "account-creation.create-account-help": 0.9 });
    const told = customer.returned(asked, orderFound);
    expect(textOf(told)).toMatch(/^Order 104233[^]*tap Sign up/u);
    expect(customer.state.open?.dialog).toBe("account-creation.create-account-help");
  });
});

describe("a return", () => {
  it("goes from the order number to the day of pick-up and ends with the Returns team, who get every slot", () => {
    const customer = new Customer();
    customer.say("i want to return something", returning);
    customer.say("TND-104233");
    expect(titlesOf(customer.say("blue shirt medium"))).toEqual([
      "Damaged",
      "Wrong item",
      "Doesn't fit",
      "Changed my mind",
    ]);
    expect(titlesOf(customer.say("yung una po"))).toEqual(["Skip"]);
    customer.send([{ contentType: "image/jpeg", contentUrl: "/uploads/1.jpg" }]);
    customer.say("courier na lang");
    expect(textOf(customer.sayWith("yesterday", [dateEntity("2026-11-22")], {}))).toMatch(
      /from tomorrow on/u,
    );
    const done = customer.sayWith("friday", [dateEntity("2026-11-27")], {});
    expect(textOf(done)).toMatch(/104233[^]*blue shirt medium[^]*Damaged[^]*Friday/u);
    expect(done.handOff).toMatchObject({ team: "returns" });
    expect(done.cases).toMatchObject([
      {
        type: "opened",
        card: {
          slots: {
            orderNumber: "104233",
            item: "blue shirt medium",
            reason: "damaged",
            photo: ["/uploads/1.jpg"],
            how: "pick-up",
            day: "2026-11-27",
          },
        },
      },
    ]);
  });

  it("takes its options by tap, by number and by words, and its photo may be skipped", () => {
    for (const pick of ["2", "maling item po", "iba yung dumating"]) {
      const customer = new Customer();
      customer.say("return 104233", returning);
      customer.say("red shoes");
      customer.say(pick);
      expect(customer.state.open?.slots["reason"]).toBe("wrong");
      expect(titlesOf(customer.say("skip"))).toEqual(["Courier pick-up", "Bring to showroom"]);
    }
  });

  it("lets an answer be taken back: a new order number, without asking the rest again", () => {
    const customer = new Customer();
    customer.say("return 104233", returning);
    customer.say("red shoes");
    const corrected = customer.say("mali, 104234 pala");
    expect(customer.state.open).toMatchObject({ slots: { orderNumber: "104234", item: "red shoes" } });
    expect(titlesOf(corrected)).toHaveLength(4);
    expect(textOf(customer.say("change the order number"))).toMatch(/What's the order number/u);
    customer.say("104235");
    expect(customer.state.open).toMatchObject({ step: "ask-reason", slots: { orderNumber: "104235" } });
  });

  it("knows the order that was talked about in this visit", () => {
    const customer = new Customer();
    customer.returned(customer.say("where is my order 104233", status), orderFound);
    expect(textOf(customer.say("i want to return it", returning))).toMatch(
      /for order 104233\.[^]*Which item/u,
    );
  });

  it("that was left open a week ago is gone back to when the customer wants to", () => {
    const week = () => {
      const customer = new Customer();
      customer.say("return 104233", returning);
      customer.say("red shoes");
      customer.now += 7 * dayMs;
      return customer;
    };
    const yes = week();
    expect(textOf(yes.say("hello", { "discovery.greeting": 0.9 }))).toMatch(
      /stopped at "Return an item now"/u,
    );
    expect(textOf(yes.say("sige po"))).toMatch(/Why are you returning it/u);
    const no = week();
    no.say("hello");
    expect(textOf(no.tapTitle("No"))).toMatch(/dropped that/u);
    const other = week();
    expect(textOf(other.say("how much is shipping", fee))).toMatch(/Shipping is[^]*Shall we go on/u);
    other.say("ok thanks na lang, how much is shipping", fee);
    expect(other.state.suspended).toBeUndefined();
  });

  it("goes on at once when a week later the answer itself comes", () => {
    const customer = asking();
    customer.now += 7 * dayMs;
    expect(customer.say("TND-104233").actions).toMatchObject([{ input: { orderNumber: "104233" } }]);
  });
});

describe("a new delivery address", () => {
  const address = "118 Kamuning Road, Brgy Kamuning, Quezon City";
  function told(customer = new Customer()) {
    customer.say("change my address 104233", moving);
    expect(textOf(customer.say(address))).toMatch(
      /118 Kamuning Road, Brgy Kamuning, Quezon City\.?\s+Is that right/u,
    );
    return customer;
  }

  it("of a customer who is not proved is noted, and a person changes it: that is said truly", () => {
    const decision = told().say("opo tama po");
    expect(decision.actions).toEqual([]);
    expect(textOf(decision)).toMatch(/can't tell for sure that order 104233 is yours[^]*Delivery team/u);
    expect(decision.cases).toMatchObject([{ card: { slots: { orderNumber: "104233", address } } }]);
  });

  it("of a proved customer is changed at once", () => {
    const customer = new Customer();
    customer.state = { ...customer.state, verified: true };
    const asked = told(customer).tapTitle("Yes");
    expect(asked.actions).toMatchObject([
      { action: "orders.change-address", needs: "verified", input: { orderNumber: "104233", address } },
    ]);
    expect(textOf(customer.returned(asked, { ok: true, value: { changed: true } }))).toMatch(/^Done\./u);
  });

  it("that is not right is asked for again, or replaced by the right one", () => {
    const customer = told();
    expect(textOf(customer.tapTitle("No"))).toMatch(/What's the new address/u);
    const replaced = told();
    expect(textOf(replaced.say("no, it's 5 Mabini St, Cebu City"))).toMatch(
      /5 Mabini St, Cebu City\.?\s+Is that right/u,
    );
  });

  it("is not taken from a question that comes instead of it", () => {
    const customer = new Customer();
    customer.say("change my address 104233", moving);
    const between = customer.say("how much is shipping to a new address", { "delivery.shipping-fee": 0.95 });
    expect(textOf(between)).toMatch(/Shipping is[^]*What's the new address/u);
    expect(customer.state.open?.slots["address"]).toBeUndefined();
  });

  it("or an item is, however much it sounds like another matter", () => {
    const customer = new Customer();
    customer.say("return 104233", returning);
    customer.say("red rubber shoes", { "discovery.in-stock": 0.95 });
    expect(customer.state.open).toMatchObject({ step: "ask-reason", slots: { item: "red rubber shoes" } });
  });

  it("is not taken from other words for ever: after two tries a person helps", () => {
    const customer = told();
    const again = customer.say("so did you change it or not");
    expect(again.handOff).toBeNull();
    expect(customer.say("i asked whether it is changed").handOff?.reason).toBe("repeatedFallback");
  });

  it("may be a location that the phone sends", () => {
    const customer = new Customer();
    customer.say("change my address 104233", moving);
    const place = { contentType: "application/geo+json", content: { coordinates: [121.04, 14.63] } };
    expect(textOf(customer.send([place]))).toMatch(/14\.63, 121\.04\.?\s+Is that right/u);
  });
});

describe("help with making an account", () => {
  it("goes step by step to an account", () => {
    const customer = new Customer();
    customer.say("help me sign up", { "account-creation.create-account-help": 0.9 });
    customer.say("wala po");
    customer.say("ok nakikita ko na");
    customer.say("wala pang code");
    customer.tapTitle("I got the code");
    expect(textOf(customer.say("1"))).toMatch(/Your account is ready/u);
    expect(customer.state.open).toBeUndefined();
  });

  it("or to the Accounts team", () => {
    const customer = new Customer();
    customer.say("help me sign up", { "account-creation.create-account-help": 0.9 });
    customer.tapTitle("No, I don't");
    expect(customer.tapTitle("Still not").handOff).toMatchObject({ team: "accounts" });
  });

  it("takes a tap on a question of before as a change of mind", () => {
    const customer = new Customer();
    customer.say("help me sign up", { "account-creation.create-account-help": 0.9 });
    const no = customer.state.choices?.[1]?.payload ?? "";
    customer.tapTitle("Yes, I see it");
    expect(textOf(customer.tap(no))).toMatch(/three lines at the top right/u);
  });
});
