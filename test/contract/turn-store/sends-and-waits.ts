import { describe, expect, it } from "@jest/globals";
import { newId } from "../../../src/basics/ids.ts";
import type { ConversationRow, DueTimer, NewOutboxRow, Settlement } from "../../../src/turn/ports.ts";
import type { Store } from "../../../src/store/store.ts";
import { arrival, noon, open, pendingIn, reply, reread, textsToSend, together, turn } from "./samples.ts";

/** The outbox, durable timers and the gauges. */
export function sendsAndWaits(store: () => Store): void {
  async function conversationWith(
    texts: readonly string[],
  ): Promise<{ conversation: ConversationRow; ids: string[] }> {
    const conversation = await open(store().turns);
    const commit = turn(conversation, { replies: texts.map(reply) });
    await store().turns.commitTurn(commit);
    return { conversation, ids: commit.outbox.map(({ id }) => id) };
  }
  const shown = (text: string, n: number): NewOutboxRow => ({
    id: newId(),
    n,
    body: reply(text),
    notBefore: 0,
    transcript: { body: text },
  });
  const statusOf = (id: string) =>
    store()
      .db.selectFrom("outbox")
      .select(["status", "attempts", "provider_id", "reason", "settled_at"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
  const transcriptOf = async ({ id }: ConversationRow) =>
    (
      await store()
        .db.selectFrom("transcript")
        .select("body")
        .where("conversation_id", "=", id)
        .orderBy("seq")
        .execute()
    ).map(({ body }) => body);

  describe("the outbox", () => {
    it("gives what must leave in the order of turns and of replies within them", async () => {
      const { turns } = store();
      const { conversation } = await conversationWith(["1.0", "1.1"]);
      await turns.commitTurn(
        turn(await reread(turns, conversation), {
          // Written in another order than decided, and with ids that sort otherwise.
          outbox: [
            { id: `0${newId()}`, n: 1, body: reply("2.1"), notBefore: 5 },
            { id: `1${newId()}`, n: 0, body: reply("2.0"), notBefore: 0 },
          ],
        }),
      );
      expect(await textsToSend(turns, conversation)).toEqual(["1.0", "1.1", "2.0", "2.1"]);
      expect((await turns.unsettledOutbox(conversation.id)).at(-1)).toMatchObject({
        status: "due",
        attempts: 0,
        notBefore: 5,
        createdAt: noon,
        conversationId: conversation.id,
      });
      expect(await textsToSend(turns, await open(turns))).toEqual([]);
    });

    it("believes the receipt that says most, in whatever order providers send them", async () => {
      const { turns } = store();
      const { conversation, ids } = await conversationWith(["your order left"]);
      const outboxId = ids[0] ?? "";
      await turns.markSending(outboxId);
      const note = (status: "sent" | "delivered" | "failed", by: object, reason?: string) =>
        turns.noteReceipt({ channel: conversation.address.channel, status, reason, at: noon + 5, ...by });
      // An echo before the send's answer: it was sent, whatever the answer will be.
      expect(await note("sent", { outboxId, providerId: "SM1" })).toBe(true);
      expect(await statusOf(outboxId)).toMatchObject({ status: "delivered", provider_id: "SM1" });
      expect(await note("failed", { providerId: "SM1" }, "the number is not in use")).toBe(true);
      expect(await statusOf(outboxId)).toMatchObject({
        status: "failed",
        reason: "the number is not in use",
      });
      expect(await note("delivered", { providerId: "SM1" })).toBe(true);
      await note("sent", { providerId: "SM1" });
      await note("failed", { providerId: "SM1" });
      expect(await statusOf(outboxId)).toMatchObject({ status: "delivered", reason: null });
      expect(await note("sent", { providerId: "of another account" })).toBe(false);
    });

    it("delivers by the turn's own commit what belongs to a history that we keep", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      const commit = turn(conversation, { outbox: [shown("a", 0), shown("b", 1)] });
      const ids = commit.outbox.map(({ id }) => id);
      expect(await turns.commitTurn(commit)).toEqual({
        committed: true,
        delivered: [
          { id: ids[0], seq: 1, body: "a" },
          { id: ids[1], seq: 2, body: "b" },
        ],
      });
      expect(await transcriptOf(conversation)).toEqual(['"a"', '"b"']);
      expect(await statusOf(ids[0] ?? "")).toMatchObject({ status: "delivered", settled_at: noon });
      expect(await textsToSend(turns, conversation)).toEqual([]);
      // The same turn again, as after a lost answer: a conflict, and nothing stands twice.
      expect(await turns.commitTurn(commit)).toEqual({ committed: false, reason: "conflict" });
      expect(await transcriptOf(conversation)).toEqual(['"a"', '"b"']);
    });

    it("puts such a reply behind an earlier one that still waits", async () => {
      const { turns } = store();
      const { conversation } = await conversationWith(["waits"]);
      const next = turn(await reread(turns, conversation), { outbox: [shown("after it", 0)] });
      expect(await turns.commitTurn(next)).toEqual({ committed: true });
      expect(await textsToSend(turns, conversation)).toEqual(["waits", "after it"]);
      expect(await transcriptOf(conversation)).toEqual([]);
    });

    it("puts it behind one of its own turn that has a pause before it", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      const paused = { id: newId(), n: 0, body: reply("paused"), notBefore: noon + 30_000 };
      expect(await turns.commitTurn(turn(conversation, { outbox: [paused, shown("after it", 1)] }))).toEqual({
        committed: true,
      });
      expect(await textsToSend(turns, conversation)).toEqual(["paused", "after it"]);
    });

    it("notes that a send begins, so that a crash is seen afterwards", async () => {
      const { turns } = store();
      const { conversation, ids } = await conversationWith(["a"]);
      const [id = ""] = ids;
      await turns.markSending(id);
      expect((await turns.unsettledOutbox(conversation.id))[0]).toMatchObject({
        id,
        status: "sending",
        attempts: 1,
      });
      expect(await turns.conversationsWithDueOutbox(noon, 10)).toEqual([conversation.id]);
    });

    it.each<[string, Settlement, object]>([
      [
        "delivered",
        { status: "delivered", providerId: "mid.1" },
        { status: "delivered", provider_id: "mid.1", reason: null },
      ],
      [
        "failed",
        { status: "failed", reason: "blocked" },
        { status: "failed", provider_id: null, reason: "blocked" },
      ],
      [
        "unknown",
        { status: "unknown", reason: "time-out" },
        { status: "unknown", provider_id: null, reason: "time-out" },
      ],
      [
        "cancelled",
        { status: "cancelled", reason: "an agent took over" },
        { status: "cancelled", provider_id: null, reason: "an agent took over" },
      ],
    ])("settles a row as %s, once: who comes first decides", async (_name, settlement, expected) => {
      const { turns } = store();
      const { conversation, ids } = await conversationWith(["a", "b"]);
      const [id = ""] = ids;
      await turns.markSending(id);
      expect(await turns.settle(conversation.id, id, settlement, noon + 4)).toEqual({});
      expect(await statusOf(id)).toEqual({ attempts: 1, settled_at: noon + 4, ...expected });
      for (const later of [
        { status: "failed", reason: "later" },
        { status: "delivered" },
        { status: "due", notBefore: 1, reason: "later" },
      ] as const) {
        await turns.settle(conversation.id, id, later, noon + 9);
      }
      await turns.markSending(id);
      expect(await statusOf(id)).toEqual({ attempts: 1, settled_at: noon + 4, ...expected });
      expect(await textsToSend(turns, conversation)).toEqual(["b"]);
    });

    it("puts a row off until its time", async () => {
      const { turns } = store();
      const { conversation, ids } = await conversationWith(["a"]);
      const [id = ""] = ids;
      await turns.markSending(id);
      await turns.settle(
        conversation.id,
        id,
        { status: "due", notBefore: noon + 60, reason: "rate limit" },
        noon,
      );
      expect((await turns.unsettledOutbox(conversation.id))[0]).toMatchObject({
        id,
        status: "due",
        notBefore: noon + 60,
      });
      expect(await turns.conversationsWithDueOutbox(noon + 59, 10)).toEqual([]);
      expect(await turns.conversationsWithDueOutbox(noon + 60, 10)).toEqual([conversation.id]);
    });

    it("puts a row off by a fraction of a millisecond, as a clock that never jumps measures", async () => {
      const { turns } = store();
      const { conversation, ids } = await conversationWith(["a"]);
      const [id = ""] = ids;
      const settlement = { status: "due", notBefore: noon + 60.3, reason: "rate limit" } as const;
      await turns.settle(conversation.id, id, settlement, noon);
      expect((await turns.unsettledOutbox(conversation.id))[0]).toMatchObject({ notBefore: noon + 60 });
    });

    it("appends a delivered reply to the transcript exactly once, also when settled by many at once", async () => {
      const { turns } = store();
      const { conversation, ids } = await conversationWith(["a"]);
      const [id = ""] = ids;
      const settled = await together(6, () =>
        turns.settle(conversation.id, id, { status: "delivered", transcript: { body: { text: "a" } } }, noon),
      );
      expect(settled.filter(({ transcriptSeq }) => transcriptSeq === 1)).toHaveLength(1);
      expect(settled.filter(({ transcriptSeq }) => transcriptSeq === undefined)).toHaveLength(5);
      expect(await transcriptOf(conversation)).toEqual([JSON.stringify({ text: "a" })]);
    });

    it("writes no transcript for what was not delivered", async () => {
      const { turns } = store();
      const { conversation, ids } = await conversationWith(["a"]);
      await turns.settle(conversation.id, ids[0] ?? "", { status: "failed", reason: "no" }, noon);
      expect(await transcriptOf(conversation)).toEqual([]);
    });

    it("names the conversations with something to send, no more than asked", async () => {
      const { turns } = store();
      const rows = [
        await conversationWith(["a"]),
        await conversationWith(["b"]),
        await conversationWith(["c"]),
      ];
      const ids = rows.map(({ conversation }) => conversation.id);
      expect(await turns.conversationsWithDueOutbox(noon, 10)).toEqual(ids);
      expect(await turns.conversationsWithDueOutbox(noon, 2)).toEqual(ids.slice(0, 2));
    });
  });

  describe("a timer", () => {
    async function set(dueAt: number): Promise<{ conversation: ConversationRow; timer: DueTimer }> {
      const conversation = await open(store().turns);
      await store().turns.commitTurn(turn(conversation, { timers: [{ name: "csat", dueAt }] }));
      return {
        conversation: await reread(store().turns, conversation),
        timer: { conversationId: conversation.id, name: "csat", generation: 1, dueAt },
      };
    }
    const firing = (conversation: ConversationRow, timer: DueTimer) =>
      arrival(conversation, {
        externalId: `timer:${timer.name}:${timer.generation}`,
        activity: { type: "timer", name: timer.name, generation: timer.generation, sentAt: noon },
      });

    it("comes due at its time, the earliest first, no more than asked", async () => {
      const { turns } = store();
      const [late, early] = [await set(noon + 20), await set(noon + 10)];
      expect(await turns.dueTimers(noon + 9, 10)).toEqual([]);
      expect(await turns.dueTimers(noon + 10, 10)).toEqual([early.timer]);
      expect(await turns.dueTimers(noon + 99, 10)).toEqual([early.timer, late.timer]);
      expect(await turns.dueTimers(noon + 99, 1)).toEqual([early.timer]);
    });

    it("fires exactly once, as one arrival, also when many see it due", async () => {
      const { turns } = store();
      const { conversation, timer } = await set(noon);
      const fired = await together(6, () => turns.fireTimer(timer, firing(conversation, timer)));
      expect(fired.filter(Boolean)).toHaveLength(1);
      expect(await pendingIn(turns, conversation)).toEqual(["timer:csat:1"]);
      expect(await turns.dueTimers(noon, 10)).toEqual([]);
      expect(await turns.fireTimer(timer, firing(conversation, timer))).toBe(false);
    });

    it("that was moved meanwhile does not fire; its new setting does", async () => {
      const { turns } = store();
      const { conversation, timer } = await set(noon);
      await turns.commitTurn(
        turn(conversation, {
          timers: [
            { name: "csat", dueAt: noon + 50 },
            { name: "promise", dueAt: noon + 60 },
          ],
        }),
      );
      expect(await turns.fireTimer(timer, firing(conversation, timer))).toBe(false);
      expect(await pendingIn(turns, conversation)).toEqual([]);
      const due = await turns.dueTimers(noon + 99, 10);
      expect(due).toEqual([
        { ...timer, generation: 2, dueAt: noon + 50 },
        { ...timer, name: "promise", generation: 2, dueAt: noon + 60 },
      ]);
      for (const moved of due) expect(await turns.fireTimer(moved, firing(conversation, moved))).toBe(true);
    });

    it("that was cancelled meanwhile does not fire", async () => {
      const { turns } = store();
      const { conversation, timer } = await set(noon);
      await turns.commitTurn(
        turn(conversation, {
          timers: [
            { name: "csat", cancel: true },
            { name: "never set", cancel: true },
          ],
        }),
      );
      expect(await turns.fireTimer(timer, firing(conversation, timer))).toBe(false);
      expect(await turns.dueTimers(noon + 99, 10)).toEqual([]);
    });
  });

  describe("the gauges", () => {
    it("tell what waits and for how long", async () => {
      const { turns } = store();
      const empty = {
        intakePending: 0,
        intakeOldestMs: 0,
        intakeSetAside: 0,
        outboxDue: 0,
        outboxOldestMs: 0,
        outboxUnknown: 0,
        outboxFailed: 0,
        timers: 0,
      };
      expect(await turns.depths(noon)).toEqual(empty);
      const { conversation, ids } = await conversationWith(["a", "b", "c", "d"]);
      const [unknown = "", failed = "", sending = ""] = ids;
      await turns.settle(conversation.id, unknown, { status: "unknown", reason: "?" }, noon);
      await turns.settle(conversation.id, failed, { status: "failed", reason: "!" }, noon);
      await turns.markSending(sending);
      for (const [i, externalId] of ["old", "new", "poison"].entries())
        await turns.accept(arrival(conversation, { externalId, receivedAt: noon + i }));
      await turns.setAside(conversation.id, ["poison"], "x");
      await turns.commitTurn(
        turn(await reread(turns, conversation), { timers: [{ name: "csat", dueAt: noon }] }),
      );
      expect(await turns.depths(noon + 500)).toEqual({
        intakePending: 2,
        intakeOldestMs: 500,
        intakeSetAside: 1,
        outboxDue: 2,
        outboxOldestMs: 500,
        outboxUnknown: 1,
        outboxFailed: 1,
        timers: 1,
      });
      // The machine's clock was set back: an age is never negative.
      expect(await turns.depths(noon - 500)).toMatchObject({ intakeOldestMs: 0, outboxOldestMs: 0 });
    });

    it("find that the store can write, without leaving anything behind", async () => {
      await expect(store().turns.probe()).resolves.toBeUndefined();
      expect(await store().turns.depths(noon)).toMatchObject({ intakePending: 0 });
    });
  });
}
