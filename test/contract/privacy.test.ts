import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { KumustaError } from "../../src/basics/errors.ts";
import { newId } from "../../src/basics/ids.ts";
import { newConversation } from "../../src/conversation/state.ts";
import { checkCounts } from "../../src/store/check-counts.ts";
import { openStore, type Store } from "../../src/store/open-store.ts";
import { eraseAgain, erasePerson } from "../../src/store/privacy/erase-person.ts";
import { Eraser } from "../../src/store/privacy/eraser.ts";
import { ErasureLedger } from "../../src/store/privacy/erasure-ledger.ts";
import { namedPerson } from "../../src/store/privacy/named-person.ts";
import { PersonFiles } from "../../src/store/privacy/person-files.ts";
import { PersonFinder } from "../../src/store/privacy/person-finder.ts";
import { businessDays } from "../../src/turn/counting/business-day.ts";
import type { OutboxBody } from "../../src/turn/ports.ts";
import { onEachEngine } from "./each-engine.ts";
import { everything, tablesWith, talk, type Talker } from "./privacy/talk.ts";
import { arrival, noon, reply, reread, said, turn } from "./turn-store/samples.ts";

const ana: Talker = {
  channel: "sms",
  address: "+639171234567",
  contact: "sms:+639171234567",
  words: "Ana says her parcel is lost",
  phone: "0917-123-4567",
};
const ben: Talker = {
  channel: "messenger",
  address: "2002",
  contact: "messenger:2002",
  words: "Ben wants a refund",
  phone: "0918 765 4321",
};
const ofAna = [ana.address, ana.words, ana.phone, "user of +639171234567", "hash of +639171234567"];
const ofBen = [ben.words, ben.phone, ben.contact];
const clock = { now: () => noon + 5 };

onEachEngine("a person's data", (fresh, engine) => {
  let url = "";
  let store: Store;
  let folder = "";
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "kumusta-privacy-"));
    url = await fresh();
    store = await openStore(url);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const ledger = () => new ErasureLedger(folder);
  const erase = (contact: string) => erasePerson({ store, ledger: ledger(), clock }, contact, "Dina");
  const finder = () => new PersonFinder(store.db, store.driver);
  const countAll = async () => {
    while ((await store.counting.count(businessDays("Asia/Manila"), 100)) > 0);
  };

  it.each(["0917 123 4567", "+63 917 123 4567", "sms:+639171234567", "sms:09171234567", "639171234567"])(
    "is found by their number as %s",
    async (written) => {
      const conversation = await talk(store, ana);
      await talk(store, ben);
      const found = await finder().conversations(namedPerson(written));
      expect(found.map(({ id }) => id)).toEqual([conversation.id]);
      expect(await finder().held(conversation.id)).toMatchObject({
        ...{ turns: 3, messages: 4, waiting: 1, replies: 6, transcriptLines: 3 },
        ...{ uploads: 1, cases: 1, openCases: 1, vault: { phone: 1 } },
      });
    },
  );

  it("is found by a conversation, a case, or a channel's bare id, with their other conversations", async () => {
    const first = await talk(store, ben);
    const second = await talk(store, { ...ben, channel: "webchat", address: "w1" });
    const [{ ref } = { ref: "" }] = await store.db
      .selectFrom("cases")
      .select("ref")
      .where("conversation_id", "=", first.id)
      .execute();
    for (const written of ["2002", "messenger:2002", first.id, second.id, ref, "w1"]) {
      const found = await finder().conversations(namedPerson(written));
      expect(found.map(({ id }) => id)).toEqual([first.id, second.id]);
    }
    expect(await finder().conversations(namedPerson("2003"))).toEqual([]);
  });

  it("is found where somebody else gave it, and told apart from their own", async () => {
    await talk(store, ana);
    const other = await talk(store, { ...ben, phone: "+63 (917) 1234567" });
    const given = await finder().givenIn(namedPerson("09171234567"));
    expect(given.map(({ conversation, values }) => [conversation.contact, values])).toEqual([
      [ana.contact, ["‹phone:1›"]],
      [ben.contact, ["‹phone:1›"]],
    ]);
    expect(given[1]?.conversation.id).toBe(other.id);
  });

  it("is given to them in the clear, with their files", async () => {
    await talk(store, ana);
    const [found] = await finder().conversations(namedPerson(ana.contact));
    if (found === undefined) throw new TypeError("Nobody found");
    const written = new Map<string, string>();
    await new PersonFiles(store.db, store.driver).write(found, "one", (name, content) => {
      written.set(name, Buffer.from(content).toString());
    });
    expect([...written.keys()]).toEqual(["one.json", "one-file-1-Ana-says-her-parcel-is-lost.txt"]);
    const document = written.get("one.json") ?? "";
    expect(document).toContain(`${ana.words}, call ${ana.phone}`);
    expect(document).not.toContain("call ‹phone:1›");
    expect(written.get("one-file-1-Ana-says-her-parcel-is-lost.txt")).toMatch(/^file: Ana says/u);
  });

  it("is gone from every table when they are erased, and nobody else's is", async () => {
    await talk(store, ana);
    await talk(store, ben);
    expect((await tablesWith(store, ofAna)).length).toBeGreaterThan(8);
    const receipt = await erase("0917 123 4567");
    expect(await tablesWith(store, ofAna)).toEqual([]);
    expect((await tablesWith(store, ofBen)).length).toBeGreaterThan(6);
    expect(receipt.removed).toEqual({
      ...{ conversations: 1, turns: 3, messages: 4, waiting: 1, replies: 6, transcriptLines: 3 },
      ...{ uploads: 1, vaultValues: 1, timers: 1, sessions: 1, cases: 1, casesClosed: 1 },
    });
    expect(receipt.by).toBe("Dina");
    expect(receipt.digest).toBe(createHash("sha256").update(`${receipt.salt}0917 123 4567`).digest("hex"));
    // Of the number more than three digits: those stand in every thirtieth receipt by chance, in a digest or an id.
    const kept = JSON.stringify(receipt) + readFileSync(join(folder, "erasures.jsonl"), "utf8");
    expect(kept).not.toMatch(/917 ?123/u);
  });

  it("leaves what is counted as it was: figures do not change, also when all is counted anew", async () => {
    await talk(store, ana);
    await talk(store, ben);
    await countAll();
    const figures = async () => {
      const all = await everything(store);
      const cases = await store.db
        .selectFrom("cases")
        .select(["kind", "stage", "intent", "opened_at"])
        .execute();
      const turns = await store.db
        .selectFrom("turns")
        .select(["id", "seq", "at", "kind", "stage", "intent", "outcome"])
        .orderBy("id")
        .execute();
      return { rollups: all.get("rollups"), cases, turns };
    };
    const before = await figures();
    const named = await store.db.selectFrom("concerns").select("contact_id").orderBy("visit_id").execute();
    await erase(ana.contact);
    expect(await figures()).toEqual(before);
    const now = await store.db.selectFrom("concerns").select("contact_id").orderBy("visit_id").execute();
    expect(now).toHaveLength(named.length);
    expect(now.filter(({ contact_id: id }) => named.some((old) => old.contact_id === id))).toHaveLength(1);
    const scratch = await openStore(`file:${join(folder, "scratch.db")}`);
    try {
      const check = await checkCounts(store, scratch, businessDays("Asia/Manila"));
      expect(check).toMatchObject({ turns: 6, concerns: 2, differences: 0, examples: [] });
    } finally {
      await scratch.close();
    }
  });

  it("a conversation of theirs that is not erased with another keeps its name in what is counted", async () => {
    const first = await talk(store, ana);
    const second = await talk(store, { ...ana, address: "+639171234568" });
    expect(second.contactId).toBe(first.contactId);
    await countAll();
    await new Eraser(store, clock).erase([first.id]);
    const scratch = await openStore(`file:${join(folder, "scratch.db")}`);
    try {
      const check = await checkCounts(store, scratch, businessDays("Asia/Manila"));
      expect(check).toMatchObject({ turns: 6, concerns: 2, differences: 0, examples: [] });
    } finally {
      await scratch.close();
    }
  });

  it("a turn in hand when they are erased is not committed", async () => {
    const conversation = await talk(store, ana);
    const inHand = turn(conversation, { handled: ["waiting"] });
    const withoutMessage = turn(conversation);
    await erase(ana.contact);
    expect(await store.turns.commitTurn(inHand)).toEqual({ committed: false, reason: "conflict" });
    expect(await store.turns.commitTurn(withoutMessage)).toEqual({ committed: false, reason: "conflict" });
    expect(await tablesWith(store, ofAna)).toEqual([]);
  });

  it("a reply on its way when they are erased leaves no trace when it has arrived", async () => {
    const conversation = await talk(store, ana);
    const [row] = await store.turns.unsettledOutbox(conversation.id);
    await erase(ana.contact);
    await store.turns.settle(
      conversation.id,
      row?.id ?? "",
      { status: "delivered", providerId: "p", transcript: { body: { text: ana.words } } },
      noon,
    );
    expect(await store.turns.unsettledOutbox(conversation.id)).toEqual([]);
    expect(await tablesWith(store, ofAna)).toEqual([]);
  });

  it("an action behind replies that could not leave goes with them", async () => {
    const conversation = await talk(store, ana);
    const standing = await reread(store.turns, conversation);
    const made = turn(standing);
    const rowOf = (n: number, body: OutboxBody) => ({
      id: `${made.turn.id}.${String(n)}`,
      n,
      body,
      notBefore: 0,
    });
    const asked = { action: "order.find", needs: "anonymous" as const, input: { name: ana.words } };
    const outbox = [
      ...Array.from({ length: 9 }, (_, n) => rowOf(n, reply(ana.words))),
      rowOf(9, { type: "action", request: asked }),
    ];
    await store.turns.commitTurn({ ...made, outbox });
    for (const n of [0, 1, 2, 9])
      await store.turns.settle(
        conversation.id,
        `${made.turn.id}.${String(n)}`,
        { status: "delivered" },
        noon,
      );
    await erase(ana.contact);
    expect(await tablesWith(store, ofAna)).toEqual([]);
  });

  if (engine === "sqlite")
    it("counted in the moment of their erasure, they are one person in what is counted", async () => {
      const conversation = await talk(store, ana);
      await countAll();
      const standing = await reread(store.turns, conversation);
      const made = turn(standing, { at: noon + 3 * 86_400_000 });
      const visitId = `${conversation.id}.${String(made.turn.seq)}`;
      const category = { ...made.turn.category, stage: "delivery", intent: "order-status" };
      // Asked for at once, so that SQLite has both in one group of commits.
      const [{ committed }] = await Promise.all([
        store.turns.commitTurn({ ...made, turn: { ...made.turn, visitId, category } }),
        new Eraser(store, clock).erase([conversation.id]),
      ]);
      await countAll();
      const { contact_id: name } = await store.db
        .selectFrom("conversations")
        .select("contact_id")
        .where("id", "=", conversation.id)
        .executeTakeFirstOrThrow();
      const named = await store.db.selectFrom("concerns").select("contact_id").execute();
      expect(named.map(({ contact_id: each }) => each)).toEqual(Array(committed ? 2 : 1).fill(name));
    });

  it("begins anew with their next message, as somebody unknown", async () => {
    const old = await talk(store, ana);
    await erase(ana.contact);
    const address = { channel: "sms", account: "shop", conversation: ana.address };
    expect(await store.turns.findConversation(address)).toBeUndefined();
    const next = await store.turns.openConversation({
      ...{ id: newId(), address, contact: ana.contact, state: newConversation, at: noon },
    });
    expect(next.id).not.toBe(old.id);
    expect(next.contactId).not.toBe((await reread(store.turns, old)).contactId);
    await store.turns.accept(arrival(next, { externalId: "m1" }));
    expect((await store.turns.takeUp(next.id))?.pending).toHaveLength(1);
  });

  if (engine === "sqlite")
    it("a message handed over for the erased conversation is refused, so that its sender repeats it", async () => {
      const old = await talk(store, ana);
      await erase(ana.contact);
      await expect(store.turns.accept(arrival(old))).rejects.toThrow(KumustaError);
      expect((await store.turns.takeUp(old.id))?.pending).toEqual([]);
    });

  it("is not erased by a bare id that two people have: which of them is asked", async () => {
    const telegram = await talk(store, {
      ...ben,
      channel: "telegram",
      address: "4711",
      contact: "telegram:4711",
    });
    const shopper = await talk(store, { ...ana, channel: "webchat", address: "w1", contact: "shopper:4711" });
    await expect(erase("4711")).rejects.toThrow(/several people/u);
    expect(await finder().conversations(namedPerson("4711"))).toHaveLength(2);
    await erase("shopper:4711");
    expect((await reread(store.turns, telegram)).contact).toBe("telegram:4711");
    expect((await reread(store.turns, shopper)).contact).toBe("");
    // One of them is left, and it is clear who is meant.
    await erase("4711");
    expect((await reread(store.turns, telegram)).contact).toBe("");
  });

  it("what a process took in that had not heard of the erasure goes at the next start", async () => {
    const old = await talk(store, ana);
    await erase(ana.contact);
    await store.close();
    store = await openStore(url);
    const line = { body: { type: "message", text: ana.words } };
    await store.turns.accept(arrival(old, { activity: said(ana.words), transcript: line }));
    expect(await tablesWith(store, ofAna)).toEqual(["intake", "transcript"]);
    expect(await eraseAgain({ store, ledger: ledger(), clock })).toBe(1);
    expect(await tablesWith(store, ofAna)).toEqual([]);
    expect(await eraseAgain({ store, ledger: ledger(), clock })).toBe(0);
  });

  it("says so where nothing is held", async () => {
    await expect(erase("0999 999 9999")).rejects.toThrow(/Nothing is held/u);
  });

  it("an erasure that was cut short is finished at the next start", async () => {
    const conversation = await talk(store, ana, 30);
    let left = 4;
    const dying: Store = {
      ...store,
      driver: {
        ...store.driver,
        read: (script) => store.driver.read(script),
        readApart: (script) => store.driver.readApart(script),
        commit: (script) =>
          left-- > 0 ? store.driver.commit(script) : Promise.reject(new KumustaError("store.refused")),
      },
    };
    await expect(erasePerson({ store: dying, ledger: ledger(), clock }, ana.contact, "Dina")).rejects.toThrow(
      KumustaError,
    );
    expect(await tablesWith(store, ofAna)).not.toEqual([]);
    // Who it was can no longer be told from the first transaction on.
    expect(await finder().conversations(namedPerson(ana.contact))).toEqual([]);
    expect(await eraseAgain({ store, ledger: ledger(), clock })).toBe(1);
    expect(await tablesWith(store, ofAna)).toEqual([]);
    expect((await reread(store.turns, conversation)).contact).toBe("");
    expect(await eraseAgain({ store, ledger: ledger(), clock })).toBe(0);
  });
});

describe("on SQLite's disk", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kumusta-privacy-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("no byte of an erased person is left among many others', in the file or in its log", async () => {
    const file = join(folder, "shop.db");
    const store = await openStore(`file:${file}`);
    try {
      for (let n = 0; n < 60; n++)
        await talk(store, { ...ben, address: `b${String(n)}`, contact: `messenger:b${String(n)}` }, 2);
      await talk(store, ana, 40);
      for (let n = 60; n < 120; n++)
        await talk(store, { ...ben, address: `b${String(n)}`, contact: `messenger:b${String(n)}` }, 2);
      const bytes = () => Buffer.concat([file, `${file}-wal`].map((each) => readFileSync(each)));
      for (const text of ofAna) expect(bytes().includes(text)).toBe(true);
      const { logEmptied } = await erasePerson(
        { store, ledger: new ErasureLedger(folder), clock },
        ana.contact,
        "Dina",
      );
      expect(logEmptied).toBe(true);
      for (const text of ofAna) expect([text, bytes().includes(text)]).toEqual([text, false]);
    } finally {
      await store.close();
    }
  });

  it("a restored backup holds them until the start, and no longer", async () => {
    const file = join(folder, "shop.db");
    let store = await openStore(`file:${file}`);
    await talk(store, ana);
    await store.close();
    copyFileSync(file, join(folder, "backup.db"));
    store = await openStore(`file:${file}`);
    await erasePerson({ store, ledger: new ErasureLedger(folder), clock }, ana.contact, "Dina");
    await store.close();
    for (const each of [file, `${file}-wal`, `${file}-shm`]) rmSync(each, { force: true });
    copyFileSync(join(folder, "backup.db"), file);
    // A power failure tore the ledger's last line: those before it count.
    writeFileSync(join(folder, "erasures.jsonl"), '{"conversation":"to', { flag: "a" });
    store = await openStore(`file:${file}`);
    try {
      expect(await tablesWith(store, ofAna)).not.toEqual([]);
      expect(await eraseAgain({ store, ledger: new ErasureLedger(folder), clock })).toBe(1);
      expect(await tablesWith(store, ofAna)).toEqual([]);
    } finally {
      await store.close();
    }
  });
});
