import { describe, expect, it } from "@jest/globals";
import { emptyVault } from "../../src/basics/masking/vault.ts";
import { transcriptOf } from "../../src/console/case-views.ts";

const turn = {
  id: "t1",
  seq: 1,
  at: Date.UTC(2026, 10, 23, 2),
  activities: [],
  replies: [{ text: "Our team didn't reply in the time I gave you." }],
};

describe("what an agent sees of a case", () => {
  it("tells of words that the channel's law kept back that they did not leave, and why", () => {
    expect(
      transcriptOf([{ ...turn, withheld: "the customer last wrote more than 24 hours ago" }], emptyVault),
    ).toMatchObject([{ from: "bot", withheld: "the customer last wrote more than 24 hours ago" }]);
    expect(transcriptOf([turn], emptyVault)[0]).not.toHaveProperty("withheld");
  });
});
