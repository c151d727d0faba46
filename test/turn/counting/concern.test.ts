import { describe, expect, it } from "@jest/globals";
import { businessDays } from "../../../src/turn/counting/business-day.ts";
import { fateOf } from "../../../src/turn/counting/concern.ts";
import { corrected } from "../../../src/turn/counting/countable-turn.ts";
import { concernsOf, firstSeqOf } from "../../../src/turn/counting/visit-concerns.ts";
import { madeTurn, morning } from "./made-turn.ts";

const days = businessDays("Asia/Manila");
const minuteMs = 60_000;

describe("a concern", () => {
  it("is one matter of one visit, however many turns it takes", () => {
    const [concern, ...others] = concernsOf(
      [
        madeTurn({ seq: 1, outcome: "clarified" }),
        madeTurn({ seq: 2, at: morning + minuteMs }),
        madeTurn({ seq: 3, at: morning + 2 * minuteMs, outcome: "silent", byCustomer: false }),
      ],
      days,
    );
    expect(others).toEqual([]);
    expect(concern).toMatchObject({
      ...{ visitId: "c.1", intent: "delivery.late", turns: 3, day: "2026-11-22", team: "logistics" },
      ...{ openedAt: morning, lastAt: morning + 2 * minuteMs, firstSeq: 1, lastSeq: 3 },
    });
    // The last that said something.
    expect(concern?.outcome).toBe("answered");
  });

  it("is contained when the bot answered last, and not when it was handed over before", () => {
    const answered = madeTurn({ seq: 2 });
    const fate = (outcome: "answered" | "fellBack" | "handedOff") => {
      const handOff = outcome === "handedOff" ? { reason: "requested", team: "support" } : null;
      return concernsOf([madeTurn({ outcome, handOff }), answered], days).map(fateOf);
    };
    expect(fate("fellBack")).toEqual(["contained"]);
    expect(fate("handedOff")).toEqual(["handedOff"]);
    expect(concernsOf([answered, madeTurn({ seq: 3, outcome: "fellBack" })], days).map(fateOf)).toEqual([
      "notSolved",
    ]);
  });

  it("is handed over when the customer then just asks for a person, the one spoken of last", () => {
    const concerns = concernsOf(
      [
        madeTurn({ seq: 1 }),
        madeTurn({ seq: 2, intent: "payment.methods", stage: "payment", kind: "question" }),
        madeTurn({
          seq: 3,
          intent: null,
          stage: null,
          kind: "other",
          outcome: "handedOff",
          handOff: { reason: "requested", team: "support" },
        }),
      ],
      days,
    );
    expect(
      concerns.map(({ intent, handedOffAt, turns }) => ({ intent, handed: handedOffAt !== null, turns })),
    ).toEqual([
      { intent: "delivery.late", handed: false, turns: 1 },
      { intent: "payment.methods", handed: true, turns: 2 },
    ]);
  });

  it("keeps its first handover", () => {
    const [concern] = concernsOf(
      [
        madeTurn({ handOff: { reason: "requested", team: "support" } }),
        madeTurn({ seq: 2, at: morning + minuteMs, handOff: { reason: "policy", team: "billing" } }),
      ],
      days,
    );
    expect(concern).toMatchObject({
      handedOffAt: morning,
      handOffReason: "requested",
      handOffTeam: "support",
    });
  });

  it("belongs to the business day on which it was opened, in the time zone of the teams", () => {
    const justBeforeMidnight = Date.UTC(2026, 10, 22, 15, 59);
    const [concern] = concernsOf(
      [madeTurn({ at: justBeforeMidnight }), madeTurn({ seq: 2, at: justBeforeMidnight + 2 * minuteMs })],
      days,
    );
    expect(concern?.day).toBe("2026-11-22");
  });

  it("fills what was unknown from the first turn that tells it, and keeps what was told", () => {
    const [concern] = concernsOf(
      [
        madeTurn({ language: null }),
        madeTurn({
          seq: 2,
          source: { device: "mobile", page: "/cart" },
          lifecycle: "prospect",
          language: "en",
        }),
        madeTurn({
          seq: 3,
          source: { device: "desktop", page: "/help" },
          lifecycle: "repeat-purchase",
          language: "fil",
        }),
      ],
      days,
    );
    expect(concern).toMatchObject({ device: "mobile", page: "/cart", lifecycle: "prospect", language: "en" });
  });

  it("has nothing of a turn outside any visit, or about nothing known", () => {
    expect(concernsOf([madeTurn({ visitId: null }), madeTurn({ seq: 2, intent: null })], days)).toEqual([]);
  });

  it("follows a correction: the turn counts for what it was said to be", () => {
    const correction = {
      kind: "task",
      stage: "returns",
      intent: "returns.start",
      topic: null,
      team: "returns",
    } as const;
    const followUp = madeTurn({ followUpOf: "c.0" });
    const [concern, ...others] = concernsOf([corrected(followUp, correction)], days);
    expect(others).toEqual([]);
    // That it was a follow-up was found by the intent that it did not have.
    expect(concern).toMatchObject({ ...correction, followUpOf: null });
    expect(corrected(followUp, undefined)).toEqual(followUp);
  });
});

describe("a visit's id", () => {
  it("tells which version began it", () => {
    expect(firstSeqOf("0190.17")).toBe(17);
    expect(firstSeqOf("of another form")).toBe(0);
  });
});
