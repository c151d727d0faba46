import { describe, expect, it } from "@jest/globals";
import { newConversation } from "../../../src/conversation/state.ts";
import type { Store } from "../../../src/store/store.ts";
import { addressOf, arrival, noon, open, pendingIn, reply, reread, said, turn } from "./samples.ts";

const texts: readonly [string, string][] = [
  ["emoji", "Salamat po! 🙏🏽👩‍👩‍👧‍👦🇵🇭"],
  ["accents and enye", "Piña colada, ¿cuánto? Ñ ñ ǵ é é"],
  ["right to left and scripts", "שלום مرحبا 你好 ᜃᜓᜋᜓᜐ᜔ᜆ"],
  ["quotes, backslashes and SQL", `it's "quoted" \\ '); drop table intake; -- $1 ? :x`],
  ["markup", "<script>alert(1)</script> &amp; %00"],
  ["control characters", "\u0001\b\t\n\v\f\r\u001b\u007f\u0085\u2028\ufeff"],
  ["U+0000", "before\u0000after"],
  ["half an emoji", "order \ud83d and \ude4f"],
  ["10,000 characters", "Nasaan na po ang order ko? 📦 ".repeat(334).slice(0, 10_000)],
  ["nothing", ""],
];

/** What a customer wrote is what is decided on, recorded and sent. */
export function keepsEveryCharacter(store: () => Store): void {
  describe("text of every kind", () => {
    it("comes back as it went in: arrival, state, record, reply, transcript", async () => {
      expect(await faultsOf((text) => comesBack(store(), text))).toEqual([]);
    });

    it("works as an address, an id and a reason", async () => {
      expect(await faultsOf((text) => worksAsAKey(store(), text))).toEqual([]);
    });
  });
  describe("numbers", () => {
    it("of provider clocks may be fractional or far away", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      for (const [i, sentAt] of [noon + 0.5, 0, -1, 8_640_000_000_000_000].entries()) {
        await turns.accept(arrival(conversation, { externalId: `m${i}`, activity: said("x", sentAt) }));
      }
      const pending = (await turns.takeUp(conversation.id))?.pending ?? [];
      expect(pending.map(({ activity }) => activity.sentAt)).toEqual([
        noon + 0.5,
        0,
        -1,
        8_640_000_000_000_000,
      ]);
      await turns.commitTurn(turn(conversation, { handled: ["m0"], lastHandledSentAt: noon + 0.5 }));
      expect((await reread(turns, conversation)).lastHandledSentAt).toBe(noon);
    });
  });
}

/** Tries every text on one database and gathers what went wrong, text by text. */
async function faultsOf(check: (text: string) => Promise<void>): Promise<string[]> {
  const faults: string[] = [];
  for (const [what, text] of texts) {
    await check(text).catch((thrown: unknown) => faults.push(`${what}: ${String(thrown)}`));
  }
  return faults;
}

async function comesBack({ turns, db }: Store, text: string): Promise<void> {
  const conversation = await open(turns);
  await turns.accept(
    arrival(conversation, { externalId: "m", activity: said(text), transcript: { body: { text } } }),
  );
  expect((await turns.takeUp(conversation.id))?.pending[0]?.activity).toEqual(said(text));
  const state = {
    ...newConversation,
    open: { dialog: "d", intent: "i", step: "s", slots: { [text]: text }, asked: 0, contentVersion: "1" },
  };
  const commit = turn(conversation, { handled: ["m"], replies: [reply(text)], state });
  await turns.commitTurn({ ...commit, turn: { ...commit.turn, replies: [{ text }] } });
  expect((await reread(turns, conversation)).state).toEqual(state);
  expect((await turns.unsettledOutbox(conversation.id))[0]?.body).toEqual(reply(text));
  const { record } = await db
    .selectFrom("turns")
    .select("record")
    .where("conversation_id", "=", conversation.id)
    .executeTakeFirstOrThrow();
  expect(JSON.parse(record)).toMatchObject({ replies: [{ text }] });
  const { body } = await db
    .selectFrom("transcript")
    .select("body")
    .where("conversation_id", "=", conversation.id)
    .executeTakeFirstOrThrow();
  expect(JSON.parse(body)).toEqual({ text });
}

/** Bare text columns hold what text can hold on both engines: U+0000 and halves of pairs become U+FFFD. */
async function worksAsAKey({ turns }: Store, text: string): Promise<void> {
  const kept = text.replaceAll("\0", "\ufffd").toWellFormed();
  const opened = await open(turns, addressOf(text));
  expect(opened.address.conversation).toBe(kept);
  expect((await open(turns, addressOf(text))).id).toBe(opened.id);
  expect(await turns.findConversation(addressOf(text))).toEqual(opened);
  const id = text.slice(0, 500);
  expect((await turns.accept(arrival(opened, { externalId: id }))).duplicate).toBe(false);
  expect((await turns.accept(arrival(opened, { externalId: id }))).duplicate).toBe(true);
  expect(await pendingIn(turns, opened)).toEqual([id.replaceAll("\0", "\ufffd").toWellFormed()]);
  await turns.noteAttempt(opened.id, [id], text);
  const commit = turn(opened, {
    handled: [id],
    timers: [{ name: id, dueAt: noon }],
    replies: [reply("x")],
  });
  expect(await turns.commitTurn(commit)).toEqual({ committed: true });
  await turns.settle(opened.id, commit.outbox[0]?.id ?? "", { status: "failed", reason: text }, noon);
  const [due] = await turns.dueTimers(noon, 1);
  expect(due === undefined ? false : await turns.fireTimer(due, arrival(opened))).toBe(true);
}
