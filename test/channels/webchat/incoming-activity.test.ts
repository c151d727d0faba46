import { describe, expect, it } from "@jest/globals";
import { KumustaError } from "../../../src/basics/errors.ts";
import type { Json } from "../../../src/basics/activity.ts";
import { readActivity, type IncomingActivity } from "../../../src/channels/webchat/incoming-activity.ts";

const now = Date.parse("2026-11-22T10:00:00.000Z");
const sender = { conversation: "c-1", user: "dl_ana", name: "Ana" };

type Taken = Extract<IncomingActivity, { kind: "activity" }>;

function taken(posted: Json): Taken {
  const incoming = readActivity(posted, sender, now);
  if (incoming.kind !== "activity") throw new TypeError("not an activity");
  return incoming;
}
const message = (more: Record<string, Json> = {}): Json => ({ type: "message", text: "hello", ...more });

describe("a posted event", () => {
  it("is taken under its own name", () => {
    expect(taken({ type: "event", name: "webchat/join" }).activity).toMatchObject({
      type: "event",
      name: "webchat/join",
    });
  });

  it.each(["conversation.continued", "conversation.moved", "contact.optedOut", "thread.taken"])(
    "that only the server may tell is refused: %s",
    (name) => {
      expect(() => taken({ type: "event", name, value: { open: {} } })).toThrow(KumustaError);
    },
  );
});

describe("a posted message", () => {
  it("comes back with the token's user, our time, and its channelData untouched", () => {
    const channelData = { clientActivityID: "a", nested: { list: [1, null, "x"] } };
    const { body, externalId } = taken(
      message({ from: { id: "somebody", name: "Somebody" }, timestamp: "2020-01-01T00:00:00Z", channelData }),
    );
    expect(externalId).toBe("a");
    expect(body).toEqual({
      type: "message",
      channelId: "directline",
      conversation: { id: "c-1" },
      from: { id: "dl_ana", name: "Ana", role: "user" },
      timestamp: "2026-11-22T10:00:00.000Z",
      textFormat: "plain",
      text: "hello",
      channelData,
    });
    expect(body["channelData"]).toBe(channelData);
  });

  it.each([
    ["2026-11-22T09:50:00.000Z", "2026-11-22T09:50:00.000Z"],
    ["2026-11-22T18:00:02.000+08:00", "2026-11-22T10:00:02.000Z"],
    ["2026-11-22T09:49:59.999Z", "2026-11-22T10:00:00.000Z"],
    ["2026-11-22T10:00:02.001Z", "2026-11-22T10:00:00.000Z"],
    ["tomorrow", "2026-11-22T10:00:00.000Z"],
  ])("that says it was written at %s counts as written at %s", (localTimestamp, sentAt) => {
    expect(taken(message({ localTimestamp })).activity.sentAt).toBe(Date.parse(sentAt));
  });

  it("keeps the sender's own order", () => {
    expect(taken(message({ channelData: { sequence: 7 } })).activity.sequence).toBe(7);
    expect(taken(message({ channelData: { "webchat:sequence-id": 8 } })).activity.sequence).toBe(8);
    expect(taken(message({ channelData: { sequence: "7" } })).activity).not.toHaveProperty("sequence");
  });

  it("tells the page it was written on, cut to a sane length, and survives nonsense there", () => {
    const source = { page: `/checkout\u0000${"x".repeat(600)}`, device: "mobile", referrer: 5, more: "x" };
    expect(taken(message({ channelData: { source } })).activity.source).toEqual({
      page: `/checkout${"x".repeat(491)}`,
      device: "mobile",
    });
    expect(taken(message({ channelData: { source: "x" } })).activity).not.toHaveProperty("source");
    // The token of a link from a text message opens a chat: the log has no use for it.
    const linked = taken(message({ channelData: { source: { page: "/c/AaICg_r8cUSIn-qyk" } } })).activity;
    expect(linked.source).toEqual({ page: "/c/#" });
  });

  it.each([
    ["fil-PH", "fil-PH"],
    ["en", "en"],
    ["<script>", undefined],
    ["", undefined],
  ])("in locale %j has locale %j", (locale, expected) => {
    expect(taken(message({ locale })).activity.locale).toBe(expected);
  });

  it.each([["timer:promise:1"], ["action:1"], ["x".repeat(121)], ["\u0000"], ["ñ"]])(
    "with the id %j gets a name that no column or name of ours collides with",
    (clientActivityID) => {
      const first = taken(message({ channelData: { clientActivityID } })).externalId;
      expect(first).toMatch(/^sha256:[\w-]{43}$/u);
      expect(taken(message({ channelData: { clientActivityID } })).externalId).toBe(first);
    },
  );

  it("without an id is never taken for another", () => {
    expect(taken(message()).externalId).not.toBe(taken(message()).externalId);
  });
});

describe("a tap", () => {
  it.each([
    [
      "words and a value",
      { text: "Payment", value: "intent:pay" },
      { text: "Payment", payload: "intent:pay" },
    ],
    ["a value alone", { text: "", value: "intent:pay" }, { text: "intent:pay", payload: "intent:pay" }],
    ["an object as value", { value: { a: 1 } }, { text: "hello", payload: '{"a":1}' }],
    [
      "words marked as postBack",
      { text: "intent:pay", channelData: { postBack: true } },
      { text: "intent:pay", payload: "intent:pay" },
    ],
  ])("may be %s", (_, posted, expected) => {
    expect(taken(message(posted)).activity).toMatchObject({ type: "choice", ...expected });
  });

  it.each([[{ value: 5 }], [{ value: null }], [{ value: "" }], [{ channelData: { postBack: false } }]])(
    "is not %j",
    (posted) => {
      expect(taken(message(posted)).activity.type).toBe("message");
    },
  );
});

describe("what happens without words", () => {
  it("is an event by its name or by its type", () => {
    expect(taken({ type: "event", name: "webchat/join", value: { a: 1 } }).activity).toMatchObject({
      type: "event",
      name: "webchat/join",
      value: { a: 1 },
    });
    expect(taken({ type: "conversationUpdate" }).activity).toMatchObject({
      type: "event",
      name: "conversationUpdate",
    });
  });

  it("is typing, of which nothing is kept", () => {
    expect(readActivity({ type: "typing", text: "half a word" }, sender, now)).toEqual({ kind: "typing" });
  });
});
