import { describe, expect, it } from "@jest/globals";
import { LiveLines } from "../../../src/channels/webchat/live-lines.ts";

const line = (seq: number) => ({ id: `line-${String(seq)}`, seq, body: { text: `text ${String(seq)}` } });

/** Everything that was announced up to now has been told. */
const told = () => new Promise<void>((resolve) => setImmediate(resolve));

function listening() {
  const live = new LiveLines();
  const frames: unknown[] = [];
  const stop = live.subscribe("row", {
    onRun: (run) => void frames.push(JSON.parse(run.frame("talk", "http://shop.test"))),
    onLonger: (seq) => void frames.push(seq),
    onPassing: () => undefined,
    onGone: () => undefined,
  });
  return { live, frames, stop };
}

const frameOf = (...seqs: readonly number[]) => ({
  activities: seqs.map((seq) => ({ id: `talk|line-${String(seq)}`, text: `text ${String(seq)}` })),
  watermark: String(seqs.at(-1)),
});

describe("new lines of a conversation", () => {
  it("made durable together are one frame in their order, whichever was announced first", async () => {
    const { live, frames } = listening();
    live.announce("row", line(2));
    await Promise.resolve();
    live.announce("row", line(1));
    await told();
    expect(frames).toEqual([frameOf(1, 2)]);
  });

  it("with a line missing between them are a frame each", async () => {
    const { live, frames } = listening();
    for (const seq of [5, 1, 2]) live.announce("row", line(seq));
    await told();
    expect(frames).toEqual([frameOf(1, 2), frameOf(5)]);
  });

  it("of later commits are later frames", async () => {
    const { live, frames } = listening();
    live.announce("row", line(1));
    await told();
    live.announce("row", line(2));
    await told();
    expect(frames).toEqual([frameOf(1), frameOf(2)]);
  });

  it("that another process wrote are told by their position", () => {
    const { live, frames } = listening();
    live.longer("row", 7);
    live.longer("another row", 9);
    live.missed();
    expect(frames).toEqual([7, Infinity]);
  });

  it("are told to other processes, whether or not anybody listens here", () => {
    const toldOthers: unknown[] = [];
    const live = new LiveLines({ tellLines: (...news) => void toldOthers.push(news) });
    live.announce("row", line(3));
    expect(toldOthers).toEqual([["row", 3]]);
  });

  it("are not told to one who stopped listening", async () => {
    const { live, frames, stop } = listening();
    live.announce("row", line(1));
    stop();
    await told();
    expect(frames).toEqual([]);
  });
});
