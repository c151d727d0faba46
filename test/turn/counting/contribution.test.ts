import { describe, expect, it } from "@jest/globals";
import { businessDays } from "../../../src/turn/counting/business-day.ts";
import { addsTheSame, contributionOf, contributionOfTurn } from "../../../src/turn/counting/contribution.ts";
import { Sums } from "../../../src/turn/counting/sums.ts";
import { concernsOf } from "../../../src/turn/counting/visit-concerns.ts";
import { madeTurn, morning } from "./made-turn.ts";

const days = businessDays("Asia/Manila");
const dayMs = 24 * 60 * 60 * 1000;
const cell = { day: "2026-11-22", kind: "problem", stage: "delivery", intent: "delivery.late" };

function concern(parts: Parameters<typeof madeTurn>[0] = {}) {
  const [only] = concernsOf([madeTurn(parts)], days);
  if (only === undefined) throw new TypeError("a turn of a visit with an intent opens a concern");
  return only;
}
const keys = (counts: ReturnType<typeof contributionOf>) =>
  counts.map(({ measure, k1, k2, k3 }) => [measure, k1, k2, k3]);

describe("what a concern adds to the sums", () => {
  it("is its fate, where it was, and whose it is", () => {
    const counts = contributionOf(concern());
    expect(keys(counts)).toEqual([
      ["concern", "contained", "unknown", ""],
      ["where", "webchat", "", "fil"],
      ["owner", "logistics", "webchat", "shop"],
    ]);
    for (const count of counts) expect(count).toMatchObject({ ...cell, n: 1 });
  });

  it("is also its page, campaign, handover and follow-up, where it has them", () => {
    const counts = contributionOf(
      concern({
        team: null,
        source: {
          device: "mobile",
          page: "https://shop.example/track?o=1#x",
          campaign: "june",
          referrer: "https://fb.com/x",
        },
        handOff: { reason: "requested", team: "support" },
        outcome: "handedOff",
        followUpOf: "c.0",
      }),
    );
    expect(keys(counts)).toEqual([
      ["concern", "handedOff", "unknown", ""],
      ["where", "webchat", "mobile", "fil"],
      ["owner", "", "webchat", "shop"],
      ["page", "/track", "", ""],
      ["campaign", "june", "fb.com", ""],
      ["handOff", "requested", "support", ""],
      ["followUp", "", "", ""],
    ]);
  });

  it.each([
    [dayMs, "1"],
    [dayMs + 1, "7"],
    [7 * dayMs, "7"],
    [30 * dayMs, "30"],
    [30 * dayMs + 1, ""],
    [null, ""],
  ])("says of a contact who was back after %s ms: %s", (backAfterMs, k3) => {
    expect(contributionOf({ ...concern(), backAfterMs })[0]?.k3).toBe(k3);
  });

  it("names no order, account, address or key of a link that a page's address held", () => {
    const pageOf = (page: string) => concern({ source: { page } }).page;
    expect(pageOf("/orders/104233/edit")).toBe("/orders/#/edit");
    expect(pageOf("/u/ana.reyes%40example.com/x")).toBe("/u/#/x");
    expect(pageOf("/reset/0f8fad5b-d9cb-469f-a165-70867728950e")).toBe("/reset/#");
    expect(pageOf("/reset/A9f3kd82LmQ0zzX71bcd")).toBe("/reset/#");
    expect(pageOf("/sale-2026/shoes-12")).toBe("/sale-#/shoes-12");
    expect(pageOf(`/${"long/".repeat(100)}`)).toHaveLength(200);
    expect(concern({ source: { campaign: "mail ana@example.com 09171234567" } }).campaign).toBe("mail # #");
  });
});

describe("what a turn adds to the sums", () => {
  it("is its outcome, its hour in the teams' time zone, and the wait until it was decided", () => {
    expect(keys(contributionOfTurn(madeTurn({ late: true }), days))).toEqual([
      ["turn", "answered", "webchat", "late"],
      ["hour", "10", "webchat", ""],
      ["botWait", "1024", "webchat", ""],
    ]);
  });

  it("is nothing for a timer, an agent or an action's result", () => {
    expect(contributionOfTurn(madeTurn({ byCustomer: false }), days)).toEqual([]);
  });

  it("has no wait where nothing was said, and the channel that the customer wished for", () => {
    expect(keys(contributionOfTurn(madeTurn({ outcome: "silent", wishedChannel: "sms" }), days))).toEqual([
      ["turn", "silent", "webchat", ""],
      ["hour", "10", "webchat", ""],
      ["wish", "sms", "", ""],
    ]);
  });

  it.each([
    [0, "1"],
    [1, "1"],
    [2, "2"],
    [1_024, "1024"],
    [1_025, "2048"],
    [65_536, "65536"],
    [65_537, "Infinity"],
  ])("puts a wait of %i ms into the bucket up to %s", (waitMs, bucket) => {
    const counts = contributionOfTurn(madeTurn({ acceptedAt: morning - waitMs }), days);
    expect(counts.find(({ measure }) => measure === "botWait")?.k1).toBe(bucket);
  });
});

describe("two states of a concern", () => {
  it("add the same exactly when their contributions are the same", () => {
    const one = concern();
    const others = [
      { ...one, turns: 9, lastAt: morning + 1, lastSeq: 4 },
      ...[{ device: "mobile" }, { page: "/x" }, { campaign: "x" }, { language: "en" }, { team: "x" }],
      ...[{ backAfterMs: 5 }, { outcome: "fellBack" as const }, { lifecycle: "prospect" as const }],
      ...[
        { handedOffAt: 1, handOffReason: "x", handOffTeam: "y" },
        { followUpOf: "x" },
        { kind: "task" as const },
      ],
      ...[{ backAfterMs: 40 * dayMs }, { topic: "x" }, { stage: null }],
    ].map((changed) => ({ ...one, ...changed }));
    for (const other of others) {
      const sums = new Sums();
      sums.add(contributionOf(one), -1);
      sums.add(contributionOf(other));
      expect([other, addsTheSame(one, other)]).toEqual([other, sums.changes().length === 0]);
    }
  });
});
