import { describe, expect, it } from "@jest/globals";
import { activityOf } from "../../../src/channels/sms/inbound-door.ts";
import { optWordIn } from "../../../src/channels/sms/opt-words.ts";
import { formParams, jsonParams } from "../../../src/channels/sms/params.ts";
import { parseInbound } from "../../../src/channels/sms/parse.ts";
import { pickedOffer } from "../../../src/channels/sms/picked-offer.ts";
import { parseStatus } from "../../../src/channels/sms/status.ts";
import { captured } from "./requests.ts";

const accountSid = "AC00000000000000000000000000000001";
const number = "+639170000001";
const service = "MG00000000000000000000000000000001";

const inbound = (name: string, from = number) =>
  parseInbound(formParams(captured(`${name}.form`)), accountSid, from);

describe("what a customer texts", () => {
  it("is read with its words, number and id", () => {
    expect(inbound("text")).toEqual({
      type: "text",
      account: number,
      from: "+639171234567",
      contact: "sms:+639171234567",
      messageSid: "SM00000000000000000000000000000001",
      text: "magkano po ang shipping sa Parañaque? 😀",
      attachments: [],
      handled: undefined,
    });
  });

  it("as JSON is read the same way", () => {
    expect(parseInbound(jsonParams(captured("text.json")), accountSid, number)).toMatchObject({
      type: "text",
      text: "Nasaan na po ang order ko?",
    });
  });

  it("to a number of our Messaging Service is the service's, else the number's: one thread either way", () => {
    expect(inbound("messaging-service", service)).toMatchObject({ account: service });
    expect(inbound("messaging-service", number)).toMatchObject({ account: number });
  });

  it("with pictures keeps where Twilio has them, and no address elsewhere", () => {
    expect(inbound("media")).toMatchObject({
      attachments: [
        {
          contentType: "image/jpeg",
          contentUrl: expect.stringMatching(/^https:\/\/api\.twilio\.com\/2010-04-01\/Accounts\/AC/u),
        },
        { contentType: "image/png" },
      ],
    });
    expect(JSON.stringify(inbound("media"))).not.toContain("evil");
  });

  it("from a short code or for another account is counted and let go", () => {
    expect(inbound("short-code")).toEqual({ type: "ignored", what: "noReplyPossible" });
    expect(parseInbound(formParams(captured("text.form")), "AC0", number)).toEqual({
      type: "ignored",
      what: "otherAccount",
    });
  });
});

describe("the words of the sender's law", () => {
  it.each([
    ...["STOP", "stopall", "Stop.", "UNSUBSCRIBE", "cancel", "END", "quit", "REVOKE", "OptOut", "opt-out"],
    ...[
      "Tigil",
      "tigil na po",
      "ayaw ko na",
      "AYOKO NA PO",
      "stop na",
      "don’t text me",
      "Wag na mag text please",
    ],
  ])("%s ends texts", (text) => {
    expect(optWordIn(text, false)).toBe("stop");
  });

  it.each(["START", "unstop", "Start po"])("%s begins them again", (text) => {
    expect(optWordIn(text, true)).toBe("start");
  });

  it("yes begins them again only for one who ended them", () => {
    expect([optWordIn("YES", true), optWordIn("YES", false)]).toEqual(["start", undefined]);
  });

  it.each(["HELP", "info", "Help po"])("%s asks who this is", (text) => {
    expect(optWordIn(text, false)).toBe("help");
  });

  it.each([
    "cancel my order",
    "paano mag-stop ng subscription",
    "don't stop the delivery",
    "end date?",
    "",
    "   ",
  ])("%p inside a sentence is an ordinary message", (text) => {
    expect(optWordIn(text, false)).toBeUndefined();
  });

  it("that Twilio answered itself are marked as confirmed", () => {
    const parsed = inbound("stop-handled", service);
    expect(parsed.type === "text" && activityOf(parsed, {}, 5)).toEqual({
      type: "event",
      name: "contact.optedOut",
      value: { confirmed: true, by: "provider" },
      sentAt: 5,
    });
  });
});

const choices = [
  { title: "Where is my order", payload: "intent:delivery.order-status" },
  { title: "Return an item", payload: "intent:returns.how-to-return" },
  { title: "Talk to a person", payload: "command:person" },
];

describe("a choice from the numbered list", () => {
  it.each([
    "2",
    "no. 2",
    "#2",
    "2.",
    "dalawa",
    "pangalawa po",
    "yung pangalawa",
    "Return an item",
    "return an item po",
  ])("is picked by %p", (text) => {
    expect(pickedOffer(text, choices)?.payload).toBe("intent:returns.how-to-return");
  });

  it("may be a command, last in the list", () => {
    expect(pickedOffer("3", choices)?.payload).toBe("command:person");
  });

  it.each(["4", "22", "2 days na po wala pa", "magkano po", ""])("is not picked by %p", (text) => {
    expect(pickedOffer(text, choices)).toBeUndefined();
  });

  it("that hands over is never taken by a bare yes", () => {
    expect(pickedOffer("yes", [choices[2] ?? { title: "", payload: "" }])).toBeUndefined();
    expect(pickedOffer("yes", [choices[0] ?? { title: "", payload: "" }])).toBe(choices[0]);
  });

  it("comes as the tap that it stands for; without a list the number is a message", () => {
    const text = { text: "2", attachments: [], handled: undefined };
    expect(activityOf(text, { choices }, 1)).toEqual({
      type: "choice",
      text: "2",
      payload: "intent:returns.how-to-return",
      sentAt: 1,
    });
    expect(activityOf(text, {}, 1)).toMatchObject({ type: "message" });
  });
});

describe("what Twilio tells of our texts", () => {
  const status = (name: string, query = "outbox=turn.0") =>
    parseStatus(formParams(captured(`${name}.form`)), new URLSearchParams(query), number, 9);

  it("is a receipt by our own id and by Twilio's", () => {
    expect(status("status-delivered")).toEqual({
      receipt: {
        channel: "sms",
        outboxId: "turn.0",
        providerId: "SM00000000000000000000000000000009",
        status: "delivered",
        at: 9,
      },
    });
    expect(status("status-delivered", "")?.receipt).not.toHaveProperty("outboxId");
  });

  it("names why a text failed, and what that says of the contact", () => {
    expect(status("status-undelivered")).toMatchObject({
      receipt: { status: "failed", reason: "Twilio undelivered code 30005" },
      contact: { news: "unreachable", account: number, to: "+639171234567" },
    });
    expect(status("status-blocked")?.contact?.news).toBe("optedOut");
  });

  it.each(["queued", "accepted", "sending", "scheduled", "no such status", "__proto__"])(
    "is nothing yet at %s",
    (word) => {
      const params = new Map([
        ["MessageStatus", [word]],
        ["MessageSid", ["SM1"]],
      ]);
      expect(parseStatus(params, new URLSearchParams(), number, 0)).toBeUndefined();
    },
  );
});
