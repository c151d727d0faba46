import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Source } from "../../../src/basics/activity.ts";
import { newConversation, type ConversationState } from "../../../src/conversation/state.ts";
import { recordWithoutWords, stateWithoutWords } from "../../../src/store/privacy/record-without-words.ts";
import { countedSource } from "../../../src/turn/counting/counted-source.ts";

const pathPart = fc.constantFrom(
  ...["orders", "12345", "a", "ana@mail.example", "7", "0190a5b2-1c3d-7e4f-8a9b-0c1d2e3f4a5b", "cart", "12"],
);
const source: fc.Arbitrary<Source> = fc.record(
  {
    device: fc.constantFrom("mobile" as const, "desktop" as const, "other" as const),
    page: fc
      .tuple(fc.array(pathPart, { maxLength: 6 }), fc.constantFrom("", "?phone=09171234567", "#top"))
      .map(([parts, rest]) => `/${parts.join("/")}${rest}`),
    referrer: fc.constantFrom(
      "https://www.facebook.com/ana.santos?x=1",
      "https://shop.example:8080/a",
      "nonsense",
    ),
    campaign: fc.array(pathPart, { maxLength: 3 }).map((parts) => parts.join(" ")),
  },
  { requiredKeys: [] },
);

describe("a turn without its words", () => {
  it("is counted as it was: where the customer wrote says the same, and no more than that", () => {
    fc.assert(
      fc.property(source, (told) => {
        const left = recordWithoutWords({ source: told }).source;
        expect(countedSource(left)).toEqual(countedSource(told));
        expect(JSON.stringify(left)).not.toMatch(/phone|ana|12345|0190a5b2/u);
      }),
      { numRuns: 2_000 },
    );
  });

  it("holds neither what was written nor what was answered", () => {
    const left = recordWithoutWords({
      activities: [{ externalId: "m1", activity: { type: "message", text: "hello", sentAt: 1 } }],
      replies: [{ text: "Hi" }],
      withheld: "they wrote STOP",
      outcome: "answered",
    });
    expect(left).toEqual({ source: null, activities: [], replies: [], withheld: "", outcome: "answered" });
  });
});

describe("a conversation without its values", () => {
  it("still knows who must not be written to, and which cases it had", () => {
    const state: ConversationState = {
      ...newConversation,
      optedOut: true,
      remembered: { order: "1" },
      open: { dialog: "d", intent: "i", step: "s", slots: { name: "Ana" }, asked: 0, contentVersion: "c" },
      concerns: [{ intent: "i", visit: "v", at: 1, outcome: "answered", slots: { order: "1" } }],
      choices: [{ title: "Order 1", payload: "1" }],
    };
    expect(stateWithoutWords(state)).toEqual({
      ...newConversation,
      optedOut: true,
      concerns: [{ intent: "i", visit: "v", at: 1, outcome: "answered" }],
    });
  });
});
