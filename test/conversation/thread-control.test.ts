import { describe, expect, it } from "@jest/globals";
import { Customer } from "./handoff/customer.ts";

const hour = 3_600_000;

function taken(customer: Customer, by: string, spoke: boolean) {
  const value = { by, idleMs: hour, spoke };
  return customer.turn({ type: "event", name: "thread.taken", value, sentAt: customer.now });
}

describe("a thread that a person has in the provider's inbox", () => {
  it("is theirs when it is only seen to be: the bot is silent, and no answer of theirs is counted", () => {
    const customer = new Customer();
    customer.say("agent");
    const { cases } = taken(customer, "Meta Business Suite", false);
    expect(cases).toMatchObject([{ type: "assigned", agent: "Meta Business Suite" }]);
    expect(customer.say("hello?").replies).toEqual([]);
    expect(taken(customer, "Meta Business Suite", false).cases).toEqual([]);
    expect(taken(customer, "Meta Business Suite", true).cases).toMatchObject([{ type: "replied" }]);
  });

  it("goes back to the bot in time, however often the customer writes without an answer", () => {
    const customer = new Customer();
    customer.say("agent");
    taken(customer, "Meta Business Suite", true);
    const due = customer.timers.get("thread.idle")?.dueAt;
    for (let written = 0; written < 3; written++) {
      customer.now += hour / 4;
      taken(customer, "Meta Business Suite", false);
      customer.say("hello?");
    }
    expect(customer.timers.get("thread.idle")?.dueAt).toBe(due);
    customer.waits();
    expect(customer.state.owner.type).toBe("bot");
  });

  it("stays with the app that wrote: what is seen in standby names nobody else", () => {
    const customer = new Customer();
    customer.say("agent");
    taken(customer, "app 77", true);
    taken(customer, "Meta Business Suite", false);
    expect(customer.state.owner).toMatchObject({ type: "agent", agent: "app 77" });
  });
});
