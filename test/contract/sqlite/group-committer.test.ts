import { describe, expect, it } from "@jest/globals";
import { arrival, open, pendingIn, together, turn } from "../turn-store/samples.ts";
import { scratch } from "./scratch.ts";

const { open: openStore, close } = scratch();

describe("group commit", () => {
  it("makes everything that asks in one turn of the event loop durable together", async () => {
    const flushes: number[] = [];
    const { turns } = await openStore("", { onFlush: (units) => void flushes.push(units) });
    const conversations = await together(50, () => open(turns));
    await Promise.all(
      conversations.map((conversation) => turns.accept(arrival(conversation, { externalId: "m" }))),
    );
    await Promise.all(
      conversations.map((conversation) => turns.commitTurn(turn(conversation, { handled: ["m"] }))),
    );
    expect(flushes).toEqual([50, 50, 50]);
  });

  it("tells each caller its own end, in the order in which they asked", async () => {
    const { turns } = await openStore();
    const conversation = await open(turns);
    const ends: string[] = [];
    const note = (end: string) => () => void ends.push(end);
    await Promise.all([
      turns.accept(arrival(conversation, { externalId: "a" })).then(note("a")),
      turns
        .commitTurn(turn(conversation, { handled: ["not there"] }))
        .then(({ committed }) => note(`committed ${committed}`)()),
      turns.accept(arrival(conversation, { externalId: "b" })).then(note("b")),
    ]);
    expect([...ends].sort()).toEqual(["a", "b", "committed false"]);
    expect(await pendingIn(turns, conversation)).toEqual(["a", "b"]);
  });

  it("writes what still waits when the store closes, and refuses what comes later", async () => {
    const store = await openStore();
    const conversation = await open(store.turns);
    const last = store.turns.accept(arrival(conversation, { externalId: "last" }));
    await close(store);
    expect(await last).toMatchObject({ duplicate: false });
    await expect(store.turns.accept(arrival(conversation))).rejects.toMatchObject({ code: "store.refused" });
    const { turns } = await openStore();
    expect(await pendingIn(turns, conversation)).toEqual(["last"]);
  });
});
