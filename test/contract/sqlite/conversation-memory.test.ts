import { describe, expect, it } from "@jest/globals";
import Sqlite from "better-sqlite3";
import type { TurnStore } from "../../../src/turn/ports.ts";
import { arrival, open, pendingIn, reply, reread, said, together, turn } from "../turn-store/samples.ts";
import { scratch } from "./scratch.ts";

const { open: openStore, close, path } = scratch();

/** A message and its turn as the engine hands them over: both before either is durable. */
async function messageWithTurn(turns: TurnStore, conversationId: string, externalId: string, text = "hello") {
  const conversation = await turns.getConversation(conversationId);
  if (conversation === undefined) throw new TypeError("no such conversation");
  const transcript = { body: { text } };
  const ends = [
    turns.accept(arrival(conversation, { externalId, activity: said(text), transcript })),
    turns.commitTurn(
      turn(conversation, {
        handled: [externalId],
        outbox: [
          { id: `${conversationId}.${externalId}`, n: 0, body: reply(text), notBefore: 0, transcript },
        ],
      }),
    ),
  ];
  return Promise.allSettled(ends);
}

describe("a message with its turn", () => {
  it("is one group commit, reply included", async () => {
    const flushes: number[] = [];
    const { turns } = await openStore("", { onFlush: (units) => void flushes.push(units) });
    const { id } = await open(turns);
    expect(await messageWithTurn(turns, id, "m")).toMatchObject([
      { value: { duplicate: false, transcriptSeq: 1 } },
      { value: { committed: true, delivered: [{ seq: 2 }] } },
    ]);
    expect(flushes).toEqual([1, 2]);
  });

  it("is refused with it by a full disk, and both are good when there is room", async () => {
    const { turns } = await openStore("?max_page_count=80");
    const conversation = await open(turns);
    await turns.takeUp(conversation.id);
    const refused = { status: "rejected", reason: { code: "store.refused" } };
    const ends = await messageWithTurn(turns, conversation.id, "long", "x".repeat(400_000));
    expect(ends).toMatchObject([refused, refused]);
    expect(await turns.takeUp(conversation.id)).toEqual({ conversation, pending: [] });
    expect(await messageWithTurn(turns, conversation.id, "short")).toMatchObject([
      { value: { transcriptSeq: 1 } },
      { value: { delivered: [{ seq: 2 }] } },
    ]);
    expect((await reread(turns, conversation)).version).toBe(1);
  });

  it("is refused with it while another program holds the lock, and nothing of it is remembered", async () => {
    const { turns } = await openStore();
    const conversation = await open(turns);
    await messageWithTurn(turns, conversation.id, "before");
    const other = new Sqlite(path("shop.db"));
    try {
      other.exec("begin immediate");
      const refused = { status: "rejected", reason: { code: "store.refused" } };
      expect(await messageWithTurn(turns, conversation.id, "during")).toMatchObject([refused, refused]);
      expect(await pendingIn(turns, conversation)).toEqual([]);
      expect((await reread(turns, conversation)).version).toBe(1);
    } finally {
      other.close();
    }
    expect(await messageWithTurn(turns, conversation.id, "after")).toMatchObject([
      { value: { transcriptSeq: 3 } },
      { value: { delivered: [{ seq: 4 }] } },
    ]);
  });

  it("is found as it stood by the next start", async () => {
    const store = await openStore();
    const conversation = await open(store.turns);
    await messageWithTurn(store.turns, conversation.id, "m");
    await store.turns.accept(arrival(conversation, { externalId: "left" }));
    const before = await store.turns.takeUp(conversation.id);
    await close(store);
    const { turns } = await openStore();
    expect(await turns.takeUp(conversation.id)).toEqual(before);
    expect(await pendingIn(turns, conversation)).toEqual(["left"]);
  });
});

describe("more conversations than are remembered", () => {
  it("are served all the same, each as it stands", async () => {
    const { turns } = await openStore();
    const conversations = await together(2_100, () => open(turns));
    for (const externalId of ["one", "two"]) {
      const ends = await Promise.all(conversations.map(({ id }) => messageWithTurn(turns, id, externalId)));
      for (const [, committed] of ends) expect(committed).toMatchObject({ value: { committed: true } });
    }
    for (const conversation of [conversations[0], conversations[1_000], conversations[2_099]]) {
      if (conversation === undefined) throw new TypeError("no such conversation");
      expect((await reread(turns, conversation)).version).toBe(2);
      await turns.accept(arrival(conversation, { externalId: "three" }));
      expect(await pendingIn(turns, conversation)).toEqual(["three"]);
    }
  });
});

describe("a conversation asked for by its address", () => {
  it("is as its last turn left it, whether the database was asked or not", async () => {
    const store = await openStore();
    const { turns } = store;
    const { id, address } = await open(turns);
    await turns.takeUp(id);
    expect(await turns.findConversation(address)).toEqual(await turns.getConversation(id));
    await messageWithTurn(turns, id, "m");
    const found = await turns.findConversation(address);
    expect(found?.version).toBe(1);
    expect(found).toEqual(await turns.getConversation(id));
    expect(await turns.findConversation({ ...address, account: "another" })).toBeUndefined();
    await close(store);
    expect(await (await openStore()).turns.findConversation(address)).toEqual(found);
  });
});
