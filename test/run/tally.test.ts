import { describe, expect, it } from "@jest/globals";
import { countJest } from "./jest-report.ts";
import { add, isFine, nothing, oneFailed, onePassed, tallyLine } from "./tally.ts";

describe("the sum of a run", () => {
  it("is one plain line", () => {
    const sum = [onePassed, { passed: 20, failed: 0, skipped: 1 }, oneFailed].reduce(add, nothing);
    expect(tallyLine(sum)).toBe("21 passed, 1 failed, 1 skipped");
  });

  it("is fine only when something ran, nothing failed and nothing was skipped", () => {
    expect(isFine(onePassed)).toBe(true);
    expect(isFine(nothing)).toBe(false);
    expect(isFine({ passed: 5, failed: 1, skipped: 0 })).toBe(false);
    expect(isFine({ passed: 5, failed: 0, skipped: 1 })).toBe(false);
  });
});

describe("a jest report", () => {
  const report = (counts: Readonly<Record<string, number>>): string =>
    JSON.stringify({
      numPassedTests: 0,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      numRuntimeErrorTestSuites: 0,
      ...counts,
    });

  it("counts what ran, what failed and what was put off", () => {
    const text = report({ numPassedTests: 7, numFailedTests: 2, numPendingTests: 3, numTodoTests: 1 });
    expect(countJest(text, false)).toEqual({ passed: 7, failed: 2, skipped: 4 });
  });

  it("counts a file that failed as a whole as one failed test", () => {
    const text = report({ numPassedTests: 7, numFailedTests: 1, numRuntimeErrorTestSuites: 2 });
    expect(countJest(text, false)).toEqual({ passed: 7, failed: 3, skipped: 0 });
  });

  it("of a run that ended badly has at least one failure, though it names none", () => {
    expect(countJest(report({ numPassedTests: 7 }), false)).toEqual({ passed: 7, failed: 1, skipped: 0 });
    expect(countJest(report({ numPassedTests: 7 }), true)).toEqual({ passed: 7, failed: 0, skipped: 0 });
  });

  it("that was never written is a failure", () => {
    expect(countJest(undefined, true)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
