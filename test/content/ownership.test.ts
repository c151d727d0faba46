import { describe, expect, it } from "@jest/globals";
import { ownerOf, type Touchpoint } from "../../src/content/ownership.ts";

const stages = new Map([["payment", { owner: "payments" }]]);
const shared = { defaultTeam: "support" };
const touchpoints: Touchpoint[] = [
  { stage: "payment", channel: "sms", owner: "texting", answersWithinMinutes: 60 },
  { stage: "payment", lifecycle: "prospect", owner: "sales" },
  { stage: "payment", lifecycle: "prospect", channel: "sms", owner: "first-sales" },
  { stage: "payment", lifecycle: "unknown", channel: "viber", owner: "strangers" },
];
const owner = (place: Parameters<typeof ownerOf>[1]) => ownerOf({ stages, shared, touchpoints }, place).team;

describe("the team that answers", () => {
  it("is the stage's owner where no touchpoint is closer", () => {
    expect(owner({ stage: "payment", channel: "webchat" })).toBe("payments");
    expect(owner({ stage: "payment" })).toBe("payments");
  });

  it("is that of the closest touchpoint: who the customer is before where they write", () => {
    expect(owner({ stage: "payment", channel: "sms" })).toBe("texting");
    expect(owner({ stage: "payment", lifecycle: "prospect", channel: "webchat" })).toBe("sales");
    expect(owner({ stage: "payment", lifecycle: "prospect", channel: "sms" })).toBe("first-sales");
    expect(owner({ stage: "payment", lifecycle: "repeat-purchase", channel: "sms" })).toBe("texting");
  });

  it("takes a customer of whom nothing is known for unknown", () => {
    expect(owner({ stage: "payment", channel: "viber" })).toBe("strangers");
  });

  it("is never nobody", () => {
    expect(owner({ stage: null })).toBe("support");
    expect(owner({ stage: "a-stage-of-last-year" })).toBe("support");
  });

  it("makes the promise of its touchpoint", () => {
    expect(ownerOf({ stages, shared, touchpoints }, { stage: "payment", channel: "sms" })).toEqual({
      team: "texting",
      answersWithinMinutes: 60,
    });
  });
});
