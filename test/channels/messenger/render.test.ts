import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Reply } from "../../../src/basics/activity.ts";
import { messageOf, partsOf } from "../../../src/channels/messenger/render.ts";
import { sendCall } from "../../emulators/messenger/send-rules.ts";

const publicUrl = "https://chat.shop.example";
const messages = (reply: Reply) =>
  partsOf(reply).map((part) => messageOf(part, { publicUrl, continueAt: () => `${publicUrl}/c/token` }));

describe("a reply on Messenger", () => {
  it("is one text with its choices as quick replies", () => {
    const reply = {
      text: "Alin po?",
      quickReplies: [{ title: "Payment", payload: "intent:payment.methods" }],
    };
    expect(messages(reply)).toEqual([
      {
        text: "Alin po?",
        quick_replies: [{ content_type: "text", title: "Payment", payload: "intent:payment.methods" }],
      },
    ]);
  });

  it("that leads to the web chat has a button for it, the words before it in texts of their own where they are many", () => {
    const opensWeb = "Buksan ang web chat";
    const button = { type: "web_url", title: opensWeb, url: `${publicUrl}/c/token` };
    expect(messages({ text: "Sige po.", opensWeb })).toEqual([
      {
        attachment: {
          type: "template",
          payload: { template_type: "button", text: "Sige po.", buttons: [button] },
        },
      },
    ]);
    const sent = messages({ text: "Ito po ang sagot namin. ".repeat(50).trim(), opensWeb });
    expect(sent.map((message) => Object.keys(message ?? {}))).toEqual([["text"], ["attachment"]]);
    for (const message of sent)
      expect(
        sendCall.safeParse({
          ...{ recipient: { id: "1" }, messaging_type: "RESPONSE" },
          message: { ...message, metadata: "id" },
        }).error,
      ).toBeUndefined();
    const withoutAddress = messageOf(
      { text: "Sige po.", opensWeb },
      { publicUrl: undefined, continueAt: () => undefined },
    );
    expect(withoutAddress).toEqual({ text: "Sige po." });
  });

  it("longer than 2,000 characters leaves as several, cut between sentences, choices on the last", () => {
    const text = "Ito po ang sagot namin. ".repeat(200).trim();
    const parts = partsOf({ text, quickReplies: [{ title: "OK", payload: "x" }] });
    expect(parts.length).toBe(3);
    expect(parts.every((part) => part.text.length <= 2_000 && part.text.endsWith("."))).toBe(true);
    expect(parts.map((part) => part.part)).toEqual([
      { n: 1, of: 3 },
      { n: 2, of: 3 },
      { n: 3, of: 3 },
    ]);
    expect(parts.map((part) => part.quickReplies?.length)).toEqual([undefined, undefined, 1]);
    expect(parts.map((part) => part.text).join(" ")).toBe(text);
  });

  it("shows titles too long for a button in full, numbered, above the buttons", () => {
    const title = "Gusto ko pong magbalik ng item";
    const [message] = messages({
      text: "Alin po?",
      quickReplies: [
        { title, payload: "a" },
        { title: "Bayad", payload: "b" },
      ],
    });
    expect(message?.text).toBe(`Alin po?\n\n1. ${title}\n2. Bayad`);
    expect(message?.quick_replies?.map((choice) => choice.title)).toEqual(["1. Gusto ko pong…", "2. Bayad"]);
  });

  it("sends pictures before the question that they belong to, our own files under our address", () => {
    const reply = {
      text: "Ito po ba?",
      attachments: [
        { contentType: "image/png", contentUrl: "/sizes.png" },
        { contentType: "application/pdf", contentUrl: "https://shop.example/a.pdf" },
      ],
      quickReplies: [{ title: "Oo", payload: "y" }],
    };
    expect(messages(reply)).toMatchObject([
      { attachment: { type: "image", payload: { url: `${publicUrl}/sizes.png` } } },
      { attachment: { type: "file", payload: { url: "https://shop.example/a.pdf" } } },
      { text: "Ito po ba?", quick_replies: [{}] },
    ]);
  });

  it("shows cards as a generic template, words with buttons as a button template", () => {
    const hero = (content: object) => ({
      contentType: "application/vnd.microsoft.card.hero",
      content: { ...content },
    });
    const button = { type: "postBack", title: "Bilhin", value: "buy" };
    const cards = [
      hero({ title: "Tsinelas", subtitle: "₱199", buttons: [button] }),
      hero({ title: "Bag", text: "₱499" }),
    ];
    expect(messages({ text: "", attachments: cards })).toMatchObject([
      {
        attachment: {
          payload: { template_type: "generic", elements: [{ title: "Tsinelas" }, { title: "Bag" }] },
        },
      },
    ]);
    expect(
      messages({ text: "", attachments: [hero({ text: "Sigurado po?", buttons: [button] })] }),
    ).toMatchObject([{ attachment: { payload: { template_type: "button", text: "Sigurado po?" } } }]);
  });

  it("never breaks a rule of the Send API, whatever it holds", () => {
    const word = fc.string({ unit: "grapheme", maxLength: 60 });
    const reply = fc.record({
      text: fc.oneof(word, fc.string({ minLength: 1_990, maxLength: 6_500 })),
      quickReplies: fc.array(
        fc.record({ title: word, payload: fc.string({ minLength: 1, maxLength: 1_010 }) }),
        { maxLength: 16 },
      ),
    });
    fc.assert(
      fc.property(reply, (given) => {
        for (const message of messages(given)) {
          if (message === undefined) continue;
          const call = {
            recipient: { id: "1" },
            messaging_type: "RESPONSE",
            message: { ...message, metadata: "id" },
          };
          expect(sendCall.safeParse(call).error?.issues ?? []).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
