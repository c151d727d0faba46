import { describe, expect, it } from "@jest/globals";
import { replyBody, wireActivity } from "../../../src/channels/webchat/outgoing-activity.ts";
import { newConversation } from "../../../src/conversation/state.ts";
import type { OutgoingReply } from "../../../src/turn/ports.ts";

const outgoing = (reply: OutgoingReply["reply"], replyTo: string | null = "in-1"): OutgoingReply => ({
  outboxId: "out-1",
  conversation: {
    id: "row-1",
    address: { channel: "webchat", account: "default", conversation: "c-1" },
    contact: "webchat:dl_ana",
    contactId: "a-customer",
    vault: {},
    version: 1,
    state: newConversation,
    lastHandledSentAt: 0,
  },
  reply,
  replyTo,
  at: Date.parse("2026-11-22T10:00:00Z"),
});

describe("a reply on web chat", () => {
  it("is plain text from the bot, in answer to the customer's activity", () => {
    expect(replyBody(outgoing({ text: "<b>Kumusta</b>", language: "fil" }), "Tindahan")).toEqual({
      type: "message",
      channelId: "directline",
      conversation: { id: "c-1" },
      from: { id: "kumusta", name: "Tindahan", role: "bot" },
      timestamp: "2026-11-22T10:00:00.000Z",
      textFormat: "plain",
      text: "<b>Kumusta</b>",
      inputHint: "acceptingInput",
      locale: "fil",
      replyToId: "c-1|in-1",
    });
  });

  it("offers quick replies as actions that post their payload back", () => {
    const body = replyBody(
      outgoing({ text: "Which?", quickReplies: [{ title: "Payment", payload: "intent:pay" }] }, null),
      "Tindahan",
    );
    expect(body).toMatchObject({
      inputHint: "expectingInput",
      suggestedActions: { actions: [{ type: "postBack", title: "Payment", value: "intent:pay" }] },
    });
    expect(body).not.toHaveProperty("replyToId");
  });

  it("shows several attachments in a row unless it was told to stack them, and says nothing of one", () => {
    const card = { contentType: "application/vnd.microsoft.card.hero", content: { title: "Mug" } };
    const body = (reply: Partial<OutgoingReply["reply"]>) =>
      replyBody(outgoing({ text: "On sale:", ...reply }), "Tindahan");
    expect(body({ attachments: [card, card] })).toMatchObject({
      attachmentLayout: "carousel",
      attachments: [card, card],
    });
    expect(body({ attachments: [card, card], attachmentLayout: "list" })).toMatchObject({
      attachmentLayout: "list",
    });
    expect(body({ attachments: [card] })).not.toHaveProperty("attachmentLayout");
  });
});

describe("a line of the history", () => {
  it("gets its id, and our own files the address that this client uses", () => {
    const body = {
      type: "message",
      attachments: [
        { contentType: "image/png", contentUrl: "/v3/directline/uploads/x/a.png" },
        { contentType: "image/png", contentUrl: "https://elsewhere.example/b.png" },
      ],
    };
    expect(wireActivity({ id: "in-1", seq: 3, body }, "c-1", "https://chat.example")).toEqual({
      type: "message",
      id: "c-1|in-1",
      attachments: [
        { contentType: "image/png", contentUrl: "https://chat.example/v3/directline/uploads/x/a.png" },
        { contentType: "image/png", contentUrl: "https://elsewhere.example/b.png" },
      ],
    });
  });
});
