import { describe, expect, it } from "@jest/globals";
import { newConversation } from "../../src/conversation/state.ts";
import { Customer, shop, textOf } from "./customer.ts";

const fee = /Shipping is/u;
const methods = /GCash/u;

describe("what the customer asks", () => {
  it("is answered, and filed under kind, stage, intent, visit and concern, when it was understood surely", () => {
    const decision = new Customer().say("how much is shipping", { "delivery.shipping-fee": 0.9 });
    expect(textOf(decision)).toMatch(fee);
    expect(decision).toMatchObject({
      outcome: "answered",
      category: { kind: "question", stage: "delivery", intent: "delivery.shipping-fee", confidence: 0.9 },
      visitId: "c.1",
      concern: { visit: "c.1", intent: "delivery.shipping-fee" },
    });
  });

  it("twice in one message gets both answers in one reply, in the order asked", () => {
    const decision = new Customer().say(
      "magkano sf at paano magbayad",
      { "delivery.shipping-fee": 0.9 },
      { "payment.methods": 0.8 },
    );
    expect(decision.replies).toHaveLength(1);
    expect(textOf(decision).search(fee)).toBeGreaterThanOrEqual(0);
    expect(textOf(decision).search(methods)).toBeGreaterThan(textOf(decision).search(fee));
    expect(decision.category.intent).toBe("delivery.shipping-fee");
  });

  it("twice in the first message of all is answered with one disclosure", () => {
    const customer = new Customer();
    customer.state = newConversation;
    const text = textOf(
      customer.say("sf? tsaka paano magbayad", { "delivery.shipping-fee": 0.9 }, { "payment.methods": 0.8 }),
    );
    expect(text.match(/automated assistant/giu)).toHaveLength(1);
    expect(text).toMatch(fee);
    expect(text).toMatch(methods);
  });

  it("is answered without a greeting when they greeted too, and twice the same is answered once", () => {
    const decision = new Customer().say(
      "hi! how much is shipping? pls tell shipping fee",
      { "discovery.greeting": 0.95 },
      { "delivery.shipping-fee": 0.9 },
      { "delivery.shipping-fee": 0.7 },
    );
    expect(textOf(decision)).not.toMatch(/help you with today/u);
    expect(textOf(decision).match(/Shipping is/gu)).toHaveLength(1);
  });

  it("beside a matter that needs a question is answered first, so that the question comes last", () => {
    const text = textOf(
      new Customer().say(
        "where is my order and how much is shipping",
        { "delivery.order-status": 0.9 },
        { "delivery.shipping-fee": 0.9 },
      ),
    );
    expect(text).toMatch(/Shipping is[^]*order number\?/u);
  });

  it("as two matters that both need questions is taken up one after the other", () => {
    const customer = new Customer();
    const first = customer.say(
      "i want to return something and make an account",
      { "account-creation.create-account-help": 0.9 },
      { "delivery.order-status": 0.9 },
    );
    expect(textOf(first)).toMatch(/tap Sign up/u);
    customer.tapTitle("Yes, I see it");
    customer.tapTitle("I got the code");
    expect(textOf(customer.tapTitle("Yes, I'm in"))).toMatch(/account is ready[^]*order number\?/u);
  });

  it.each(["fil", "mixed"] as const)("in %s is answered in Filipino", (language) => {
    const customer = new Customer();
    customer.language = language;
    const decision = customer.say("magkano po ang shipping", { "delivery.shipping-fee": 0.9 });
    expect(decision.replies[0]?.language).toBe("fil");
    expect(textOf(decision)).toMatch(/shipping kapag|po ang shipping/u);
  });

  it("comes with the buttons and the pictures of the script", () => {
    const greeting = shop.dialogs.get("discovery.greeting");
    if (greeting?.type !== "script") throw new Error("the greeting is a script");
    const picture = { contentType: "image/png", contentUrl: "/welcome.png", name: "welcome.png" };
    const dialogs = new Map([
      ...shop.dialogs,
      [greeting.id, { ...greeting, say: { ...greeting.say, attachments: [picture] } }] as const,
    ]);
    const reply = new Customer({ ...shop, dialogs }).say("hi", { "discovery.greeting": 0.9 }).replies[0];
    expect(reply?.attachments).toEqual([picture]);
    expect(reply?.quickReplies?.length).toBeGreaterThan(0);
  });

  it("by a button's words, or its number where buttons are a list, is the same as tapping it", () => {
    const tapped = new Customer();
    const offered = tapped.say("hi", { "discovery.greeting": 0.9 });
    const second = offered.replies[0]?.quickReplies?.[1];
    const answer = textOf(tapped.tap(second?.payload ?? ""));
    for (const words of [second?.title ?? "", "2", "the second one", "yung pangalawa po"]) {
      const typing = new Customer();
      typing.say("hi", { "discovery.greeting": 0.9 });
      expect(textOf(typing.say(words))).toBe(answer);
    }
  });
});

describe("the first reply of all", () => {
  it("says that this is an automated assistant, how to reach a person, and where the privacy notice is; the next does not", () => {
    const customer = new Customer();
    customer.state = newConversation;
    expect(textOf(customer.say("hi", { "discovery.greeting": 0.9 }))).toMatch(
      /automated assistant.*"agent".*\/privacy/u,
    );
    expect(textOf(customer.say("hi", { "discovery.greeting": 0.9 }))).not.toMatch(/automated assistant/u);
  });
});
