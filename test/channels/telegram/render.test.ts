import { describe, expect, it } from "@jest/globals";
import { dataOf, tapOf } from "../../../src/channels/telegram/button-data.ts";
import { endOf } from "../../../src/channels/telegram/deliver.ts";
import type { Reply } from "../../../src/basics/activity.ts";
import { callOf, partsOf } from "../../../src/channels/telegram/render.ts";

const renderReply = (reply: Reply, chat: string, publicUrl: string | undefined) =>
  partsOf(reply).map((part) =>
    callOf(part, chat, { publicUrl, continueAt: () => publicUrl && `${publicUrl}/c/token` }),
  );

describe("a reply on Telegram", () => {
  it("that leads to the web chat has a button for it under its last words", () => {
    const sent = renderReply(
      { text: "a ".repeat(3_000).trim(), opensWeb: "Open web chat" },
      "12",
      "https://shop.example",
    );
    expect(sent.map((call) => call?.payload["reply_markup"])).toEqual([
      undefined,
      { inline_keyboard: [[{ text: "Open web chat", url: "https://shop.example/c/token" }]] },
    ]);
  });

  it("is plain text with its buttons below, one a row", () => {
    const quickReplies = [
      { title: "Shipping fee", payload: "intent:delivery.shipping-fee" },
      { title: "Talk to a person", payload: "command:person" },
    ];
    expect(renderReply({ text: "Nasa Cebu na po *ito*.", quickReplies }, "12", undefined)).toEqual([
      {
        method: "sendMessage",
        payload: {
          chat_id: "12",
          text: "Nasa Cebu na po *ito*.",
          link_preview_options: { is_disabled: true },
          reply_markup: {
            inline_keyboard: [
              [{ text: "Shipping fee", callback_data: "p:intent:delivery.shipping-fee" }],
              [{ text: "Talk to a person", callback_data: "p:command:person" }],
            ],
          },
        },
      },
    ]);
  });

  it("goes in parts of at most 4,096 characters, buttons under the last", () => {
    const calls = renderReply(
      { text: "Isang pangungusap po ito. ".repeat(300), quickReplies: [{ title: "Ok", payload: "x" }] },
      "12",
      undefined,
    );
    expect(calls.length).toBe(2);
    expect(calls.map((call) => "reply_markup" in (call?.payload ?? {}))).toEqual([false, true]);
    for (const call of calls) expect(JSON.stringify(call?.payload["text"]).length).toBeLessThanOrEqual(4_098);
  });

  it("brings pictures that Telegram can fetch, and leaves out those that it cannot", () => {
    const attachments = [{ contentType: "image/png", contentUrl: "/images/sizes.png" }];
    const methods = (publicUrl?: string) =>
      renderReply({ text: "Here.", attachments }, "12", publicUrl).map((call) => [
        call?.method,
        call?.payload["photo"],
      ]);
    expect(methods("https://chat.shop.example")).toEqual([
      ["sendPhoto", "https://chat.shop.example/images/sizes.png"],
      ["sendMessage", undefined],
    ]);
    expect(methods()).toEqual([
      [undefined, undefined],
      ["sendMessage", undefined],
    ]);
  });
});

describe("a button", () => {
  it("comes back as what it meant", () => {
    const data = dataOf({ title: "Refund", payload: "intent:payment.refund-status" });
    expect(tapOf(data, "Refund")).toEqual({
      type: "choice",
      text: "Refund",
      payload: "intent:payment.refund-status",
    });
  });

  it("whose meaning is longer than 64 bytes comes back as its words", () => {
    const data = dataOf({ title: "Palitan ang ₱1,500 ñ", payload: `intent:${"x".repeat(60)}` });
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    expect(tapOf(data, "")).toEqual({ type: "message", text: "Palitan ang ₱1,500 ñ" });
  });
});

describe("an answer of Telegram", () => {
  const refused = (code: number, description = "", retryAfter?: number) =>
    endOf({ type: "refused", code, description, retryAfter });

  it("says that the reply was sent, and by what number", () => {
    expect(endOf({ type: "done", result: { message_id: 5 } })).toEqual({
      delivery: { status: "delivered", providerId: "5" },
    });
  });

  it("says how long to wait", () => {
    expect(refused(429, "Too Many Requests", 7).delivery).toMatchObject({ status: "retry", afterMs: 7_000 });
    expect(endOf({ type: "unsent", reason: "ECONNREFUSED" }).delivery.status).toBe("retry");
  });

  it("says that the customer is gone, that the token is revoked, or that we erred: never sent again as it is", () => {
    expect(refused(403, "Forbidden: bot was blocked by the user")).toMatchObject({
      delivery: { status: "refused" },
      unreachable: true,
    });
    expect(refused(400, "Bad Request: chat not found")).toMatchObject({ unreachable: true });
    expect(refused(400, "Bad Request: message is too long")).toEqual({
      delivery: { status: "refused", reason: "Telegram 400: Bad Request: message is too long" },
    });
    expect(refused(401)).toMatchObject({ revoked: true, delivery: { status: "retry" } });
  });

  it.each([500, 502, 503, 504])(
    "that is %d leaves open whether the customer has it: a gateway may have written it",
    (code) => {
      expect(refused(code).delivery.status).toBe("ambiguous");
    },
  );

  it("that never came leaves open whether the customer has it", () => {
    expect(endOf({ type: "unclear", reason: "timeout" }).delivery.status).toBe("ambiguous");
  });
});
