import { describe, expect, it } from "@jest/globals";
import { ladderThresholds } from "../../src/conversation/decide/ladder-thresholds.ts";

describe("the fallback ladder", () => {
  it("answers nothing that is more likely wrong than right, and asks about what the model would have answered", () => {
    expect(ladderThresholds({ accept: 0.24, clarify: 0.12 })).toEqual({ accept: 0.5, clarify: 0.24 });
  });

  it("is as careful as a model that wants to be surer than that", () => {
    expect(ladderThresholds({ accept: 0.7, clarify: 0.35 })).toEqual({ accept: 0.7, clarify: 0.35 });
  });
});
