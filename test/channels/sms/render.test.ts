import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { smsParts } from "../../../src/basics/sms-parts.ts";
import { gsmText } from "../../../src/channels/sms/gsm-text.ts";
import { renderText, type TextRoom } from "../../../src/channels/sms/render.ts";

const link = "https://chat.shop.example/c/AZqx0000000000000000000000000000000000000000000_";
const room: TextRoom = { mostParts: 3, publicUrl: "https://chat.shop.example", continueAt: () => link };

describe("a text rewritten for GSM-7", () => {
  it.each([
    ["₱85 po – “libre” kung lampas ₱1,000…", 'P85 po - "libre" kung lampas P1,000...'],
    ["It’s on its way — 2\u00a0days", "It's on its way - 2 days"],
    ["Parañaque, ₱150 × 2 → ₱300", "Parañaque, P150 x 2 -> P300"],
    ["Mga\u200b item\r\n• isa", "Mga item\n- isa"],
  ])("%s", (written, sent) => {
    expect(gsmText(written)).toBe(sent);
    expect(smsParts(sent).encoding).toBe("GSM-7");
  });

  it("stays as written where an emoji or an accent needs UCS-2 anyway", () => {
    expect(gsmText("₱85 – “libre” 😀")).toBe("₱85 – “libre” 😀");
    expect(gsmText("Salamat, José á la ₱5")).toBe("Salamat, José á la ₱5");
  });

  it("never changes what it rewrote", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        expect(gsmText(gsmText(text))).toBe(gsmText(text));
      }),
    );
  });
});

describe("a reply as a text", () => {
  it("is its short form where it has one", () => {
    expect(renderText({ text: "The long one.", short: "Short ₱1." }, room)).toBe("Short P1.");
  });

  it("that leads to the web chat ends with the link", () => {
    expect(
      renderText({ text: "Tap the button.", short: "Go on here:", opensWeb: "Open web chat" }, room),
    ).toBe(`Go on here:\n${link}`);
  });

  it("lists its choices by number", () => {
    const quickReplies = [
      { title: "Where is my order", payload: "intent:delivery.order-status" },
      { title: "Talk to a person", payload: "command:person" },
    ];
    expect(renderText({ text: "Did you mean one of these?", quickReplies }, room)).toBe(
      "Did you mean one of these?\n1. Where is my order\n2. Talk to a person",
    );
  });

  it("says where our pages and files are in full", () => {
    const attachments = [{ contentType: "image/png", contentUrl: "/files/size-chart.png" }];
    expect(renderText({ text: "Privacy notice: /privacy and/or ask", attachments }, room)).toBe(
      "Privacy notice: https://chat.shop.example/privacy and/or ask\nFile: https://chat.shop.example/files/size-chart.png",
    );
  });

  it("too long ends with a whole sentence and a link to the rest, choices kept", () => {
    const text = "Ito po ang isang pangungusap na may sapat na haba para sa text. ".repeat(20);
    const quickReplies = [{ title: "Kausapin ang tao", payload: "command:person" }];
    const sent = renderText({ text, quickReplies, language: "fil" }, room);
    expect(sent).toMatch(/sapat na haba para sa text\.\n1\. Kausapin ang tao\nBuong sagot: https:\/\/\S+$/u);
    expect(smsParts(sent).parts).toBe(3);
  });

  it("takes as many parts as the operator allows", () => {
    const text = "One sentence of some length stands here for the test. ".repeat(40);
    for (const mostParts of [1, 2, 3, 5])
      expect(smsParts(renderText({ text }, { ...room, mostParts })).parts).toBe(mostParts);
  });

  it("never exceeds its parts or 1,600 characters, whatever it says", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 900 }),
        fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), { maxLength: 13 }),
        fc.integer({ min: 2, max: 10 }),
        (text, titles, mostParts) => {
          const quickReplies = titles.map((title) => ({ title, payload: `intent:${title}` }));
          const sent = renderText({ text, quickReplies }, { ...room, mostParts });
          expect(smsParts(sent).parts).toBeLessThanOrEqual(mostParts);
          expect(sent.length).toBeLessThanOrEqual(1_600);
        },
      ),
      { numRuns: 300 },
    );
  });
});
