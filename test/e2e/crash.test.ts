import { randomInt } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { crashRounds } from "./crash-rounds.ts";

// Half a minute on two idle cores: each round starts the whole program.
const seed = Number(process.env["CRASH_SEED"] ?? randomInt(2 ** 31));

describe("the program, killed at random moments under load", () => {
  it(`loses nothing, repeats nothing, keeps the order, counts what the log says (again with CRASH_SEED=${String(seed)})`, async () => {
    const rounds: string[] = [];
    const report = await crashRounds({ rounds: 10, seed, log: (line) => rounds.push(line) });
    expect({ faults: report.faults, rounds: report.faults.length > 0 ? rounds : [] }).toEqual({
      faults: [],
      rounds: [],
    });
    // The kills hit something, or nothing was proved.
    expect(report.acknowledged).toBeGreaterThan(500);
    expect(report.unanswered).toBeGreaterThan(0);
    expect(report.interrupted).toBeGreaterThan(0);
    expect(report.uncounted).toBeGreaterThan(0);
    expect(report.promisesBroken).toBeGreaterThan(0);
    expect(report.actionsPerformed).toBeGreaterThan(0);
  }, 240_000);
});
