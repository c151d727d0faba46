import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { AgentActivity, InboundActivity } from "../../src/basics/activity.ts";
import type { DecisionInput } from "../../src/conversation/decide/decision-input.ts";
import { decide } from "../../src/conversation/decide/decide.ts";
import type { Decision } from "../../src/conversation/decision.ts";
import { newConversation, type ConversationState } from "../../src/conversation/state.ts";
import { monday, recognized, shop } from "./customer.ts";

/** What may happen in a conversation, as far as it can be said before it is known where it stands. */
type Happening =
  | { readonly type: "words"; readonly text: string; readonly intent: string; readonly confidence: number }
  | { readonly type: "tap"; readonly which: number }
  | { readonly type: "payload"; readonly payload: string }
  | { readonly type: "media"; readonly contentType: string }
  | { readonly type: "result"; readonly ok: boolean }
  | { readonly type: "timer"; readonly which: number }
  | { readonly type: "agent"; readonly op: AgentActivity["op"] }
  | { readonly type: "pause"; readonly ms: number };

const words = [
  "hi",
  "104233",
  "yes",
  "hindi po",
  "2",
  "any update?",
  "wala pa rin",
  "agent",
  "bot",
  "cancel",
  "gago",
  "mali, 104555 pala",
  "118 Kamuning Road, Quezon City",
  "asdf",
  "👍",
  "😡",
  "",
  "skip",
  "who ordered 104233",
];
const text = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 30 }));
const confidence = fc.constantFrom(0.05, 0.4, 0.9);
const intent = fc.constantFrom(...shop.intents.keys());
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant("words" as const), text, intent, confidence }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("tap" as const), which: fc.nat(12) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("payload" as const),
      payload: fc.constantFrom("command:yes", "option:x:y:z", "intent:none", "command:solved", "?"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("media" as const),
      contentType: fc.constantFrom("image/png", "audio/ogg", "application/geo+json", "application/pdf"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("result" as const), ok: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("timer" as const), which: fc.nat(4) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("agent" as const),
      op: fc.constantFrom("assign" as const, "reply" as const, "return" as const, "close" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("pause" as const), ms: fc.constantFrom(60_000, 90_000_000) }),
  },
);

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

interface Turn {
  readonly input: DecisionInput;
  readonly decision: Decision;
}

/** Lets it all happen to one conversation and gives back every turn. */
function play(happenings: readonly Happening[], from: ConversationState = newConversation): Turn[] {
  const turns: Turn[] = [];
  let state = from;
  let now = monday;
  let asked: Decision["actions"][number] | undefined;
  for (const [seq, happened] of happenings.entries()) {
    if (happened.type === "pause") now += happened.ms;
    const activity = activityOf(happened, state, now, asked);
    if (activity === undefined) continue;
    const input: DecisionInput = frozen({
      conversationId: "c",
      seq: seq + 1,
      now,
      activity,
      state,
      content: shop,
      recognition:
        happened.type === "words" ? recognized([{ [happened.intent]: happened.confidence }]) : undefined,
      thresholds: { accept: 0.6, clarify: 0.3 },
    });
    const decision = decide(input);
    asked = decision.actions.at(-1) ?? asked;
    turns.push({ input, decision });
    state = decision.state;
    now += 1_000;
  }
  return turns;
}

function activityOf(
  happened: Happening,
  state: ConversationState,
  now: number,
  asked: Decision["actions"][number] | undefined,
): InboundActivity | undefined {
  const sentAt = now;
  switch (happened.type) {
    case "words":
      return { type: "message", text: happened.text, sentAt };
    case "tap": {
      const tap = state.choices?.[happened.which % Math.max(1, state.choices.length)];
      return tap === undefined
        ? undefined
        : { type: "choice", text: tap.title, payload: tap.payload, sentAt };
    }
    case "payload":
      return { type: "choice", text: "", payload: happened.payload, sentAt };
    case "media":
      return { type: "message", text: "", attachments: [{ contentType: happened.contentType }], sentAt };
    case "result": {
      if (asked === undefined) return undefined;
      const result = happened.ok
        ? { ok: true as const, value: { found: true, statusEn: "here", statusFil: "dito", arrives: "now" } }
        : { ok: false as const, reason: "down" };
      return {
        type: "actionResult",
        action: asked.action,
        outboxId: "o",
        ...(asked.ticket === undefined ? {} : { ticket: asked.ticket }),
        result,
        sentAt,
      };
    }
    case "timer": {
      const name = Object.keys(state.timers)[happened.which];
      return name === undefined
        ? undefined
        : { type: "timer", name, generation: state.timers[name] ?? -1, sentAt };
    }
    case "agent": {
      const caseId = state.cases?.at(-1)?.id;
      return caseId === undefined
        ? undefined
        : { type: "agent", agent: "Maria", caseId, op: happened.op, key: String(now), text: "hi", sentAt };
    }
    case "pause":
      return undefined;
  }
}

const story = fc.array(happening, { maxLength: 30 });
const runs = { numRuns: 150 };

describe("whatever happens in a conversation", () => {
  it("the same input gives the same decision, and deciding changes nothing of its input", () => {
    fc.assert(
      fc.property(story, (happenings) => {
        for (const { input, decision } of play(happenings)) expect(decide(input)).toEqual(decision);
      }),
      { numRuns: 60 },
    );
  });

  it("the bot says one thing a turn at most, and while a team or a person has the customer nothing unasked", () => {
    fc.assert(
      fc.property(story, (happenings) => {
        for (const { input, decision } of play(happenings)) {
          const ofBot = decision.replies.filter(({ agent }) => agent === undefined);
          expect(ofBot.length).toBeLessThanOrEqual(1);
          const { owner } = input.state;
          const customer = input.activity.type === "message" || input.activity.type === "choice";
          if (owner.type === "agent" && customer) expect(decision.replies).toEqual([]);
          // In line two words are heard: how long still, and the bot back.
          if (owner.type === "queue" && customer)
            expect([undefined, "shared.alreadyWaiting", "shared.backToBot", "shared.withBot"]).toContain(
              ofBot[0]?.script,
            );
          if (owner.type !== "bot" && input.activity.type === "actionResult")
            expect(decision.replies).toEqual([]);
        }
      }),
      runs,
    );
  });

  it("an action that needs proof is asked for by nobody who gave none", () => {
    const begun: readonly Happening[] = [
      { type: "words", text: "move 104233", intent: "delivery.change-address", confidence: 0.9 },
      { type: "words", text: "118 Kamuning Road, Quezon City", intent: "none", confidence: 0 },
    ];
    fc.assert(
      fc.property(story, (happenings) => {
        const turns = play([...begun, ...happenings, ...begun, { type: "payload", payload: "command:yes" }]);
        for (const { decision } of turns)
          for (const { needs } of decision.actions) expect(needs).not.toBe("verified");
      }),
      runs,
    );
  });

  it("what is remembered stays small and can be stored as JSON", () => {
    fc.assert(
      fc.property(story, (happenings) => {
        for (const { decision } of play(happenings)) {
          expect(decision.state.concerns?.length ?? 0).toBeLessThanOrEqual(10);
          expect(JSON.parse(JSON.stringify(decision.state))).toEqual(decision.state);
          expect(JSON.stringify(decision.state).length).toBeLessThan(20_000);
        }
      }),
      runs,
    );
  });

  it("somebody has the customer, and nothing of the bot's waits while a person does", () => {
    fc.assert(
      fc.property(story, (happenings) => {
        for (const { state } of play(happenings).map(({ decision }) => decision))
          if (state.owner.type !== "bot")
            expect([state.open, state.suspended, state.asking, state.choices]).toEqual([
              undefined,
              undefined,
              undefined,
              undefined,
            ]);
      }),
      runs,
    );
  });
});

describe("a customer who is never understood", () => {
  const notUnderstood = fc.oneof(
    fc.record({
      type: fc.constant("words" as const),
      text: fc.constantFrom("asdf", "qwerty uiop", "blah blah", "x".repeat(3_000)),
      intent,
      confidence: fc.constantFrom(0.05, 0.4),
    }),
    fc.record({
      type: fc.constant("media" as const),
      contentType: fc.constantFrom("audio/ogg", "application/pdf"),
    }),
    fc.record({ type: fc.constant("payload" as const), payload: fc.constantFrom("command:else", "?") }),
  );

  it("has a person at the third miss at the latest, hears no words twice in a row, and could have had one before", () => {
    fc.assert(
      fc.property(fc.array(notUnderstood, { minLength: 3, maxLength: 3 }), (misses) => {
        const turns = play(misses);
        expect(turns.some(({ decision }) => decision.handOff !== null)).toBe(true);
        const said = turns.map(({ decision }) => decision.replies[0]?.script);
        for (const [i, script] of said.entries())
          if (script !== undefined && i > 0) expect(script).not.toBe(said[i - 1]);
        for (const { decision } of turns)
          if (decision.handOff === null && decision.replies.length > 0)
            expect(decision.replies[0]?.quickReplies?.map(({ payload }) => payload)).toContain(
              "command:person",
            );
      }),
      runs,
    );
  });
});

describe("every flow of the shop", () => {
  const flows = [...shop.intents.values()].filter(({ dialog }) => shop.dialogs.get(dialog)?.type === "flow");
  const answer = fc.oneof(
    fc.record({ type: fc.constant("tap" as const), which: fc.nat(6) }),
    fc.record({ type: fc.constant("result" as const), ok: fc.boolean() }),
    fc.record({
      type: fc.constant("words" as const),
      text: fc.constantFrom("104233", "yes", "blue shirt", "118 Kamuning Road, Quezon City", "dunno", "1"),
      intent: fc.constant("none"),
      confidence: fc.constant(0),
    }),
  );

  it.each(flows.map(({ id }) => id))("%s goes to a person when nothing that is sent answers it", (id) => {
    const begin: Happening = { type: "words", text: "begin it", intent: id, confidence: 0.9 };
    const unfit: Happening = { type: "words", text: "?!", intent: "none", confidence: 0 };
    const turns = play([begin, unfit, unfit, unfit]);
    const waits = turns[0]?.decision.state.open !== undefined && turns[0].decision.actions.length === 0;
    expect(turns.some(({ decision }) => decision.handOff !== null)).toBe(
      waits || turns[0]?.decision.handOff !== null,
    );
  });

  it.each(flows.map(({ id }) => id))("%s ends, whatever is answered", (id) => {
    fc.assert(
      fc.property(fc.array(answer, { minLength: 120, maxLength: 120 }), (answers) => {
        let state = play([{ type: "words", text: "begin it", intent: id, confidence: 0.9 }])[0]?.decision
          .state;
        // Step by step until it is over: an answer that begins another matter is none to this question.
        for (const one of answers) {
          if (state?.open?.intent !== id) break;
          state = play([one], state)[0]?.decision.state ?? state;
          if (state.open === undefined) break;
          const waitsForResult = shop.dialogs.get(state.open.dialog);
          const step =
            waitsForResult?.type === "flow"
              ? waitsForResult.steps.find((other) => other.id === state?.open?.step)
              : undefined;
          if (step?.type === "call") {
            const { ticket } = state.open;
            const returned = decide({
              conversationId: "c",
              seq: 2,
              now: monday,
              activity: {
                type: "actionResult",
                action: step.action,
                outboxId: "o",
                ...(ticket === undefined ? {} : { ticket }),
                result: { ok: true, value: { found: false } },
                sentAt: monday,
              },
              state,
              content: shop,
              thresholds: { accept: 0.6, clarify: 0.3 },
            });
            state = returned.state;
          }
        }
        expect(state?.open?.intent).not.toBe(id);
      }),
      { numRuns: 15 },
    );
  });
});
