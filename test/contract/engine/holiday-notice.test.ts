import { afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { holidayNotice } from "../../../src/additions/holiday-notice.ts";
import type { ContentAndModel } from "../../../src/turn/run-turn.ts";
import { EmulatedChannel } from "./emulated-channel.ts";
import { RunningEngine, sampleShop, SetClock } from "./running-engine.ts";

/* The middleware that docs/middleware.md shows, as it stands there. */

const christmas = holidayNotice({
  from: Date.parse("2026-12-24T00:00+08:00"),
  until: Date.parse("2026-12-27T00:00+08:00"),
  notice: "Our warehouse is closed until December 26.",
});

let pair: ContentAndModel;
let clock: SetClock;
let channel: EmulatedChannel;
let running: RunningEngine;

beforeAll(async () => {
  pair = await sampleShop();
});
beforeEach(async () => {
  clock = new SetClock();
  channel = new EmulatedChannel();
  running = await RunningEngine.start({ pair, channel, clock, middleware: [christmas] });
});
afterEach(async () => {
  await running.end();
});

async function answerAt(time: string): Promise<string | undefined> {
  clock.at = Date.parse(time);
  const customer = await running.customer();
  await running.say(customer, "how much is shipping");
  await running.untilQuiet();
  return channel.texts.at(-1);
}

describe("a holiday notice", () => {
  it("ends each answer while the holiday lasts, in the same reply", async () => {
    const answer = await answerAt("2026-12-25T09:00+08:00");
    expect(answer).toMatch(/^Shipping is [^]*₱85[^]*\n\nOur warehouse is closed until December 26\.$/u);
    expect(channel.received).toHaveLength(1);
  });

  it("is gone when the holiday is over", async () => {
    expect(await answerAt("2026-12-27T00:00+08:00")).not.toContain("warehouse is closed");
  });

  it("stands in the turn's record as it was sent", async () => {
    const answer = await answerAt("2026-12-25T09:00+08:00");
    const { record } = await running.store.db.selectFrom("turns").select("record").executeTakeFirstOrThrow();
    expect(JSON.parse(record)).toMatchObject({ replies: [{ text: answer }] });
  });
});
