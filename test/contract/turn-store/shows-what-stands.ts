import { describe, expect, it } from "@jest/globals";
import { newConversation } from "../../../src/conversation/state.ts";
import type { Store } from "../../../src/store/store.ts";
import type { ConversationRow } from "../../../src/turn/ports.ts";
import { arrival, noon, open, pendingIn, reply, reread, said, together, turn } from "./samples.ts";

const parsed = (text: string): unknown => JSON.parse(text);

/** What the tables say, read past the store. */
async function standing({ db }: Store, { id }: ConversationRow) {
  const { version, state, last_handled_sent_at } = await db
    .selectFrom("conversations")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const pending = await db
    .selectFrom("intake")
    .select(["id", "external_id", "body", "attempts"])
    .where("conversation_id", "=", id)
    .where("status", "=", "pending")
    .orderBy("id")
    .execute();
  return {
    version,
    state: parsed(state),
    lastHandledSentAt: last_handled_sent_at,
    pending: pending.map((row) => ({ ...row, body: parsed(row.body) })),
  };
}

/** The same, as the store shows it to a worker. */
async function shown({ turns }: Store, { id }: ConversationRow) {
  const taken = await turns.takeUp(id);
  return {
    version: taken?.conversation.version,
    state: taken?.conversation.state,
    lastHandledSentAt: taken?.conversation.lastHandledSentAt,
    pending: taken?.pending.map((row) => ({
      id: row.id,
      external_id: row.externalId,
      body: row.activity,
      attempts: row.attempts,
    })),
  };
}

/** Numbers that look random and are the same at each run (Lehmer, MINSTD). */
function numbers(seed: number): (below: number) => number {
  let at = seed;
  return (below) => {
    at = (at * 48_271) % 2_147_483_647;
    return at % below;
  };
}

/** Does one thing to the conversation, right or wrong, as workers, senders and timers do. */
function somethingTo({ turns }: Store, conversation: ConversationRow, pick: (below: number) => number) {
  const stale = { ...conversation, version: Math.max(0, conversation.version - 1) };
  const m = `m${pick(12)}`;
  const text = { body: { text: m } };
  const replies = [{ id: `${conversation.id}-${conversation.version}-${m}`, n: 0, body: reply(m) }];
  const things = [
    () => turns.accept(arrival(conversation, { externalId: m, activity: said(m), transcript: text })),
    () => turns.accept(arrival(conversation, { externalId: m, activity: said(m), receivedAt: noon + 1 })),
    () => turns.commitTurn(turn(conversation, { handled: [m], lastHandledSentAt: noon + pick(9) + 0.5 })),
    () => turns.commitTurn(turn(conversation, { handled: [m, `m${pick(12)}`] })),
    () => turns.commitTurn(turn(stale, { handled: [m] })),
    () =>
      turns.commitTurn(
        turn(conversation, {
          state: { ...newConversation, misses: pick(5) },
          outbox: replies.map((row) => ({ ...row, notBefore: 0, transcript: pick(2) ? text : undefined })),
        }),
      ),
    () => turns.noteAttempt(conversation.id, [m], "it threw"),
    () => turns.setAside(conversation.id, [m], "it always throws"),
    () => turns.commitTurn(turn(conversation, { timers: [{ name: "t", dueAt: noon }] })),
    async () => {
      const due = await turns.dueTimers(noon, 10);
      const timer = due.find(({ conversationId }) => conversationId === conversation.id);
      if (timer !== undefined) await turns.fireTimer(timer, arrival(conversation, { externalId: m }));
    },
    async () => {
      const [row] = await turns.unsettledOutbox(conversation.id);
      if (row !== undefined)
        await turns.settle(conversation.id, row.id, { status: "delivered", transcript: text }, noon);
    },
  ];
  return things[pick(things.length)]?.();
}

/** Whatever a store keeps in mind, what it shows is what stands in its tables. */
export function showsWhatStands(store: () => Store): void {
  describe("what is taken up", () => {
    it("is what stands in the tables, whatever happened before, in whatever order", async () => {
      const { turns, db } = store();
      const pick = numbers(20_261_122);
      const conversations = await together(4, () => open(turns));
      for (let round = 0; round < 60; round++) {
        const current = await Promise.all(conversations.map((one) => reread(turns, one)));
        // Several at once: on SQLite they share a transaction, and one that throws has it run again.
        await Promise.allSettled(
          Array.from({ length: 1 + pick(6) }, async () => {
            const one = current[pick(current.length)];
            if (one !== undefined) await somethingTo(store(), one, pick);
          }),
        );
        for (const one of conversations)
          expect(await shown(store(), one)).toEqual(await standing(store(), one));
      }
      for (const { id } of conversations) {
        const lines = await db
          .selectFrom("transcript")
          .select("seq")
          .where("conversation_id", "=", id)
          .orderBy("seq")
          .execute();
        expect(lines.length).toBeGreaterThan(0);
        expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, i) => i + 1));
      }
    });

    it("is read again after a conflict, should somebody else have written", async () => {
      const { turns, db } = store();
      const conversation = await open(turns);
      await turns.accept(arrival(conversation, { externalId: "m" }));
      await turns.takeUp(conversation.id);
      await db.updateTable("conversations").set({ version: 7 }).where("id", "=", conversation.id).execute();
      const conflict = { committed: false, reason: "conflict" };
      expect(await turns.commitTurn(turn(conversation, { handled: ["m"] }))).toEqual(conflict);
      const now = await turns.takeUp(conversation.id);
      expect(now?.conversation.version).toBe(7);
      expect(now?.pending).toHaveLength(1);
    });

    it("holds the first two hundred where more wait, and then the others", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      await turns.takeUp(conversation.id);
      const names = Array.from({ length: 230 }, (_, i) => `m${String(i)}`);
      await Promise.all(names.map((externalId) => turns.accept(arrival(conversation, { externalId }))));
      expect(await pendingIn(turns, conversation)).toEqual(names.slice(0, 200));
      await turns.commitTurn(turn(conversation, { handled: names.slice(0, 100) }));
      expect(await pendingIn(turns, conversation)).toEqual(names.slice(100));
    });

    it("is no more than the tables hold when a unit beside it was written wrongly", async () => {
      const { turns } = store();
      const [one, other] = [await open(turns), await open(turns)];
      for (const conversation of [one, other]) await turns.takeUp(conversation.id);
      const twins = [0, 1].map((n) => ({ id: `twin of ${one.id}`, n, body: reply("twin"), notBefore: 0 }));
      await Promise.allSettled([
        turns.accept(arrival(other, { externalId: "m", transcript: { body: "m" } })),
        turns.commitTurn(turn(one, { outbox: twins })),
        turns.commitTurn(turn(other, { handled: ["m"] })),
        turns.accept(arrival(other, { externalId: "n", transcript: { body: "n" } })),
      ]);
      for (const conversation of [one, other])
        expect(await shown(store(), conversation)).toEqual(await standing(store(), conversation));
    });
  });

  describe("what is being accepted", () => {
    it("is shown before it is durable only with the promise that its turn cannot stand without it", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      await turns.takeUp(conversation.id);
      const accepting = turns.accept(arrival(conversation, { externalId: "m" }));
      const early = await pendingIn(turns, conversation);
      // A store that others write too may show it or not: it makes no promise.
      if (turns.takesUpEarly === true) expect(early).toEqual(["m"]);
      const committing = turns.commitTurn(turn(conversation, { handled: ["m"] }));
      expect(await accepting).toMatchObject({ duplicate: false });
      if (turns.takesUpEarly === true) expect(await committing).toEqual({ committed: true });
      else await committing;
      expect(await shown(store(), conversation)).toEqual(await standing(store(), conversation));
    });

    it("is shown in the order in which it was handed over: words that may wait stand before the tap that may not", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      await turns.takeUp(conversation.id);
      const words = {
        ...arrival(conversation, { externalId: "words" }),
        receivedAt: noon,
        readyAt: noon + 900,
      };
      const tap = { ...arrival(conversation, { externalId: "tap" }), receivedAt: noon, readyAt: noon };
      const accepting = [turns.accept(words), turns.accept(tap)];
      const early = await pendingIn(turns, conversation);
      if (turns.takesUpEarly === true) expect(early).toEqual(["words", "tap"]);
      await Promise.all(accepting);
      expect(await pendingIn(turns, conversation)).toEqual(["words", "tap"]);
    });

    it("three times at once is shown once, and again in vain after it was handled", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      const same = () => turns.accept(arrival(conversation, { externalId: "m" }));
      const accepting = together(3, same);
      expect((await pendingIn(turns, conversation)).length).toBeLessThanOrEqual(1);
      const accepted = await accepting;
      expect(accepted.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
      expect(await pendingIn(turns, conversation)).toEqual(["m"]);
      await turns.commitTurn(turn(conversation, { handled: ["m"] }));
      const again = same();
      const handledTwice = turns.commitTurn(turn(await reread(turns, conversation), { handled: ["m"] }));
      expect(await again).toMatchObject({ duplicate: true });
      expect(await handledTwice).toEqual({ committed: false, reason: "conflict" });
      expect(await shown(store(), conversation)).toEqual(await standing(store(), conversation));
    });
  });
}
