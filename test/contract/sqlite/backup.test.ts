import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "@jest/globals";
import Sqlite from "better-sqlite3";
import { backupSqlite } from "../../../src/store/sqlite/backup.ts";
import { arrival, open, pendingIn, said, together, turn } from "../turn-store/samples.ts";
import { scratch } from "./scratch.ts";

const { open: openStore, close, path } = scratch();

describe("a backup", () => {
  it("made while messages go on is whole, holds all that was acknowledged before, and can be restored", async () => {
    const store = await openStore();
    const conversation = await open(store.turns);
    const acknowledged: string[] = [];
    const accept = async (externalId: string) => {
      await store.turns.accept(arrival(conversation, { externalId, activity: said("x".repeat(3_000)) }));
      acknowledged.push(externalId);
    };
    await together(150, (i) => accept(`before ${i}`));
    const before = [...acknowledged];
    const done = new AbortController();
    const backup = backupSqlite(path("shop.db"), path("copy.db")).finally(() => done.abort());
    const writing = (async () => {
      for (let i = 0; !done.signal.aborted; i++) await accept(`while ${i}`);
    })();
    const bytes = await backup;
    await writing;
    expect(acknowledged.length).toBeGreaterThan(before.length);
    expect(statSync(path("copy.db"))).toMatchObject({ size: bytes, mode: 0o100600 });

    const copy = new Sqlite(path("copy.db"), { readonly: true });
    const held = copy
      .prepare<[], { external_id: string }>("select external_id from intake order by id")
      .all()
      .map(({ external_id }) => external_id);
    expect(copy.pragma("integrity_check", { simple: true })).toBe("ok");
    copy.close();
    expect(held.slice(0, before.length)).toEqual(before);
    // One instant: a beginning of what was written, in its order, without holes.
    expect(held).toEqual(acknowledged.slice(0, held.length));

    // The restore of docs/operations.md.
    await close(store);
    for (const suffix of ["", "-wal", "-shm"]) rmSync(path(`shop.db${suffix}`), { force: true });
    renameSync(path("copy.db"), path("shop.db"));
    const restored = await openStore();
    expect((await pendingIn(restored.turns, conversation)).slice(0, 150)).toEqual(before.slice(0, 150));
    expect(await restored.turns.commitTurn(turn(conversation, { handled: [before[0] ?? ""] }))).toEqual({
      committed: true,
    });
  });

  it("of a stopped server works too, and tells its progress up to the whole", async () => {
    const store = await openStore();
    await open(store.turns);
    await close(store);
    const progress: [number, number][] = [];
    const bytes = await backupSqlite(
      path("shop.db"),
      path("copy.db"),
      (done, total) => void progress.push([done, total]),
    );
    expect(progress.at(-1)).toEqual([bytes, bytes]);
  });

  it("never writes over a file", async () => {
    await openStore();
    writeFileSync(path("copy.db"), "precious");
    await expect(backupSqlite(path("shop.db"), path("copy.db"))).rejects.toMatchObject({
      code: "backup.target",
    });
    expect(readFileSync(path("copy.db"), "utf8")).toBe("precious");
  });

  it("to a place that cannot be written says so and leaves nothing", async () => {
    await openStore();
    await expect(backupSqlite(path("shop.db"), path("nowhere/copy.db"))).rejects.toMatchObject({
      code: "backup.target",
    });
    expect(
      readdirSync(dirname(path("copy.db"))).filter((name) => name.startsWith("copy") || name === "nowhere"),
    ).toEqual([]);
  });

  it("of a missing or damaged database says so and leaves nothing", async () => {
    await expect(backupSqlite(path("missing.db"), path("copy.db"))).rejects.toMatchObject({
      code: "store.unreachable",
    });
    writeFileSync(path("list.db"), "This was a shopping list. ".repeat(400));
    await expect(backupSqlite(path("list.db"), path("copy.db"))).rejects.toMatchObject({
      code: "store.damaged",
    });
    expect(existsSync(path("copy.db")) || existsSync(path("copy.db.unfinished"))).toBe(false);
  });
});
