import { describe, expect, it } from "@jest/globals";
import { TurnTrail } from "../../../src/http/demo/turn-trail.ts";
import type { NewOutboxRow, TurnCommit } from "../../../src/turn/ports.ts";
import { sampleShop as content } from "../../sample-shop.ts";

const times = { acceptedToDecidedMs: 900, decideMs: 2, commitMs: 3 };

function reply(turn: string, n: number): NewOutboxRow {
  const body = { type: "reply", reply: { text: "Yes." }, replyTo: null } as const;
  return { id: `${turn}.${String(n)}`, n, notBefore: 0, body };
}

function commitOf(id: string, outbox: readonly NewOutboxRow[] = [], conversationId = "c"): TurnCommit {
  return {
    turn: {
      id,
      conversationId,
      seq: 1,
      trigger: "message",
      at: 0,
      acceptedAt: 0,
      channel: "webchat",
      account: "default",
      contactId: "k",
      locale: "en",
      source: null,
      lifecycle: "unknown",
      team: "delivery",
      activities: [
        { externalId: "e", activity: { type: "message", text: "where is ‹orderNumber:1›", sentAt: 0 } },
      ],
      recognition: {
        parts: [
          { candidates: [{ intent: "delivery.order-status", score: 3, confidence: 0.9 }], outOfScope: 0.01 },
        ],
        language: "en",
        recognizer: "linear",
        modelVersion: "m",
      },
      category: {
        kind: "question",
        stage: "delivery",
        intent: "delivery.order-status",
        topic: null,
        decidedBy: "bot",
        confidence: 0.9,
      },
      dialog: null,
      said: [],
      steps: [],
      replies: [],
      outcome: "answered",
      visitId: null,
      concern: null,
      handOff: null,
      contentVersion: "v",
      arrivedLate: false,
    },
    state: { owner: { type: "bot" }, repliedTurns: 0, misses: 0, timers: {}, verified: false },
    lastHandledSentAt: 0,
    handled: [],
    outbox,
    timers: [],
    cases: [],
    vault: {},
  };
}

function trailAt() {
  const at = { elapsed: 0 };
  return { at, trail: new TurnTrail({ elapsed: () => at.elapsed }, () => content) };
}

describe("the trail of turns", () => {
  it("shows a turn with titles for its ids, and the record as it was logged", () => {
    const { trail } = trailAt();
    trail.recorded(commitOf("t1"), times);
    const [turn] = trail.since(0).turns;
    expect(turn).toMatchObject({
      heard: ["where is ‹orderNumber:1›"],
      questions: [{ candidates: [{ title: "Where is my order", confidence: 0.9 }], outOfScope: 0.01 }],
      category: { title: "Where is my order" },
      team: "Delivery team",
      times: { waitedMs: 900, decideMs: 2, commitMs: 3, deliverMs: null },
    });
    expect(turn?.record).toMatchObject({ id: "t1", outcome: "answered" });
  });

  it("tells how long delivery took when the last reply arrived, and only what changed since the last look", () => {
    const { at, trail } = trailAt();
    trail.recorded(commitOf("t1", [reply("t1", 0), reply("t1", 1)]), times);
    trail.recorded(commitOf("t2"), times);
    const seen = trail.since(0);
    expect(seen.turns.map(({ id }) => id)).toEqual(["t1", "t2"]);
    expect(trail.since(seen.at).turns).toEqual([]);

    at.elapsed = 10;
    trail.settled("t1.0", { status: "delivered" });
    at.elapsed = 25;
    trail.settled("t1.1", { status: "due" });
    expect(trail.since(seen.at).turns[0]?.times.deliverMs).toBeNull();
    trail.settled("t1.1", { status: "delivered" });
    const [turn, ...others] = trail.since(seen.at).turns;
    expect(others).toEqual([]);
    expect([turn?.id, turn?.times.deliverMs]).toEqual(["t1", 25]);
  });

  it("says how a reply ended that was not delivered", () => {
    const { trail } = trailAt();
    trail.recorded(commitOf("t1", [reply("t1", 0)]), times);
    trail.settled("t1.0", { status: "cancelled" });
    trail.settled("somebody-elses.0", { status: "failed" });
    expect(trail.since(0).turns[0]).toMatchObject({ undelivered: ["cancelled"], times: { deliverMs: null } });
  });

  it("keeps the last fifty turns, however many there were", () => {
    const { trail } = trailAt();
    for (let n = 1; n <= 120; n += 1) trail.recorded(commitOf(`t${String(n)}`), times);
    const kept = trail.since(0).turns.map(({ id }) => id);
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([50, "t71", "t120"]);
  });

  it("shows nothing more of a person who was erased, and all of the others", () => {
    const { trail } = trailAt();
    for (const [n, who] of ["ana", "ben", "ana", "carla"].entries())
      trail.recorded(commitOf(`t${String(n)}`, [], who), times);
    trail.forget(new Set(["ana"]));
    expect(trail.since(0).turns.map(({ conversationId }) => conversationId)).toEqual(["ben", "carla"]);
  });
});
