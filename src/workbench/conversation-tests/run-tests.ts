import { systemClock } from "../../basics/time.ts";
import type { TurnMiddleware } from "../../turn/host.ts";
import type { ContentAndModel } from "../../turn/run-turn.ts";
import { RehearsalClock } from "../rehearsal/rehearsal-clock.ts";
import { Sleepers } from "../rehearsal/sleepers.ts";
import { Rehearsal } from "../rehearsal/rehearsal.ts";
import { CoverageLog, type Coverage } from "./coverage.ts";
import { FakeActions } from "./fake-actions.ts";
import { playTest, type PlayedStep } from "./play-test.ts";
import type { PlacedTest } from "./test-files.ts";
import type { ConversationTest } from "./test-schema.ts";

export interface TestResult {
  readonly placed: PlacedTest;
  readonly played: readonly PlayedStep[];
  readonly passed: boolean;
}

export interface TestRun {
  readonly results: readonly TestResult[];
  readonly coverage: Coverage;
  readonly turns: number;
  /** Opening the rehearsal included, training not. */
  readonly seconds: number;
}

export interface RunOptions {
  readonly pair: ContentAndModel;
  readonly middleware?: readonly TurnMiddleware[];
  /** Where tests are played that name no channel; web chat unless told otherwise. */
  readonly channel?: ConversationTest["channel"] | undefined;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

/** Plays tests one after the other on one engine: each has a conversation and a clock of its own. */
export async function runTests(tests: readonly PlacedTest[], options: RunOptions): Promise<TestRun> {
  const { pair, middleware, channel, onProgress } = options;
  const begun = systemClock.elapsed();
  const clock = new RehearsalClock(0, { runs: false });
  const log = new CoverageLog(pair.content);
  const sleepers = new Sleepers(clock);
  const actions = new FakeActions(pair.content, clock, sleepers);
  const rehearsal = await Rehearsal.open({
    pair,
    clock,
    sleepers,
    actions,
    ...(middleware === undefined ? {} : { middleware }),
  });
  try {
    const results: TestResult[] = [];
    let turns = 0;
    for (const placed of tests) {
      const stage = {
        content: pair.content,
        rehearsal,
        clock,
        actions,
        channel,
      };
      const played = await playTest(stage, `${placed.file}#${placed.test.name}`, placed.test);
      for (const { happened } of played) {
        log.note(happened);
        turns += happened.turns.length;
      }
      results.push({ placed, played, passed: played.every(({ misses }) => misses.length === 0) });
      onProgress?.(results.length, tests.length, placed.file);
    }
    return { results, coverage: log.report(), turns, seconds: (systemClock.elapsed() - begun) / 1_000 };
  } finally {
    await rehearsal.close();
  }
}
