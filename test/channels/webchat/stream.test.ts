import { describe, expect, it } from "@jest/globals";
import type { ClientSocket } from "../../../src/channels/http-port.ts";
import { LiveLines } from "../../../src/channels/webchat/live-lines.ts";
import { Stream } from "../../../src/channels/webchat/stream.ts";
import type { TranscriptLine } from "../../../src/turn/ports.ts";
import { waitUntil } from "../../wait-until.ts";

const line = (seq: number): TranscriptLine => ({
  id: `line-${String(seq)}`,
  seq,
  body: { type: "message", text: `text ${String(seq)}` },
});

/** A client whose network takes each frame when it is told to, and the history behind its stream. */
function opened() {
  const history: TranscriptLine[] = [];
  const frames: string[] = [];
  const written: (() => void)[] = [];
  const socket: ClientSocket = {
    waitingBytes: 0,
    send: (text, onWritten) => {
      frames.push(text);
      if (onWritten !== undefined) written.push(onWritten);
    },
    close: () => undefined,
    onMessage: () => undefined,
    onClose: () => undefined,
  };
  const live = new LiveLines();
  new Stream({
    socket,
    live,
    store: {
      lastSeq: () => Promise.resolve(history.length),
      linesAfter: (_row, seq, limit) =>
        Promise.resolve(history.filter((one) => one.seq > seq).slice(0, limit)),
    },
    conversation: { rowId: "row", id: "talk", contact: "webchat:ana" },
    base: "http://shop.test",
    after: undefined,
    onCaughtUp: () => undefined,
    onFault: (thrown) => {
      throw thrown;
    },
  });
  const shown = () => [...frames.join("").matchAll(/text \d+/gu)].map(([text]) => text);
  return { history, frames, written, live, shown };
}

describe("a line that comes while the network takes the first frame, which is empty", () => {
  it.each([
    ["of this process", (live: LiveLines) => live.announce("row", line(1))],
    ["of another process", (live: LiveLines) => live.longer("row", 1)],
    ["that only may have come", (live: LiveLines) => live.missed()],
  ])("%s is shown", async (_, tell) => {
    const { history, frames, written, live, shown } = opened();
    await waitUntil("the first frame is on its way", () => frames.length === 1);
    expect(shown()).toEqual([]);
    history.push(line(1));
    tell(live);
    // What was announced is told.
    await new Promise<void>((resolve) => setImmediate(resolve));
    written.shift()?.();
    await waitUntil("the line is shown", () => shown().length > 0);
    expect(shown()).toEqual(["text 1"]);
  });
});
