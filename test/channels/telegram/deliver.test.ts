import { afterEach, describe, expect, it } from "@jest/globals";
import { Deliverer } from "../../../src/channels/telegram/deliver.ts";
import type { TelegramAnswer, TelegramClient } from "../../../src/channels/telegram/telegram-client.ts";
import { outgoingReply } from "../outgoing.ts";

const blocked: TelegramAnswer = { type: "refused", code: 403, description: "Forbidden: bot was blocked" };
const tooMany: TelegramAnswer = {
  type: "refused",
  code: 429,
  description: "Too Many Requests: retry after 7",
  retryAfter: 7,
};
const done: TelegramAnswer = { type: "done", result: { message_id: 5 } };

let deliverer: Deliverer | undefined;
afterEach(() => {
  deliverer?.stop();
});

/** A Telegram that answers its calls with these, one after the other, then takes everything. */
function telegram(...answers: TelegramAnswer[]) {
  const chats: string[] = [];
  const faults: unknown[] = [];
  const time = { now: 0 };
  const client: TelegramClient = {
    call: (_method, payload) => {
      chats.push("chat_id" in payload ? String(payload.chat_id) : "");
      return Promise.resolve(answers.shift() ?? done);
    },
    close: () => undefined,
  };
  const made = new Deliverer({
    client,
    clock: { now: () => time.now, elapsed: () => time.now },
    publicUrl: undefined,
    continueToken: () => "token",
    onUnreachable: () => Promise.reject(new Error("the store takes nothing")),
    onHealth: () => undefined,
    onFault: (what, thrown) => {
      faults.push([what, thrown]);
    },
  });
  deliverer = made;
  const deliver = (chat: string) => made.deliver(outgoingReply("telegram", "110201543", chat));
  return { deliver, chats, faults, time };
}

describe("a reply that Telegram refuses for good", () => {
  it("is refused also when the news of it cannot be kept; that is told", async () => {
    const { deliver, faults } = telegram(blocked);
    expect(await deliver("5001")).toMatchObject({ status: "refused" });
    expect(faults).toEqual([["contact", new Error("the store takes nothing")]]);
  });
});

describe("a bot that Telegram told to wait", () => {
  it("waits with all its chats, each told another moment, and goes on when the time is over", async () => {
    const { deliver, chats, time } = telegram(tooMany);
    expect(await deliver("5001")).toMatchObject({ status: "retry", afterMs: 7_000 });
    const held = [await deliver("5002"), await deliver("5003")];
    expect(held).toMatchObject([
      { status: "retry", afterMs: 7_040 },
      { status: "retry", afterMs: 7_080 },
    ]);
    expect(chats).toEqual(["5001"]);
    time.now = 7_080;
    expect(await deliver("5002")).toMatchObject({ status: "delivered" });
  });
});
