import { describe, expect, it } from "@jest/globals";
import { newId } from "../../../src/basics/ids.ts";
import { newConversation } from "../../../src/conversation/state.ts";
import type { Store } from "../../../src/store/store.ts";
import { arrival, noon, open, pendingIn, reply, reread, textsToSend, together, turn } from "./samples.ts";

async function countsOf({ db }: Store, conversationId: string) {
  const of = (table: "turns" | "outbox" | "timers") =>
    db
      .selectFrom(table)
      .where("conversation_id", "=", conversationId)
      .select((eb) => eb.fn.countAll<number>().as("n"))
      .executeTakeFirstOrThrow();
  const [turns, outbox, timers] = [await of("turns"), await of("outbox"), await of("timers")];
  return { turns: turns.n, outbox: outbox.n, timers: timers.n };
}

/** One worker at a time, and a turn is written whole or not at all. */
export function commitsTurns(store: () => Store): void {
  describe("a lease", () => {
    it("has one holder at a time, who may renew it", async () => {
      const { turns } = store();
      const id = newId();
      expect(await turns.lease("turn", id, "a", noon, noon + 100)).toBe(true);
      expect(await turns.lease("turn", id, "b", noon + 99, noon + 200)).toBe(false);
      expect(await turns.lease("turn", id, "a", noon + 50, noon + 150)).toBe(true);
      expect(await turns.lease("turn", id, "b", noon + 149, noon + 300)).toBe(false);
    });

    it("that ran out goes to the next who asks", async () => {
      const { turns } = store();
      const id = newId();
      await turns.lease("turn", id, "a", noon, noon + 100);
      expect(await turns.lease("turn", id, "b", noon + 100, noon + 200)).toBe(true);
      expect(await turns.lease("turn", id, "a", noon + 101, noon + 300)).toBe(false);
    });

    it("is let go of by its holder alone", async () => {
      const { turns } = store();
      const id = newId();
      await turns.lease("turn", id, "a", noon, noon + 100);
      await turns.release("turn", id, "b");
      expect(await turns.lease("turn", id, "b", noon, noon + 100)).toBe(false);
      await turns.release("turn", id, "a");
      expect(await turns.lease("turn", id, "b", noon, noon + 100)).toBe(true);
    });

    it("on deciding leaves sending free, and one conversation leaves another free", async () => {
      const { turns } = store();
      const id = newId();
      expect(await turns.lease("turn", id, "a", noon, noon + 100)).toBe(true);
      expect(await turns.lease("outbox", id, "b", noon, noon + 100)).toBe(true);
      expect(await turns.lease("turn", newId(), "b", noon, noon + 100)).toBe(true);
    });

    it("goes to one of many who ask at once", async () => {
      const { turns } = store();
      const id = newId();
      const got = await together(10, (i) => turns.lease("turn", id, `holder ${i}`, noon, noon + 100));
      expect(got.filter(Boolean)).toHaveLength(1);
    });
  });

  describe("a turn", () => {
    it("is written whole: record, state, replies, timers, and what it handled", async () => {
      const { turns, db } = store();
      const conversation = await open(turns);
      for (const externalId of ["m1", "m2", "m3"]) await turns.accept(arrival(conversation, { externalId }));
      const state = { ...newConversation, misses: 2, lastIntent: "order-status" };
      const commit = turn(conversation, {
        handled: ["m1", "m2"],
        replies: [
          reply("first"),
          { type: "action", request: { action: "lookUp", needs: "anonymous", input: { order: "1" } } },
          reply("second"),
        ],
        timers: [{ name: "csat", dueAt: noon + 1 }],
        state,
        lastHandledSentAt: noon + 3,
        at: noon + 9,
      });
      expect(await turns.commitTurn(commit)).toEqual({ committed: true });
      expect(await reread(turns, conversation)).toEqual({
        ...conversation,
        version: 1,
        state,
        lastHandledSentAt: noon + 3,
      });
      expect(await pendingIn(turns, conversation)).toEqual(["m3"]);
      expect(await textsToSend(turns, conversation)).toEqual(["first", "action lookUp", "second"]);
      expect(await countsOf(store(), conversation.id)).toEqual({ turns: 1, outbox: 3, timers: 1 });
      const row = await db
        .selectFrom("turns")
        .selectAll()
        .where("id", "=", commit.turn.id)
        .executeTakeFirstOrThrow();
      expect(row).toMatchObject({
        conversation_id: conversation.id,
        seq: 1,
        at: noon + 9,
        trigger: "message",
        outcome: "answered",
        kind: "other",
        stage: null,
        intent: null,
      });
      expect(JSON.parse(row.record)).toMatchObject({
        contentVersion: "test",
        category: commit.turn.category,
        activities: commit.turn.activities,
      });
    });

    it("of an outdated version is refused as a conflict, and nothing of it is written", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      await turns.accept(arrival(conversation, { externalId: "m1" }));
      expect(await turns.commitTurn(turn(conversation, { replies: [reply("an agent's words")] }))).toEqual({
        committed: true,
      });
      const late = turn(conversation, {
        handled: ["m1"],
        replies: [reply("the bot's words")],
        timers: [{ name: "csat", dueAt: noon }],
      });
      expect(await turns.commitTurn(late)).toEqual({ committed: false, reason: "conflict" });
      expect(await pendingIn(turns, conversation)).toEqual(["m1"]);
      expect(await textsToSend(turns, conversation)).toEqual(["an agent's words"]);
      expect(await countsOf(store(), conversation.id)).toEqual({ turns: 1, outbox: 1, timers: 0 });
    });

    it("that handles a row twice is a conflict, and nothing of it is written", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      for (const externalId of ["m1", "m2"]) await turns.accept(arrival(conversation, { externalId }));
      await turns.commitTurn(turn(conversation, { handled: ["m1"] }));
      const now = await reread(turns, conversation);
      const again = turn(now, {
        handled: ["m2", "m1"],
        replies: [reply("twice")],
        timers: [{ name: "csat", dueAt: noon }],
      });
      expect(await turns.commitTurn(again)).toEqual({ committed: false, reason: "conflict" });
      expect(await reread(turns, conversation)).toEqual(now);
      expect(await pendingIn(turns, conversation)).toEqual(["m2"]);
      expect(await countsOf(store(), conversation.id)).toEqual({ turns: 1, outbox: 0, timers: 0 });
    });

    it("that handles again what was handled, by whatever mistake it stands there, is refused by the database", async () => {
      const { turns, db } = store();
      const conversation = await open(turns);
      await turns.accept(arrival(conversation, { externalId: "m" }));
      await turns.commitTurn(turn(conversation, { handled: ["m"] }));
      const { id, turn_id: _, ...row } = await db.selectFrom("intake").selectAll().executeTakeFirstOrThrow();
      await db
        .insertInto("intake")
        .values({ ...row, id: newId(), status: "pending" })
        .execute();
      const current = await reread(turns, conversation);
      await expect(turns.commitTurn(turn(current, { handled: ["m"] }))).rejects.toMatchObject({
        code: "internal",
      });
      expect((await reread(turns, conversation)).version).toBe(1);
      expect(await db.selectFrom("intake").select("id").where("status", "=", "handled").execute()).toEqual([
        { id },
      ]);
    });

    it("takes effect once when several race for the same version", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      await turns.accept(arrival(conversation, { externalId: "m1" }));
      const results = await together(8, (i) =>
        turns.commitTurn(turn(conversation, { handled: ["m1"], replies: [reply(`by ${i}`)] })),
      );
      expect(results.filter(({ committed }) => committed)).toHaveLength(1);
      expect(await textsToSend(turns, conversation)).toHaveLength(1);
      expect((await reread(turns, conversation)).version).toBe(1);
    });

    it("that conflicts does no harm to those committed along with it", async () => {
      const { turns } = store();
      const conversations = await together(5, () => open(turns));
      for (const conversation of conversations)
        await turns.accept(arrival(conversation, { externalId: "m" }));
      const [spoilt] = conversations;
      if (spoilt !== undefined) await turns.setAside(spoilt.id, ["m"], "taken before");
      const results = await Promise.all(
        conversations.map((conversation) =>
          turns.commitTurn(turn(conversation, { handled: ["m"], replies: [reply("ok")] })),
        ),
      );
      expect(results.map(({ committed }) => committed)).toEqual([false, true, true, true, true]);
      for (const [i, conversation] of conversations.entries()) {
        expect((await reread(turns, conversation)).version).toBe(i === 0 ? 0 : 1);
        expect(await textsToSend(turns, conversation)).toEqual(i === 0 ? [] : ["ok"]);
      }
    });

    it("written wrongly fails alone, is not called a refusal, and its neighbours stand", async () => {
      const { turns } = store();
      const [one, other] = [await open(turns), await open(turns)];
      const id = newId();
      const twins = [0, 1].map((n) => ({ id, n, body: reply("twin"), notBefore: 0 }));
      const [wrong, right] = await Promise.allSettled([
        turns.commitTurn(turn(one, { outbox: twins })),
        turns.commitTurn(turn(other)),
      ]);
      expect(wrong).toMatchObject({ status: "rejected", reason: { code: "internal" } });
      expect(right).toEqual({ status: "fulfilled", value: { committed: true } });
      expect((await reread(turns, one)).version).toBe(0);
    });
  });

  describe("a message that makes its turn throw", () => {
    it("has its tries counted, and is set aside with its reason while the conversation goes on", async () => {
      const { turns, db } = store();
      const conversation = await open(turns);
      for (const externalId of ["poison", "next"]) await turns.accept(arrival(conversation, { externalId }));
      await turns.noteAttempt(conversation.id, ["poison"], "it threw");
      await turns.noteAttempt(conversation.id, ["poison", "next"], "it threw again");
      expect(
        (await turns.takeUp(conversation.id))?.pending.map(({ externalId, attempts }) => [
          externalId,
          attempts,
        ]),
      ).toEqual([
        ["poison", 2],
        ["next", 1],
      ]);
      await turns.setAside(conversation.id, ["poison"], "it always throws");
      expect(await pendingIn(turns, conversation)).toEqual(["next"]);
      expect(await turns.commitTurn(turn(conversation, { handled: ["next"] }))).toEqual({ committed: true });
      const aside = await db
        .selectFrom("intake")
        .select(["status", "reason"])
        .where("external_id", "=", "poison")
        .executeTakeFirstOrThrow();
      expect(aside).toEqual({ status: "setAside", reason: "it always throws" });
    });

    it("that was handled meanwhile is neither counted nor set aside", async () => {
      const { turns, db } = store();
      const conversation = await open(turns);
      await turns.accept(arrival(conversation, { externalId: "m" }));
      const commit = turn(conversation, { handled: ["m"] });
      await turns.commitTurn(commit);
      await turns.noteAttempt(conversation.id, ["m"], "late");
      await turns.setAside(conversation.id, ["m"], "late");
      const row = await db
        .selectFrom("intake")
        .select(["status", "attempts", "reason", "turn_id"])
        .executeTakeFirstOrThrow();
      expect(row).toEqual({ status: "handled", attempts: 0, reason: null, turn_id: commit.turn.id });
    });
  });
}
