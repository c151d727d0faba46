import { describe, expect, it } from "@jest/globals";
import { Customer, tapsOf, textOf } from "./customer.ts";

const photo = { contentType: "image/jpeg", contentUrl: "/uploads/receipt.jpg" };
const voice = { contentType: "audio/ogg" };
const sticker = { contentType: "application/vnd.kumusta.sticker+json" };
const notPaid = { "payment.not-confirmed": 0.9 };

describe("a photographed receipt", () => {
  it("while payment is the matter goes to the Payments team with the photo in its case", () => {
    const customer = new Customer();
    customer.say("paid but not confirmed", notPaid);
    const decision = customer.send([photo]);
    expect(decision).toMatchObject({
      handOff: { team: "payments" },
      category: { intent: "payment.not-confirmed" },
      cases: [{ type: "opened", card: { media: [photo] } }],
    });
    expect(textOf(decision)).toMatch(/^Thanks, I got your photo/u);
  });

  it("while a case is open is added to it", () => {
    const customer = new Customer();
    customer.say("paid but not confirmed", notPaid);
    customer.say("agent");
    customer.say("bot");
    const decision = customer.send([photo]);
    expect(textOf(decision)).toMatch(/added your photo to your case with our Payments team/u);
    expect(decision.cases).toEqual([{ caseId: "c.2", type: "customerWrote" }]);
    expect(decision.handOff).toBeNull();
  });

  it("out of nowhere is asked about", () => {
    const decision = new Customer().send([photo]);
    expect(textOf(decision)).toMatch(/can't read photos\. What is it about/u);
    expect(tapsOf(decision)).toContain("command:person");
  });

  it("with words is answered by the words", () => {
    const customer = new Customer();
    const message = {
      type: "message",
      text: "magkano sf",
      attachments: [photo],
      sentAt: customer.now,
    } as const;
    const part = { text: "", candidates: [{ intent: "delivery.shipping-fee", score: 1, confidence: 0.9 }] };
    const decision = customer.turn(message, {
      parts: [{ ...part, outOfScope: 0 }],
      entities: [],
      language: "fil",
      recognizer: "test",
      modelVersion: "1",
    });
    expect(decision.category.intent).toBe("delivery.shipping-fee");
  });

  it("in the middle of another question is noted, and the question is asked again", () => {
    const customer = new Customer();
    customer.say("where is my order", { "delivery.order-status": 0.9 });
    expect(textOf(customer.send([photo]))).toMatch(/can't read photos[^]*What's your order number/u);
  });
});

describe("a voice note", () => {
  it("cannot be listened to yet: that is said, a person is offered, and comes if there are only more of them", () => {
    const customer = new Customer();
    const first = customer.send([voice]);
    expect(textOf(first)).toMatch(/can't listen to voice notes yet/u);
    expect(tapsOf(first)).toContain("command:person");
    const second = customer.send([voice]);
    expect(textOf(second)).not.toBe(textOf(first));
    expect(customer.send([voice]).handOff?.reason).toBe("repeatedFallback");
  });
});

describe("a location", () => {
  it("that nobody asked for is asked about", () => {
    const place = { contentType: "application/geo+json", name: "SM North" };
    expect(textOf(new Customer().send([place]))).toMatch(/got your location\. What would you like to know/u);
  });
});

describe("a sticker or emoji", () => {
  it("after an answer gets a kind word once, then silence", () => {
    const customer = new Customer();
    customer.say("can i pay cod", { "payment.cod": 0.9 });
    expect(textOf(customer.send([sticker]))).toMatch(/^Happy to help/u);
    expect(customer.send([sticker])).toMatchObject({ replies: [], outcome: "silent" });
    expect(customer.say("👍🏽")).toMatchObject({ replies: [], outcome: "silent" });
  });

  it("that is a thumb says yes where yes was asked", () => {
    const customer = new Customer();
    customer.say("change my address 104233", { "delivery.change-address": 0.9 });
    customer.say("118 Kamuning Road, Quezon City");
    expect(customer.say("👍").handOff).toMatchObject({ team: "delivery" });
  });

  it("while a question is open answers nothing: the question is asked again", () => {
    const customer = new Customer();
    customer.say("where is my order", { "delivery.order-status": 0.9 });
    expect(textOf(customer.say("😀😀"))).toMatch(/order number/u);
    expect(customer.say("🎉").handOff?.reason).toBe("repeatedFallback");
  });

  it("that is angry is met calmly, and the second time by a person", () => {
    const customer = new Customer();
    const first = customer.say("😡😡😡");
    expect(tapsOf(first)).toContain("command:person");
    expect(customer.say("🤬").handOff?.reason).toBe("negativeSentiment");
  });
});

describe("an odd message", () => {
  it("without anything in it asks for words", () => {
    expect(textOf(new Customer().turn({ type: "message", text: "   ", sentAt: 0 }))).toMatch(
      /came through empty/u,
    );
  });

  it("of 10,000 characters that is not understood asks for the one thing, and is answered if it is understood", () => {
    const long = "blah ".repeat(2_000);
    expect(textOf(new Customer().say(long))).toMatch(/one thing at a time/u);
    expect(new Customer().say(long, { "payment.cod": 0.9 }).category.intent).toBe("payment.cod");
  });
});

describe("abuse", () => {
  it("gets calm words, other calm words, and then a person", () => {
    const customer = new Customer();
    const calm = [customer.say("gago kayo"), customer.say("putang ina"), customer.say("bobo nyo")];
    expect(calm.map(({ handOff }) => handOff?.reason)).toEqual([undefined, undefined, "negativeSentiment"]);
    expect(new Set(calm.map(textOf)).size).toBe(3);
    expect(tapsOf(calm[0] ?? customer.say(""))).toContain("command:person");
  });

  it("around a question does not keep it from being answered", () => {
    const text = textOf(new Customer().say("magkano sf gago", { "delivery.shipping-fee": 0.9 }));
    expect(text).toMatch(/frustrating[^]*Shipping is/u);
  });

  it("around an answer does not keep the flow from going on, nor does it count as a miss without one", () => {
    const customer = new Customer();
    customer.say("where is my order", { "delivery.order-status": 0.9 });
    expect(textOf(customer.say("tangina naman"))).toMatch(/frustrating[^]*order number/u);
    expect(customer.say("104233 gago").actions).toHaveLength(1);
  });
});
