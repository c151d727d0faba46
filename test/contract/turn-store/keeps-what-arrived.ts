import { describe, expect, it } from "@jest/globals";
import { newId } from "../../../src/basics/ids.ts";
import type { Store } from "../../../src/store/store.ts";
import { addressOf, arrival, noon, open, pendingIn, reread, said, together, turn } from "./samples.ts";

/** Conversations, intake and the transcript of what customers wrote. */
export function keepsWhatArrived(store: () => Store): void {
  describe("conversations", () => {
    it("are opened once for each address, also when two customers' requests race", async () => {
      const address = addressOf("thread-1");
      const opened = await together(8, () => open(store().turns, address));
      expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
      expect(opened[0]).toMatchObject({
        address,
        version: 0,
        contact: "contact of thread-1",
        lastHandledSentAt: 0,
      });
      expect(await store().turns.findConversation(address)).toEqual(opened[0]);
    });

    it("are told apart by channel, account and thread", async () => {
      const addresses = [
        addressOf("a"),
        addressOf("b"),
        addressOf("a", "sms"),
        addressOf("a", "webchat", "other shop"),
      ];
      const opened = await Promise.all(addresses.map((address) => open(store().turns, address)));
      expect(new Set(opened.map(({ id }) => id)).size).toBe(4);
      expect(await store().turns.findConversation(addressOf("c"))).toBeUndefined();
      expect(await store().turns.getConversation(newId())).toBeUndefined();
      expect(await store().turns.takeUp(newId())).toBeUndefined();
    });
  });

  describe("what arrives", () => {
    it("is taken up in the order of arrival, with the snapshot", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      for (const word of ["one", "two", "three"]) {
        await turns.accept(
          arrival(conversation, { externalId: word, activity: said(word, noon + 5), receivedAt: noon + 7 }),
        );
      }
      const taken = await turns.takeUp(conversation.id);
      expect(taken?.conversation).toEqual(conversation);
      expect(taken?.pending.map(({ activity }) => activity)).toEqual(
        ["one", "two", "three"].map((word) => said(word, noon + 5)),
      );
      expect(taken?.pending[0]).toMatchObject({ externalId: "one", receivedAt: noon + 7, attempts: 0 });
    });

    it("is kept in that order when it arrives all at once", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      const words = Array.from({ length: 20 }, (_, i) => `w${i}`);
      await Promise.all(words.map((externalId) => turns.accept(arrival(conversation, { externalId }))));
      expect(await pendingIn(turns, conversation)).toEqual(words);
    });

    it("is kept once however often it is delivered, and the first delivery's id is given back", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      const deliveries = Array.from({ length: 6 }, () =>
        arrival(conversation, { externalId: "same", transcript: { body: "hello" } }),
      );
      const answers = await Promise.all(deliveries.map((delivery) => turns.accept(delivery)));
      const first = answers.filter(({ duplicate }) => !duplicate);
      expect(first).toHaveLength(1);
      expect(first[0]?.transcriptSeq).toBe(1);
      expect(new Set(answers.map(({ id }) => id))).toEqual(new Set([first[0]?.id]));
      expect(answers.filter(({ transcriptSeq }) => transcriptSeq !== undefined)).toHaveLength(1);
      expect(await pendingIn(turns, conversation)).toEqual(["same"]);
    });

    it("is a duplicate also after it was handled", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      const first = await turns.accept(arrival(conversation, { externalId: "m1" }));
      await turns.commitTurn(turn(conversation, { handled: ["m1"] }));
      expect(await turns.accept(arrival(conversation, { externalId: "m1" }))).toEqual({
        duplicate: true,
        id: first.id,
      });
      expect(await pendingIn(turns, conversation)).toEqual([]);
    });

    it("is a duplicate also after it was set aside", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      const first = await turns.accept(arrival(conversation, { externalId: "m1" }));
      await turns.setAside(conversation.id, ["m1"], "it always throws");
      expect(await turns.accept(arrival(conversation, { externalId: "m1" }))).toEqual({
        duplicate: true,
        id: first.id,
      });
      expect(await pendingIn(turns, conversation)).toEqual([]);
    });

    it("may carry the same id in two conversations", async () => {
      const { turns } = store();
      const [one, other] = [await open(turns), await open(turns)];
      expect((await turns.accept(arrival(one, { externalId: "1" }))).duplicate).toBe(false);
      expect((await turns.accept(arrival(other, { externalId: "1" }))).duplicate).toBe(false);
    });

    it("never touches the conversation's version", async () => {
      const { turns } = store();
      const conversation = await open(turns);
      await turns.accept(arrival(conversation));
      expect((await reread(turns, conversation)).version).toBe(0);
    });

    it("names the conversations that wait, the longest waiting first, no more than asked", async () => {
      const { turns } = store();
      const conversations = [await open(turns), await open(turns), await open(turns)];
      for (const conversation of [...conversations].reverse())
        await turns.accept(arrival(conversation, { externalId: "m" }));
      const [third, second, first] = conversations;
      expect(await turns.conversationsWithPending(10)).toEqual([first?.id, second?.id, third?.id]);
      expect(await turns.conversationsWithPending(2)).toEqual([first?.id, second?.id]);
      if (first !== undefined) await turns.commitTurn(turn(first, { handled: ["m"] }));
      expect(await turns.conversationsWithPending(10)).toEqual([second?.id, third?.id]);
    });
  });

  describe("the transcript", () => {
    it("counts up by one without holes when customers and we write at once", async () => {
      const { turns, db } = store();
      const conversation = await open(turns);
      const { outbox } = await rowsToDeliver(store(), conversation, 10);
      const [accepted, settled] = await Promise.all([
        together(20, (i) =>
          turns.accept(arrival(conversation, { transcript: { body: { text: `customer ${i}` } } })),
        ),
        Promise.all(
          outbox.map((id) =>
            turns.settle(
              conversation.id,
              id,
              { status: "delivered", transcript: { body: { text: "us" } } },
              noon,
            ),
          ),
        ),
      ]);
      const told = [...accepted, ...settled]
        .map(({ transcriptSeq }) => transcriptSeq ?? 0)
        .sort((a, b) => a - b);
      expect(told).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
      const kept = await db
        .selectFrom("transcript")
        .select(["seq", "source_id", "body"])
        .where("conversation_id", "=", conversation.id)
        .orderBy("seq")
        .execute();
      expect(kept.map(({ seq }) => seq)).toEqual(told);
      for (const { id, transcriptSeq } of accepted)
        expect(kept.find(({ seq }) => seq === transcriptSeq)?.source_id).toBe(id);
    });

    it("is counted for each conversation by itself", async () => {
      const { turns } = store();
      const [one, other] = [await open(turns), await open(turns)];
      expect((await turns.accept(arrival(one, { transcript: { body: 1 } }))).transcriptSeq).toBe(1);
      expect((await turns.accept(arrival(other, { transcript: { body: 1 } }))).transcriptSeq).toBe(1);
      expect((await turns.accept(arrival(one, { transcript: { body: 2 } }))).transcriptSeq).toBe(2);
    });
  });
}

/** Commits one turn with n replies; gives back their ids. */
async function rowsToDeliver(
  store: Store,
  conversation: Awaited<ReturnType<typeof open>>,
  n: number,
): Promise<{ outbox: string[] }> {
  const commit = turn(conversation, {
    outbox: Array.from({ length: n }, (_, i) => ({
      id: newId(),
      n: i,
      body: { type: "reply", reply: { text: `r${i}` }, replyTo: null },
      notBefore: 0,
    })),
  });
  await store.turns.commitTurn(commit);
  return { outbox: commit.outbox.map(({ id }) => id) };
}
