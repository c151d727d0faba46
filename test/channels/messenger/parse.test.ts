import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { contentTypes } from "../../../src/basics/activity.ts";
import { parseWebhook } from "../../../src/channels/messenger/parse.ts";

const folder = join(import.meta.dirname, "../../fixtures/messenger");
const fixture = z.object({ body: z.json() });
const now = 1_764_000_009_000;
const at = 1_764_000_000_000;

function parsed(name: string) {
  const { body } = fixture.parse(JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")));
  const [event] = parseWebhook(Buffer.from(JSON.stringify(body)), now);
  return event;
}

const arrival = (externalId: string, activity: object, standby = false) => ({
  type: "arrival",
  page: "1001",
  customer: "2002",
  standby,
  externalId,
  activity,
});

describe("an event of Meta's", () => {
  it.each([
    ["text", arrival("m_1", { type: "message", text: "Magkano po sa Parañaque? 😀", sentAt: at })],
    ["quick-reply", arrival("m_2", { type: "choice", text: "Payment", payload: "intent:payment.methods" })],
    ["reply-to", arrival("m_3", { type: "message", text: "ito po" })],
    [
      "image",
      arrival("m_4", {
        type: "message",
        text: "",
        attachments: [{ contentType: "image/*", contentUrl: "https://scontent.example/x.jpg" }],
      }),
    ],
    ["sticker", arrival("m_5", { attachments: [{ contentType: contentTypes.sticker }] })],
    ["thumb", arrival("m_11", { attachments: [{ contentType: contentTypes.sticker }] })],
    [
      "location",
      arrival("m_12", {
        attachments: [
          {
            contentType: "application/geo+json",
            content: { type: "Point", coordinates: [121.0198, 14.479] },
          },
        ],
      }),
    ],
    ["fallback", arrival("m_6", { attachments: [{ contentType: "application/vnd.meta.fallback" }] })],
    [
      "postback",
      arrival("m_7", {
        type: "choice",
        payload: "intent:discovery.greeting",
        source: { campaign: "summer", referrer: "SHORTLINK" },
      }),
    ],
    [
      "referral",
      arrival(`referral:${String(at)}`, { name: "referral", byCustomer: true, source: { campaign: "ad-7" } }),
    ],
    ["delivery", { type: "receipt", status: "delivered", mids: ["m_out-1"], watermark: at }],
    ["read", { type: "receipt", status: "read", mids: [], watermark: at }],
    ["echo", { type: "echo", page: "1001", customer: "2002", mid: "m_8", appId: "7001", metadata: "turn.0" }],
    [
      "edit",
      arrival("message.edited:m_1:1", { name: "message.edited", value: { text: "Magkano po sa Cebu?" } }),
    ],
    ["policy-enforcement", { type: "policy", page: "1001", action: "block" }],
    ["pass-thread-control", { type: "control", op: "pass", newOwner: "7001" }],
    ["take-thread-control", { type: "control", op: "take", newOwner: "263902037430900" }],
    ["app-roles", { type: "ignored" }],
    ["user-ref", { type: "ignored", what: "user_ref" }],
    ["standby-text", arrival("m_9", { type: "message", text: "hello po" }, true)],
    ["standby-postback", arrival("m_10", { type: "message", text: "Menu" }, true)],
    ["comment", { type: "comment", page: "1001", commentId: "9_1", customer: "31", text: "Magkano po?" }],
  ])("of kind %s is read", (name, wanted) => {
    expect(parsed(name)).toMatchObject(wanted);
  });

  it.each(["reaction", "optin", "account-linking", "request-thread-control"])(
    "of kind %s becomes an event with a name of its own",
    (name) => {
      expect(parsed(name)).toMatchObject({ type: "arrival", activity: { type: "event" } });
    },
  );

  it("without an id of its own gets the same one at every delivery", () => {
    const [first, second] = [parsed("postback-without-mid"), parsed("postback-without-mid")];
    expect(first).toMatchObject({ externalId: expect.stringMatching(/^postback:[0-9a-f]{32}$/u) });
    expect(first).toEqual(second);
  });

  it.each([
    ["a field that nobody knows yet", { message: { mid: "m", text: "Hi" }, tomorrow: 1 }, "arrival"],
    ["what Meta enforces", { message: { mid: "m" }, policy_enforcement: { action: "warning" } }, "policy"],
    ["a message that is none, and a tap", { message: 5, postback: { mid: "m", payload: "p" } }, "arrival"],
    ["nothing but a message that is none", { message: 5 }, "ignored"],
  ])("is read for all that it holds: %s", (_what, more, type) => {
    const event = { sender: { id: "2002" }, recipient: { id: "1001" }, timestamp: at, ...more };
    const body = { object: "page", entry: [{ id: "1001", messaging: [event] }] };
    expect(parseWebhook(Buffer.from(JSON.stringify(body)), now)).toMatchObject([{ type }]);
  });

  it("has a fixture of every kind that Meta documents", () => {
    expect(readdirSync(folder)).toHaveLength(27);
  });
});

describe("a webhook with several entries", () => {
  it("gives all events in order, messaging and standby, and loses none to an odd neighbour", () => {
    const message = (mid: string) => ({ sender: { id: "1" }, timestamp: 5, message: { mid, text: mid } });
    const body = {
      object: "page",
      entry: [
        { id: "1001", messaging: [message("a"), 7, message("b")] },
        "odd",
        { id: 1002, standby: [message("c")] },
      ],
    };
    const events = parseWebhook(Buffer.from(JSON.stringify(body)), now);
    expect(events.map((event) => (event.type === "arrival" ? event.externalId : event.type))).toEqual([
      "a",
      "ignored",
      "b",
      "ignored",
      "c",
    ]);
  });
});
