import { describe, expect, it } from "@jest/globals";
import { forbids, needsHumanTag } from "../../../src/channels/messenger/reply-window.ts";
import { newConversation } from "../../../src/conversation/state.ts";
import type { OutgoingReply } from "../../../src/turn/ports.ts";

const hourMs = 3_600_000;
const wrote = Date.UTC(2026, 10, 22);

function outgoing(
  hoursLater: number,
  more: { agent?: string; thread?: string; part?: number; repliedTurns?: number; never?: true } = {},
): OutgoingReply {
  return {
    outboxId: "o",
    replyTo: null,
    at: wrote + hoursLater * hourMs,
    reply: {
      text: "x",
      ...(more.agent === undefined ? {} : { agent: more.agent }),
      ...(more.part === undefined ? {} : { part: { n: more.part, of: 9 } }),
    },
    conversation: {
      id: "c",
      address: { channel: "messenger", account: "1001", conversation: more.thread ?? "2002" },
      contact: "messenger:2002",
      contactId: "a-customer",
      vault: {},
      version: 1,
      lastHandledSentAt: wrote,
      state: {
        ...newConversation,
        repliedTurns: more.repliedTurns ?? 1,
        ...(more.never === true ? {} : { lastInboundAt: wrote }),
      },
    },
  };
}

describe("Meta's law on when a page may write", () => {
  it("lets the bot write for 24 hours after the customer's last own act, and not a moment longer", () => {
    expect(forbids(outgoing(24))).toBeUndefined();
    expect(forbids(outgoing(24.001))).toMatch(/24 hours/u);
  });

  it("lets a person write for 7 days, with the tag after the first day only", () => {
    expect(needsHumanTag(outgoing(23, { agent: "Ana" }))).toBe(false);
    expect(needsHumanTag(outgoing(25, { agent: "Ana" }))).toBe(true);
    expect(forbids(outgoing(7 * 24, { agent: "Ana" }))).toBeUndefined();
    expect(forbids(outgoing(7 * 24 + 1, { agent: "Ana" }))).toMatch(/7 days/u);
  });

  it("lets nobody write to who has not written", () => {
    expect(forbids(outgoing(0, { never: true }))).toMatch(/not written/u);
  });

  it("lets a comment be answered once, with one message, within 7 days", () => {
    const thread = "comment:9_1";
    expect(forbids(outgoing(100, { thread }))).toBeUndefined();
    expect(forbids(outgoing(100, { thread, part: 2 }))).toMatch(/once/u);
    expect(forbids(outgoing(100, { thread, repliedTurns: 2 }))).toMatch(/once/u);
    expect(forbids(outgoing(169, { thread }))).toMatch(/7 days/u);
  });
});
