import { describe, expect, it } from "@jest/globals";
import type { AgentActivity } from "../../src/basics/activity.ts";
import { Customer, dayMs, textOf } from "./customer.ts";

describe("a visit", () => {
  it("goes on while either side speaks, and ends after 24 hours of silence", () => {
    const customer = new Customer();
    const visits = [0, dayMs - 1, dayMs - 1, dayMs].map((silence) => {
      customer.now += silence;
      return customer.say("can i pay cod", { "payment.cod": 0.9 }).visitId;
    });
    expect(visits).toEqual(["c.1", "c.1", "c.1", "c.4"]);
  });

  it("ends when its case closes", () => {
    const customer = new Customer();
    customer.say("can i pay cod", { "payment.cod": 0.9 });
    customer.say("agent");
    const close: AgentActivity = {
      type: "agent",
      agent: "Liza",
      caseId: "c.2",
      op: "close",
      key: "k",
      sentAt: customer.now,
    };
    expect(customer.turn(close).visitId).toBe("c.1");
    expect(customer.say("can i pay cod", { "payment.cod": 0.9 }).visitId).toBe("c.4");
  });

  it("begins clean: no misses, no abuse, no order number of the last one", () => {
    const customer = new Customer();
    customer.say("asdf");
    customer.say("gago ka", { "payment.cod": 0.9 });
    customer.say("where is my order 104233", { "delivery.order-status": 0.9 });
    customer.say("cancel");
    customer.now += 2 * dayMs;
    const { misses, abuses, remembered } = customer.say("hi", { "discovery.greeting": 0.9 }).state;
    expect({ misses, abuses, remembered }).toEqual({ misses: 0, abuses: undefined, remembered: undefined });
  });

  it("remembers the last ten concerns, one for each matter", () => {
    const customer = new Customer();
    for (const words of ["said once", "said twice"]) customer.say(words, { "payment.cod": 0.9 });
    expect(customer.state.concerns).toMatchObject([
      { intent: "payment.cod", visit: "c.1", outcome: "answered" },
    ]);
    for (const intent of [...customer.content.intents.keys()].slice(0, 15)) {
      customer.state = { ...customer.state, owner: { type: "bot" }, open: undefined, suspended: undefined };
      customer.say("the next", { [intent]: 0.9 });
    }
    expect(customer.state.concerns).toHaveLength(10);
  });

  it("of a conversation stored before there were visits begins with the next words", () => {
    const customer = new Customer();
    customer.state = { owner: { type: "bot" }, repliedTurns: 4, misses: 1, timers: {}, verified: false };
    expect(textOf(customer.say("can i pay cod", { "payment.cod": 0.9 }))).toMatch(/cash on delivery/iu);
    expect(customer.state.visit).toBeDefined();
  });
});
