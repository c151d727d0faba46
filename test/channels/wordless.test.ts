import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import type { InboundActivity, Json } from "../../src/basics/activity.ts";
import { parseWebhook } from "../../src/channels/messenger/parse.ts";
import { parseUpdate } from "../../src/channels/telegram/parse.ts";
import { readActivity } from "../../src/channels/webchat/incoming-activity.ts";
import { Customer, textOf } from "../conversation/customer.ts";

/* What providers send without words, read by each channel and answered by the core: the names that the one gives are
 * the names that the other knows. */

const at = Date.UTC(2026, 10, 23, 2);
const fixture = z.object({ body: z.json() });

function bodyOf(channel: string, name: string): unknown {
  const path = join(import.meta.dirname, "../fixtures", channel, `${name}.json`);
  return fixture.parse(JSON.parse(readFileSync(path, "utf8"))).body;
}

function onMessenger(name: string): InboundActivity {
  const [event] = parseWebhook(Buffer.from(JSON.stringify(bodyOf("messenger", name))), at);
  if (event?.type !== "arrival") throw new TypeError("no arrival");
  return event.activity;
}

function onTelegram(name: string): InboundActivity {
  const parsed = parseUpdate(bodyOf("telegram", name), at, undefined);
  if (parsed.type !== "activity") throw new TypeError("no activity");
  return parsed.activity;
}

function inWebChat(attachment: Json): InboundActivity {
  const posted = { type: "message", attachments: [attachment] };
  const incoming = readActivity(posted, { conversation: "c", user: "u", name: "Ana" }, at);
  if (incoming.kind !== "activity") throw new TypeError("no activity");
  return incoming.activity;
}

describe("a sticker after an answer", () => {
  it.each([
    ["on Messenger", onMessenger("sticker")],
    ["on Messenger, sent by the thumb button", onMessenger("thumb")],
    ["on Telegram", onTelegram("sticker")],
    [
      "in web chat",
      inWebChat({ contentType: "application/vnd.kumusta.sticker+json", content: { emoji: "👍" } }),
    ],
  ])("%s gets a kind word: it is no miss, and opens no case", (_where, sticker) => {
    const customer = new Customer();
    customer.say("can i pay cod", { "payment.cod": 0.9 });
    const decision = customer.turn({ ...sticker, sentAt: at });
    expect(decision).toMatchObject({ handOff: null, cases: [], outcome: "answered" });
    expect(textOf(decision)).toMatch(/^Happy to help/u);
    expect(customer.state.misses).toBe(0);
  });
});

describe("a location, where an address is asked", () => {
  it.each([
    ["on Messenger", onMessenger("location")],
    ["on Telegram", onTelegram("location")],
    [
      "in web chat",
      inWebChat({
        contentType: "application/geo+json",
        content: { type: "Point", coordinates: [121.0198, 14.479] },
      }),
    ],
  ])("%s is taken as the place", (_where, place) => {
    const customer = new Customer();
    customer.say("change my address 104233", { "delivery.change-address": 0.9 });
    expect(textOf(customer.turn({ ...place, sentAt: at }))).toMatch(/14\.479, 121\.0198/u);
  });
});
