import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { openStore, type Store } from "../../src/store/open-store.ts";
import { KumustaError } from "../../src/basics/errors.ts";
import { eraseAgain, erasePerson } from "../../src/store/privacy/erase-person.ts";
import { ErasureLedger } from "../../src/store/privacy/erasure-ledger.ts";
import { Retention, type RetentionTimes } from "../../src/store/privacy/retention.ts";
import { onEachEngine } from "./each-engine.ts";
import { everyRow, everything, tablesWith, talk, type Talker } from "./privacy/talk.ts";
import { arrival, noon, reread, turn } from "./turn-store/samples.ts";

const never: RetentionTimes = {
  ...{ intake: undefined, outbox: undefined, uploads: undefined },
  ...{ transcript: undefined, text: undefined, contacts: undefined },
};
const dayMs = 86_400_000;
const ana: Talker = {
  channel: "webchat",
  address: "w1",
  contact: "shopper:ana",
  words: "Ana says her parcel is lost",
  phone: "0917-123-4567",
};

onEachEngine("retention", (fresh) => {
  let store: Store;
  let folder = "";
  let removed: Record<string, number> = {};
  let forgotten: string[] = [];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "kumusta-retention-"));
    store = await openStore(await fresh());
    removed = {};
    forgotten = [];
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Turn ids tell the time at which they were made: the real one. What is kept counts from `noon` in this test. */
  const ofIds = () => Date.now();
  const removeAt = async (days: RetentionTimes, now: number, from = store) => {
    const failures: unknown[] = [];
    const retention = new Retention({
      ...{ store: from, days, ledger: new ErasureLedger(folder), clock: { now: () => now } },
      onRemoved: (what, n) => {
        removed[what] = (removed[what] ?? 0) + n;
      },
      onErased: (ids) => forgotten.push(...ids),
      onFailed: (thrown) => failures.push(thrown),
    });
    await retention.removeDue();
    expect(failures).toEqual([]);
  };
  /** A customer whose last message is answered: nothing of theirs waits. */
  const talked = async (who: Talker, times?: number) => {
    const conversation = await talk(store, who, times);
    await store.turns.commitTurn(turn(await reread(store.turns, conversation), { handled: ["waiting"] }));
    return conversation;
  };
  /** The store, with a customer who writes right after their conversation was found to be silent: by this look. */
  const writingMeanwhile = (looks: number, write: () => Promise<unknown>): Store => {
    let looked = 0;
    return {
      ...store,
      driver: {
        read: (script) => store.driver.read(script),
        readApart: async (script) => {
          const answer = await store.driver.readApart(script);
          if (++looked === looks) await write();
          return answer;
        },
        commit: (script) => store.driver.commit(script),
      },
    };
  };
  const rowsOf = async () =>
    Object.fromEntries([...(await everyRow(store))].map(([table, rows]) => [table, rows.length]));

  it("removes what came in and what went out when their days are over, and not a day before", async () => {
    const conversation = await talk(store, ana, 40);
    const days = { ...never, intake: 30, outbox: 30 };
    await removeAt(days, ofIds() + 29 * dayMs);
    expect(await rowsOf()).toMatchObject({ intake: 41, outbox: 80 });
    await removeAt(days, ofIds() + 31 * dayMs);
    // The message that waits to be handled and the replies that wait to leave are not touched.
    expect(await rowsOf()).toMatchObject({ intake: 1, outbox: 40, turns: 40, transcript: 40 });
    expect((await store.turns.takeUp(conversation.id))?.pending).toHaveLength(1);
    expect(removed).toEqual({ intake: 40, outbox: 40 });
  });

  it("removes the words of old turns and leaves what is counted", async () => {
    const conversation = await talked(ana, 35);
    const columns = () =>
      store.db
        .selectFrom("turns")
        .select(["id", "seq", "at", "kind", "stage", "intent", "outcome"])
        .orderBy("id")
        .execute();
    const before = await columns();
    const days = { ...never, text: 365 };
    await removeAt(days, ofIds() + 364 * dayMs);
    expect((await everything(store)).get("turns")).toContain(ana.words);
    await removeAt(days, ofIds() + 366 * dayMs);
    const after = await everything(store);
    expect(after.get("turns")).not.toContain(ana.words);
    expect(after.get("conversations")).not.toContain(ana.words);
    expect(after.get("conversations")).not.toContain(ana.phone);
    expect(after.get("cases")).not.toContain(ana.words);
    expect(await columns()).toEqual(before);
    expect(removed).toEqual({ text: 36, values: 1 });
    // What was remembered of the conversation is read again.
    expect((await reread(store.turns, conversation)).state.remembered).toBeUndefined();
    expect((await reread(store.turns, conversation)).contact).toBe(ana.contact);
  });

  it("removes files by their own age, and a web chat's history after so much silence", async () => {
    const conversation = await talked(ana);
    const days = { ...never, uploads: 90, transcript: 180 };
    await removeAt(days, noon + 89 * dayMs);
    expect(await rowsOf()).toMatchObject({ uploads: 1, transcript: 3 });
    await removeAt(days, noon + 91 * dayMs);
    expect(await rowsOf()).toMatchObject({ uploads: 0, upload_pieces: 0, transcript: 3 });
    // They write again: the days of silence begin anew.
    await store.turns.commitTurn(turn(await reread(store.turns, conversation), { at: noon + 100 * dayMs }));
    await removeAt(days, noon + 181 * dayMs);
    expect(await rowsOf()).toMatchObject({ transcript: 3 });
    await removeAt(days, noon + 281 * dayMs);
    expect(await rowsOf()).toMatchObject({ transcript: 0 });
  });

  it("erases a customer after so much silence in all of their conversations, and no other", async () => {
    const first = await talked(ana);
    const second = await talked({ ...ana, address: "w2" });
    const other = await talked({ ...ana, address: "w3", contact: "shopper:ben" });
    await store.turns.commitTurn(turn(await reread(store.turns, second), { at: noon + 10 * dayMs }));
    const days = { ...never, contacts: 730 };
    await removeAt(days, noon + 731 * dayMs);
    expect((await reread(store.turns, first)).contact).toBe("shopper:ana");
    expect((await reread(store.turns, other)).contact).toBe("");
    expect(forgotten).toEqual([other.id]);
    expect(readFileSync(join(folder, "erasures.jsonl"), "utf8")).toContain(other.id);
    await removeAt(days, noon + 741 * dayMs);
    expect((await reread(store.turns, first)).contact).toBe("");
    expect(await tablesWith(store, [ana.words, ana.phone, ana.contact])).toEqual([]);
    expect(removed).toEqual({ contacts: 3 });
  });

  it("forgets nobody whose message waits to be handled, however long they were silent before", async () => {
    const conversation = await talked(ana);
    const second = await talked({ ...ana, address: "w2" });
    await store.turns.accept(arrival(second, { externalId: "back" }));
    await removeAt({ ...never, transcript: 180, text: 365, contacts: 730 }, noon + 731 * dayMs);
    expect((await store.turns.takeUp(second.id))?.pending.map(({ externalId }) => externalId)).toEqual([
      "back",
    ]);
    // The other conversation's values go; both are still the customer's own.
    expect((await reread(store.turns, second)).vault).toEqual({ "‹phone:1›": ana.phone });
    expect((await reread(store.turns, conversation)).vault).toEqual({});
    expect((await reread(store.turns, conversation)).contact).toBe(ana.contact);
    expect(removed).toMatchObject({ transcript: 3, values: 1 });
    expect(removed["contacts"]).toBeUndefined();
    expect(existsSync(join(folder, "erasures.jsonl"))).toBe(false);
  });

  it.each([
    ["transcript", 1],
    // The turns are looked at before.
    ["text", 2],
    ["contacts", 1],
  ] as const)("takes nothing by %s from who writes at that very moment", async (purpose, looks) => {
    const conversation = await talked(ana);
    const line = { body: { type: "message", text: "Hello again" } };
    const busy = writingMeanwhile(looks, () =>
      store.turns.accept(arrival(conversation, { externalId: "back", transcript: line })),
    );
    await removeAt({ ...never, [purpose]: 10 }, noon + 11 * dayMs, busy);
    expect((await store.turns.takeUp(conversation.id))?.pending).toHaveLength(1);
    expect((await reread(store.turns, conversation)).contact).toBe(ana.contact);
    expect((await reread(store.turns, conversation)).vault).toEqual({ "‹phone:1›": ana.phone });
    expect(await rowsOf()).toMatchObject({ transcript: 4 });
    expect(removed[purpose === "text" ? "values" : purpose]).toBeUndefined();
  });

  /** The store, which refuses to write after so many commits. */
  const fullAfter = (commits: number): Store => {
    let left = commits;
    return {
      ...store,
      driver: {
        read: (script) => store.driver.read(script),
        readApart: (script) => store.driver.readApart(script),
        commit: (script) =>
          left-- > 0 ? store.driver.commit(script) : Promise.reject(new KumustaError("store.refused")),
      },
    };
  };

  it("finishes by itself an erasure that the database refused in its middle", async () => {
    const conversation = await talked(ana, 30);
    const asked = { store: fullAfter(3), ledger: new ErasureLedger(folder), clock: { now: () => noon } };
    await expect(erasePerson(asked, ana.contact, "Dina")).rejects.toThrow(KumustaError);
    await removeAt(never, noon + 60_000);
    // It may still be in somebody's hands.
    expect(await tablesWith(store, [ana.words])).not.toEqual([]);
    await removeAt(never, noon + 3_600_000);
    expect(await tablesWith(store, [ana.words, ana.phone, ana.contact])).toEqual([]);
    expect(forgotten).toEqual([conversation.id]);
  });

  it("finishes at the next start what it had begun to erase", async () => {
    const conversation = await talked(ana, 30);
    const dying = fullAfter(3);
    const noLedger = { add: () => undefined, conversations: () => [] };
    const clock = { now: () => noon };
    const retention = new Retention({
      ...{ store: dying, days: { ...never, contacts: 730 }, clock: { now: () => noon + 731 * dayMs } },
      ...{ ledger: noLedger, onRemoved: () => undefined, onErased: () => undefined },
      onFailed: () => undefined,
    });
    await retention.removeDue();
    expect(await tablesWith(store, [ana.words])).not.toEqual([]);
    // Killed before its ledger was written: the database itself knows that it was begun.
    expect(await eraseAgain({ store, ledger: noLedger, clock })).toBe(1);
    expect(await tablesWith(store, [ana.words, ana.phone, ana.contact])).toEqual([]);
    expect((await reread(store.turns, conversation)).contact).toBe("");
  });

  it("sees to many silent conversations, slice by slice, each once", async () => {
    for (let n = 0; n < 23; n++)
      await talked({ ...ana, address: `w${String(n)}`, contact: `shopper:${String(n)}` }, 1);
    await removeAt({ ...never, transcript: 180 }, noon + 181 * dayMs);
    expect(removed).toEqual({ transcript: 23 });
    expect(await rowsOf()).toMatchObject({ transcript: 0, conversations: 23 });
  });

  it("removes what no turn ever handled, too", async () => {
    const conversation = await talk(store, ana, 1);
    await store.turns.accept(arrival(conversation, { externalId: "poison" }));
    await store.turns.setAside(conversation.id, ["poison"], "it made its turn throw");
    await removeAt({ ...never, intake: 30 }, noon + 29 * dayMs);
    expect(await rowsOf()).toMatchObject({ intake: 3 });
    await removeAt({ ...never, intake: 30 }, noon + 31 * dayMs);
    expect((await everything(store)).get("intake")).not.toContain("poison");
  });

  it("removes nothing where it is told never", async () => {
    await talk(store, ana);
    const before = await rowsOf();
    await removeAt(never, ofIds() + 10_000 * dayMs);
    expect(await rowsOf()).toEqual(before);
    expect(removed).toEqual({});
  });
});
