import { describe, expect, it } from "@jest/globals";
import type { Reply } from "../../../src/basics/activity.ts";
import { channelBreaches } from "../../../src/workbench/conversation-tests/channel-limits.ts";

const channels = ["webchat", "messenger", "sms", "telegram"];
const choices = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    title: `Choice ${String(n)}`,
    payload: `intent:c${String(n)}`,
  }));

describe("a reply on the channels", () => {
  it.each(channels)(
    "fits on %s when it is short, and when it is long: the channel splits or shortens it",
    (channel) => {
      expect(channelBreaches(channel, { text: "₱85 in Metro Manila.", quickReplies: choices(3) })).toEqual(
        [],
      );
      expect(channelBreaches(channel, { text: "One sentence of many. ".repeat(500) })).toEqual([]);
    },
  );

  it("with more choices than Messenger shows does not fit there", () => {
    const reply: Reply = { text: "Which one?", quickReplies: choices(15) };
    expect(channelBreaches("messenger", reply)).toEqual(["2 choices that nobody sees"]);
    expect(channelBreaches("telegram", reply)).toEqual([]);
  });

  it.each(channels)("that says nothing fits nowhere, %s included", (channel) => {
    expect(channelBreaches(channel, { text: "" })).toHaveLength(1);
  });

  it("whose only file no provider could fetch does not fit where files are fetched", () => {
    const reply: Reply = {
      text: "",
      attachments: [{ contentType: "image/png", contentUrl: "http://intranet/a.png" }],
    };
    expect(channelBreaches("messenger", reply)).toEqual(["a message that cannot be sent"]);
    expect(channelBreaches("telegram", reply)).toEqual(["a message that cannot be sent"]);
  });
});
