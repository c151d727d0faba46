import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseUpdate } from "../../../src/channels/telegram/parse.ts";

const ana = { id: 5_004_123_456, is_bot: false, first_name: "Ana", language_code: "fil" };
const chat = { id: ana.id, first_name: "Ana", type: "private" };
const noon = Date.UTC(2026, 10, 23, 4);
const message = (content: object) => ({
  update_id: 7,
  message: { message_id: 41, from: ana, chat, date: noon / 1_000, ...content },
});
const parse = (json: unknown) => parseUpdate(json, noon + 5, "discovery.greeting");

describe("what a customer does on Telegram", () => {
  it("is a message when they write", () => {
    expect(parse(message({ text: "san na order ko" }))).toEqual({
      type: "activity",
      chat: "5004123456",
      contact: "telegram:5004123456",
      externalId: "7.41",
      activity: { type: "message", text: "san na order ko", sentAt: noon, sequence: 41, locale: "fil" },
    });
  });

  it("is a message with the largest size of the photograph, and its caption", () => {
    const photo = [{ file_id: "small" }, { file_id: "large" }];
    expect(parse(message({ photo, caption: "basag po" }))).toMatchObject({
      activity: {
        text: "basag po",
        attachments: [{ contentType: "image/jpeg", content: { telegramFileId: "large" } }],
      },
    });
  });

  it.each([
    ["a voice note", { voice: { file_id: "v", mime_type: "audio/ogg" } }, "audio/ogg"],
    ["a sticker", { sticker: { file_id: "s", emoji: "👍" } }, "application/vnd.kumusta.sticker+json"],
    ["a place", { location: { latitude: 14.6, longitude: 121 } }, "application/geo+json"],
    ["a document", { document: { file_id: "d", mime_type: "application/pdf" } }, "application/pdf"],
  ])("is a message without words that holds %s", (_what, content, contentType) => {
    expect(parse(message(content))).toMatchObject({ activity: { text: "", attachments: [{ contentType }] } });
  });

  it("is a wish to be greeted when they press Start, from where the link hung", () => {
    const greeting = { type: "choice", text: "/start", payload: "intent:discovery.greeting" };
    expect(parse(message({ text: "/start" }))).toMatchObject({ activity: greeting });
    expect(parse(message({ text: "/start poster-12" }))).toMatchObject({
      activity: { ...greeting, source: { campaign: "poster-12" } },
    });
    expect(parseUpdate(message({ text: "/start" }), noon, undefined)).toMatchObject({
      activity: { type: "event", name: "conversation.started" },
    });
  });

  it("is a choice when they tap one of our buttons, by the words that stand on it", () => {
    const tap = {
      id: "99",
      from: ana,
      data: "p:intent:delivery.shipping-fee",
      message: {
        message_id: 40,
        chat,
        reply_markup: {
          inline_keyboard: [[{ text: "Shipping fee", callback_data: "p:intent:delivery.shipping-fee" }]],
        },
      },
    };
    expect(parse({ update_id: 8, callback_query: tap })).toEqual({
      type: "activity",
      chat: "5004123456",
      contact: "telegram:5004123456",
      externalId: "8.99",
      callback: "99",
      activity: {
        type: "choice",
        text: "Shipping fee",
        payload: "intent:delivery.shipping-fee",
        sentAt: noon + 5,
        locale: "fil",
      },
    });
  });

  it("is that they cannot be reached any more when they block the bot", () => {
    const change = { date: noon / 1_000, chat, new_chat_member: { status: "kicked" } };
    expect(parse({ update_id: 9, my_chat_member: change })).toMatchObject({
      activity: { type: "event", name: "contact.unreachable" },
    });
  });

  it("is not ours in a group, unless the bot is called or invited", () => {
    const group = { id: -1_001, type: "supergroup" };
    const said = (text: string) =>
      parse({ update_id: 1, message: { message_id: 1, from: ana, chat: group, date: 1, text } });
    expect(said("hello all")).toEqual({ type: "ignored", what: "group" });
    expect(said("@tindahan_bot magkano")).toEqual({ type: "group", chat: "-1001" });
    const invited = { date: 1, chat: group, new_chat_member: { status: "member" } };
    expect(parse({ update_id: 2, my_chat_member: invited })).toEqual({ type: "group", chat: "-1001" });
  });

  it("is let go when it means nothing to us: an edit, another bot, a kind of update not yet invented", () => {
    expect(parse({ update_id: 1, edited_message: { chat } })).toEqual({ type: "ignored", what: "edit" });
    expect(parse(message({ from: { ...ana, is_bot: true }, text: "hi" }))).toEqual({
      type: "ignored",
      what: "bot",
    });
    expect(parse({ update_id: 1, story_reaction: {} })).toEqual({ type: "ignored", what: "unknown" });
  });

  it("never throws, whatever arrives", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (content) => {
        parse(content);
        parse({ update_id: 1, message: content });
        parse(message({ text: content, photo: content }));
        parse({ update_id: 1, callback_query: content, my_chat_member: content });
      }),
      { numRuns: 2_000 },
    );
  });
});
