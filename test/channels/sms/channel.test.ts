import { describe, expect, it } from "@jest/globals";
import { createSms } from "../../../src/channels/sms/create-sms.ts";
import type { OutgoingText, SmsGateway } from "../../../src/channels/sms/gateway.ts";
import { newConversation, type ConversationState } from "../../../src/conversation/state.ts";
import type { Inlet } from "../../../src/turn/inlet.ts";
import type { OutgoingReply } from "../../../src/turn/ports.ts";

const night = Date.parse("2026-11-22T15:00:00Z"); // 23:00 in Manila
const day = Date.parse("2026-11-22T04:00:00Z");
const minuteMs = 60_000;

/** The channel with a gateway that takes everything, on an inlet that nothing comes through. */
function makeChannel(quietHours: { from: number; to: number } | undefined) {
  const sent: OutgoingText[] = [];
  const gateway: SmsGateway = {
    send: (text) => {
      sent.push(text);
      return Promise.resolve({ delivery: { status: "delivered", providerId: "1" } });
    },
    close: () => Promise.resolve(),
  };
  const never = () => Promise.reject(new Error("nothing comes in here"));
  const inlet: Inlet = {
    open: never,
    accept: never,
    receipt: never,
    typing: () => undefined,
    lookedOn: () => undefined,
  };
  const { channel, routes } = createSms({
    inlet,
    gateway,
    clock: { now: () => night, elapsed: () => 0 },
    observer: { ignored: () => undefined, health: () => undefined, fault: () => undefined },
    continueToken: () => "token",
    timeZone: () => "Asia/Manila",
    settings: {
      ...{ accountSid: "AC0", authToken: "t", from: "+639170000001", apiUrl: "http://127.0.0.1:1" },
      ...{ publicUrl: "https://chat.shop.example", mostParts: 3, quietHours },
    },
  });
  return { channel, routes, sent };
}

function outgoing(state: Partial<ConversationState>, more: Partial<OutgoingReply> = {}): OutgoingReply {
  return {
    outboxId: "t.0",
    conversation: {
      id: "c",
      address: { channel: "sms", account: "+639170000001", conversation: "+639171234567" },
      contact: "sms:+639171234567",
      contactId: "a-customer",
      vault: {},
      version: 1,
      state: { ...newConversation, ...state },
      lastHandledSentAt: 0,
    },
    reply: { text: "Naantala po ang sagot namin." },
    replyTo: null,
    at: night,
    ...more,
  };
}

const hours = { from: 21 * 60, to: 8 * 60 };

describe("at night", () => {
  it("what the bot begins by itself waits", async () => {
    const { channel, sent } = makeChannel(hours);
    const delivery = await channel.deliver(
      outgoing({ lastInboundAt: night - 120 * minuteMs }, { unpromptedSince: night }),
    );
    expect([delivery, sent]).toEqual([{ status: "retry", afterMs: 300_000, reason: "quiet hours" }, []]);
  });

  it.each([
    ["an answer to what was asked", {}, {}],
    [
      "news to one who wrote ten minutes ago",
      { lastInboundAt: night - 10 * minuteMs },
      { unpromptedSince: night },
    ],
    [
      "news to one who has written since",
      { lastInboundAt: night },
      { unpromptedSince: night - 60 * minuteMs },
    ],
    ["news by day", {}, { unpromptedSince: day, at: day }],
  ])("%s leaves at once", async (_what, state, more) => {
    const { channel, sent } = makeChannel(hours);
    expect(await channel.deliver(outgoing(state, more))).toMatchObject({ status: "delivered" });
    expect(sent).toMatchObject([{ to: "+639171234567", account: "+639170000001", outboxId: "t.0" }]);
  });

  it("without quiet hours everything leaves", async () => {
    const { channel } = makeChannel(undefined);
    expect(await channel.deliver(outgoing({}, { unpromptedSince: night }))).toMatchObject({
      status: "delivered",
    });
  });
});

describe("a request without a signature", () => {
  it("is refused by its headers: not a byte of its body is read", () => {
    const { routes } = makeChannel(undefined);
    const request = (headers: Readonly<Record<string, string>>) => ({
      ...{ id: "r", method: "POST", path: "/", params: {}, query: new URLSearchParams(), rawQuery: "" },
      ...{ headers, remoteAddress: "127.0.0.1" },
    });
    expect(routes).toHaveLength(2);
    for (const { admit } of routes) {
      expect(() => admit?.(request({}))).toThrow(expect.objectContaining({ code: "signature.invalid" }));
      expect(() => admit?.(request({ "x-twilio-signature": "c2lnbmVk" }))).not.toThrow();
    }
  });
});

describe("to one who opted out", () => {
  it("nothing may leave but what the law wants said", () => {
    const { channel } = makeChannel(hours);
    expect(channel.forbids?.(outgoing({ optedOut: true }))).toBe("the contact opted out of texts");
    const lawful = { reply: { text: "No more texts.", script: "shared.optedOut" } };
    expect(channel.forbids?.(outgoing({ optedOut: true }, lawful))).toBeUndefined();
    expect(channel.forbids?.(outgoing({}))).toBeUndefined();
  });
});
