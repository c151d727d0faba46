import { execFile } from "node:child_process";
import { closeSync, openSync, statSync, writeFileSync, writeSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";
import Sqlite from "better-sqlite3";
import { sql } from "kysely";
import { openStore as openAny } from "../../../src/store/open-store.ts";
import { arrival, open, pendingIn, said, together } from "../turn-store/samples.ts";
import { scratch } from "./scratch.ts";

const { open: openStore, close, path } = scratch();

describe("a full disk", () => {
  it("refuses new messages, keeps every acknowledged one, and takes messages again when there is room", async () => {
    const { turns, db } = await openStore("?max_page_count=80");
    const conversation = await open(turns);
    const kept: string[] = [];
    const refusals: unknown[] = [];
    for (let round = 0; refusals.length === 0 && round < 100; round++) {
      const ids = Array.from({ length: 5 }, (_, i) => `${round}.${i}`);
      const ends = await Promise.allSettled(
        ids.map((externalId) =>
          turns.accept(arrival(conversation, { externalId, activity: said("x".repeat(2_000)) })),
        ),
      );
      for (const [i, end] of ends.entries()) {
        if (end.status === "fulfilled") kept.push(ids[i] ?? "");
        else refusals.push(end.reason);
      }
    }
    expect(refusals[0]).toMatchObject({
      code: "store.refused",
      status: 503,
      retryAfterSeconds: 2,
      details: ["SQLITE_FULL"],
    });
    expect(kept.length).toBeGreaterThan(5);
    expect(await pendingIn(turns, conversation)).toEqual(kept);
    await expect(
      turns.accept(arrival(conversation, { activity: said("x".repeat(200_000)) })),
    ).rejects.toMatchObject({ code: "store.refused" });
    await sql`pragma max_page_count = 1000`.execute(db);
    await turns.accept(arrival(conversation, { externalId: "after" }));
    expect(await pendingIn(turns, conversation)).toEqual([...kept, "after"]);
  });
});

describe("another program that holds the write lock", () => {
  it("makes us refuse soon, leaves us reading, and we go on when it lets go", async () => {
    const { turns } = await openStore();
    const conversation = await open(turns);
    await turns.accept(arrival(conversation, { externalId: "before" }));
    const other = new Sqlite(path("shop.db"));
    try {
      other.exec("begin immediate");
      const asked = performance.now();
      const ends = await Promise.allSettled([turns.accept(arrival(conversation)), turns.probe()]);
      expect(performance.now() - asked).toBeLessThan(2_000);
      for (const end of ends)
        expect(end).toMatchObject({
          status: "rejected",
          reason: { code: "store.refused", details: ["SQLITE_BUSY"] },
        });
      expect(await pendingIn(turns, conversation)).toEqual(["before"]);
      other.exec("rollback");
    } finally {
      other.close();
    }
    await turns.accept(arrival(conversation, { externalId: "after" }));
    expect(await pendingIn(turns, conversation)).toEqual(["before", "after"]);
  });
});

describe("a second Kumusta on the same file", () => {
  const openInChild = async () => {
    const program = `
      const { openStore } = await import(${JSON.stringify(new URL("../../../src/store/open-store.ts", import.meta.url).href)});
      try { await (await openStore(${JSON.stringify(`file:${path("shop.db")}`)})).close(); console.log("opened"); }
      catch (thrown) { console.log(thrown.code); }`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--input-type=module",
      "--eval",
      program,
    ]);
    return stdout.trim();
  };

  it("is told that the database is in use, and may have it when the first has ended", async () => {
    const store = await openStore();
    expect(await openInChild()).toBe("store.inUse");
    await close(store);
    expect(await openInChild()).toBe("opened");
  });

  it("is told so within one process too", async () => {
    await openStore();
    await expect(openStore()).rejects.toMatchObject({ code: "store.inUse" });
  });
});

describe("a file that is not what it should be", () => {
  it("is called damaged when it is no database at all", async () => {
    writeFileSync(path("shop.db"), "This was a shopping list. ".repeat(400));
    await expect(openStore()).rejects.toMatchObject({ code: "store.damaged" });
    // Nothing stays open or locked after a refused start.
    writeFileSync(path("shop.db"), "");
    await expect(openStore()).resolves.toBeDefined();
  });

  it("is called damaged when pages in its middle are garbage", async () => {
    const store = await openStore();
    const conversation = await open(store.turns);
    await together(100, () => store.turns.accept(arrival(conversation, { activity: said("x".repeat(500)) })));
    await close(store);
    const file = openSync(path("shop.db"), "r+");
    const middle = Math.floor(statSync(path("shop.db")).size / 4_096 / 2);
    for (let page = middle; page < middle + 8; page++)
      writeSync(file, Buffer.alloc(4_096, 0xa5), 0, 4_096, page * 4_096);
    closeSync(file);
    await expect(openStore()).rejects.toMatchObject({ code: "store.damaged" });
  });

  it("is left alone when a newer version wrote it", async () => {
    const store = await openStore();
    await sql`insert into kysely_migration (name, timestamp) values ('2099-01-01-future', 'x')`.execute(
      store.db,
    );
    await close(store);
    await expect(openStore()).rejects.toMatchObject({ code: "store.newer", details: ["2099-01-01-future"] });
    const database = new Sqlite(path("shop.db"));
    database.exec("delete from kysely_migration where name = '2099-01-01-future'");
    database.close();
    await expect(openStore()).resolves.toBeDefined();
  });

  it("is called unwritable when its folder cannot be", async () => {
    // Below a regular file: so it holds for root too.
    writeFileSync(path("file"), "");
    await expect(openAny(`file:${path("file/data/shop.db")}`)).rejects.toMatchObject({
      code: "data.unwritable",
    });
    await expect(openAny(`file:${path(".")}`)).rejects.toMatchObject({ code: "data.unwritable" });
  });
});

describe("a new database", () => {
  it("is readable by its owner alone, its log too", async () => {
    const { turns } = await openStore();
    await open(turns);
    for (const name of ["shop.db", "shop.db-wal"]) expect(statSync(path(name)).mode & 0o777).toBe(0o600);
  });
});
