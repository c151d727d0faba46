import { describe, expect, it } from "@jest/globals";
import { array, assert as assertAll, constantFrom, integer, oneof, property, record } from "fast-check";
import type { Decision } from "../../../src/conversation/decision.ts";
import { Customer, mondayMorning } from "./customer.ts";

const hour = 3_600_000;
const steps = oneof(
  {
    weight: 4,
    arbitrary: constantFrom("agent", "bot", "hello", "return", "tap", "tapPerson", "tapBot", "photo").map(
      (what) => ({ by: "customer" as const, what }),
    ),
  },
  {
    weight: 3,
    arbitrary: record({
      by: constantFrom("agent" as const),
      what: constantFrom("assign" as const, "reply" as const, "return" as const, "close" as const),
      name: constantFrom("Maria", "Jun"),
    }),
  },
  { weight: 2, arbitrary: integer({ min: 1, max: 30 * hour }).map((ms) => ({ by: "time" as const, ms })) },
  { weight: 2, arbitrary: constantFrom({ by: "timer" as const }) },
  // Somebody answers in the provider's own inbox, past our console.
  {
    weight: 1,
    arbitrary: constantFrom("thread.taken", "thread.returned").map((name) => ({
      by: "inbox" as const,
      name,
    })),
  },
);

type Step = typeof steps extends { generate: (...args: never[]) => { value: infer One } } ? One : never;

function take(customer: Customer, step: Step): Decision | undefined {
  switch (step.by) {
    case "agent":
      return customer.agent(step.what, {
        agent: step.name,
        ...(step.what === "reply" ? { text: "words" } : {}),
      });
    case "time": {
      // Time does not pass by what is due in it.
      const [soonest = Infinity] = [...customer.timers.values()]
        .map(({ dueAt }) => dueAt)
        .sort((a, b) => a - b);
      customer.now = Math.min(customer.now + step.ms, Math.max(soonest, customer.now));
      return undefined;
    }
    case "timer":
      return customer.waits();
    case "inbox": {
      const value = { by: "Page inbox", idleMs: hour };
      return customer.turn({ type: "event", name: step.name, value, sentAt: customer.now });
    }
    case "customer":
      switch (step.what) {
        case "agent":
        case "bot":
        case "hello":
          return customer.say(step.what);
        case "return":
          return customer.say("how do i return", { "returns.how-to-return": 0.9 });
        case "tap":
          return customer.taps("intent:payment.methods");
        case "tapPerson":
          return customer.taps("command:person");
        case "tapBot":
          return customer.taps("command:bot");
        case "photo":
          return customer.sends("image/jpeg");
      }
  }
}

/** Everything that must hold whatever happens, in whatever order. */
function holds(customer: Customer): void {
  const { owner, cases = [] } = customer.state;
  const open = cases.filter(({ status }) => status === "queued" || status === "assigned");
  // One case in hand at the most, and its status says who has the customer.
  expect(open.length).toBeLessThanOrEqual(1);
  // Who writes in the provider's own inbox may have a customer without a case.
  const outside = owner.type === "agent" && owner.outside === true;
  if (owner.type === "agent" && !(outside && owner.caseId === undefined))
    expect(open).toMatchObject([{ id: owner.caseId, status: "assigned" }]);
  if (owner.type === "queue")
    expect(open).toMatchObject([{ id: owner.caseId, status: "queued", team: owner.team }]);
  if (owner.type === "bot") expect(open.every(({ status }) => status === "queued")).toBe(true);
  // Every wait has a timer: nobody waits for nothing.
  if (owner.type === "queue") expect(customer.timers.has("handOff.promise")).toBe(true);
  if (outside) expect(customer.timers.has("thread.idle")).toBe(true);
  else if (owner.type === "agent")
    expect(customer.timers.has("handOff.agentSilent") || customer.timers.has("handOff.idle")).toBe(true);
  // A timer that is set is one that the conversation will listen to.
  for (const [name, { generation }] of customer.timers) expect(customer.state.timers[name]).toBe(generation);
  // A case in line without a timer is one whose promise was broken too often to give another: the third, or a later one
  // that was given after an agent took the case and said nothing.
  if (owner.type === "bot" && open.length > 0 && !customer.timers.has("handOff.promise")) {
    expect(open).toMatchObject([{ promisedAt: null }]);
    expect(open[0]?.broken).toBeGreaterThanOrEqual(3);
  }
  // A promise that stands is the time of its timer.
  const promise = customer.timers.get("handOff.promise");
  if (promise !== undefined) expect(open[0]?.promisedAt).toBe(promise.dueAt);
}

const silentEdges = new Set(["closed", "replied"]);

const timer: Step = { by: "timer" };
/** The promise of an agent who took the case late and said nothing is the fourth that breaks. */
const silentAgentAfterThreeBreaks: Step[] = [
  { by: "customer", what: "agent" },
  ...[timer, timer, timer],
  { by: "agent", what: "assign", name: "Maria" },
  ...[timer, timer],
];

describe("whatever customer, agents and time do", () => {
  it("there is one owner, each wait has a timer, the bot is silent while a person has the customer, and each edge is told", () => {
    assertAll(
      property(array(steps, { minLength: 1, maxLength: 40 }), (walk) => {
        const customer = new Customer();
        for (const step of walk) {
          const before = customer.state.owner;
          const decision = take(customer, step);
          holds(customer);
          if (decision === undefined) continue;
          const after = customer.state.owner;
          if (step.by === "customer" && before.type === "agent") {
            expect(decision.replies).toEqual([]);
            expect(after).toEqual(before);
          }
          // In the provider's inbox the customer sees for themselves who writes.
          if (step.by === "inbox" || (before.type === "agent" && before.outside === true)) continue;
          if (before.type !== after.type && !decision.cases.some(({ type }) => silentEdges.has(type)))
            expect(decision.replies.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 400, examples: [[silentAgentAfterThreeBreaks]] },
    );
  });

  it("who writes no more is never left with a queue or a person for ever", () => {
    assertAll(
      property(array(steps, { maxLength: 30 }), (walk) => {
        const customer = new Customer(mondayMorning);
        for (const step of walk) take(customer, step);
        for (let fired = 0; customer.waits() !== undefined; fired++) expect(fired).toBeLessThan(10);
        expect(customer.state.owner.type).toBe("bot");
      }),
      { numRuns: 400 },
    );
  });
});
