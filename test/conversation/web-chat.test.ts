import { describe, expect, it } from "@jest/globals";
import type { Decision } from "../../src/conversation/decision.ts";
import { decide } from "../../src/conversation/decide/decide.ts";
import type { DecisionInput } from "../../src/conversation/decide/decision-input.ts";
import { newConversation } from "../../src/conversation/state.ts";
import { Customer, monday, nothing, recognized, shop, textOf } from "./customer.ts";

const hears = (text: string, more: Partial<DecisionInput> = {}): Decision =>
  decide({
    ...{ conversationId: "c", seq: 1, now: monday, content: shop, web: "byLink" },
    activity: { type: "message", text, sentAt: monday },
    state: { ...newConversation, repliedTurns: 1 },
    recognition: recognized([nothing], { language: /\bsa\b/u.test(text) ? "fil" : "en" }),
    thresholds: { accept: 0.6, clarify: 0.3 },
    ...more,
  });
const tap = { type: "choice" as const, text: "Go on in web chat", payload: "command:web", sentAt: monday };

describe("a customer who wants to go on in web chat", () => {
  it.each([
    "Web chat",
    "sa website na lang po",
    "Pwede po ba sa web chat?",
    "Can we continue on your website?",
  ])("by “%s” gets a button that opens it", (text) => {
    const { replies, outcome } = hears(text);
    expect(replies).toEqual([expect.objectContaining({ script: "shared.goOnInWeb" })]);
    expect(replies[0]?.opensWeb).toBe(/\bsa\b/u.test(text) ? "Buksan ang web chat" : "Open web chat");
    expect(outcome).toBe("answered");
  });

  it("by the menu gets it too", () => {
    expect(hears("", { activity: tap }).replies[0]?.opensWeb).toBe("Open web chat");
  });

  it("keeps the question that is open here until they are there", () => {
    const customer = new Customer();
    customer.web = "byLink";
    customer.say("change my address please", { "delivery.change-address": 0.95 });
    customer.say("104233");
    const { open } = customer.state;
    expect(open?.step).toBe("ask-address");
    expect(customer.say("web chat").replies[0]?.opensWeb).toBeDefined();
    expect(customer.state.open).toEqual(open);
  });

  it("is told so where they are there already", () => {
    const [reply] = hears("sa website na lang", { web: "here" }).replies;
    expect([reply?.script, reply?.opensWeb]).toEqual(["shared.inWebAlready", undefined]);
  });

  it("is heard as with any other words where no link can be given", () => {
    const decision = hears("web chat", { web: undefined });
    expect([textOf(decision) === "", decision.replies[0]?.opensWeb]).toEqual([false, undefined]);
    expect(decision.outcome).toBe("fellBack");
  });

  it.each([
    "the website shows an error",
    "do you deliver if i order sa website",
    "may web chat ba ang kapatid ko",
  ])("is none who says “%s”", (text) => {
    expect(hears(text).replies[0]?.opensWeb).toBeUndefined();
  });
});
