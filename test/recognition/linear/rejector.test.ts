import { describe, expect, it } from "@jest/globals";
import { seededChance } from "../../../src/recognition/linear/chance.ts";
import {
  chooseThreshold,
  fitRejector,
  judge,
  type Judged,
} from "../../../src/recognition/linear/rejector.ts";

/** Lines whose first piece of evidence tells the outcome, with noise. */
function judged(): Judged[] {
  const chance = seededChance(3);
  return Array.from({ length: 600 }, (_, i): Judged => {
    const outcome = i % 6 === 0 ? "outOfScope" : i % 6 === 1 ? "wrongIntent" : "right";
    const centre = outcome === "right" ? 2 : outcome === "wrongIntent" ? 0.5 : -2;
    return { evidence: [centre + 2 * (chance() + chance() - 1), chance()], outcome };
  });
}

describe("the rejector", () => {
  const rejector = fitRejector(judged(), { kind: "joint" });

  it("is sure of what looks like the right ones and not of the others", () => {
    expect(judge(rejector, [3, 0.5]).confidence).toBeGreaterThan(0.9);
    expect(judge(rejector, [-3, 0.5]).confidence).toBeLessThan(0.1);
    expect(judge(rejector, [-3, 0.5]).outOfScope).toBeGreaterThan(0.9);
  });

  it("gives probabilities: of those it is 80 % sure of, about 80 % are right", () => {
    const lines = judged().map(({ evidence, outcome }) => ({
      ...judge(rejector, evidence),
      right: outcome === "right",
    }));
    const some = lines.filter(({ confidence }) => confidence > 0.6 && confidence < 0.95);
    const mean = some.reduce((sum, { confidence }) => sum + confidence, 0) / some.length;
    expect(Math.abs(mean - some.filter(({ right }) => right).length / some.length)).toBeLessThan(0.08);
  });

  it("accepts everything when it never saw a line out of scope", () => {
    const without = fitRejector(
      judged().filter(({ outcome }) => outcome !== "outOfScope"),
      { kind: "joint" },
    );
    expect(without.accept).toBe(0);
    expect(judge(without, [0, 0]).outOfScope).toBe(0);
  });

  it("stands without any line to learn from", () => {
    expect(judge(fitRejector([], { kind: "joint" }), [1, 2]).confidence).toBeGreaterThan(0.9);
  });
});

describe("the operating point", () => {
  const lines = [
    { confidence: 0.1, right: 0, outside: 1 },
    { confidence: 0.3, right: 1, outside: 0 },
    { confidence: 0.4, right: 0, outside: 1 },
    { confidence: 0.5, right: 1, outside: 0 },
    { confidence: 0.6, right: 1, outside: 0 },
    { confidence: 0.7, right: 0, outside: 1 },
    { confidence: 0.9, right: 1, outside: 0 },
  ] as const;

  it("rejects as long as that is right more often than wrong", () => {
    expect(chooseThreshold(lines, { kind: "joint" })).toBeCloseTo(0.2);
  });

  it("rejects more when a wrong answer costs more", () => {
    expect(chooseThreshold(lines, { kind: "cost", ratio: 4 })).toBeCloseTo(0.8);
  });

  it("hardly depends on which few out-of-scope lines were collected", () => {
    // Counting the sixteen by their labels instead, it wanders from 0.33 to 0.60.
    const thresholds = Array.from({ length: 12 }, (_, k) => {
      const chance = seededChance(k + 1);
      const collected = Array.from({ length: 320 }, (__, i): Judged => {
        const outcome = i % 20 === 0 ? "outOfScope" : i % 20 === 1 ? "wrongIntent" : "right";
        const centre = outcome === "right" ? 2 : outcome === "wrongIntent" ? 0.5 : -1;
        return { evidence: [centre + 3 * (chance() + chance() - 1), chance()], outcome };
      });
      return fitRejector(collected, { kind: "joint" }).accept;
    });
    expect(Math.max(...thresholds) - Math.min(...thresholds)).toBeLessThan(0.1);
  });

  it("finds the share asked for, at the least price", () => {
    expect(chooseThreshold(lines, { kind: "recall", share: 0.6 })).toBeCloseTo(0.45);
  });
});
