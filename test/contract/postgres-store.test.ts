import { createServer } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import pg from "pg";
import { newId } from "../../src/basics/ids.ts";
import { openStore } from "../../src/store/open-store.ts";
import { openToRead } from "../../src/store/open-to-read.ts";
import { firstRow, rows, statement } from "../../src/store/sql/statement.ts";
import type { Store } from "../../src/store/store.ts";
import { waitUntil } from "../wait-until.ts";
import { startCluster, type PostgresCluster } from "./postgres-cluster.ts";
import {
  addressOf,
  arrival,
  noon,
  open,
  pendingIn,
  reply,
  reread,
  textsToSend,
  together,
  turn,
} from "./turn-store/samples.ts";

let cluster: PostgresCluster;
let url = "";
let made = 0;
const opened = new Set<Store>();

beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

beforeEach(async () => {
  url = await cluster.createDatabase(`shop${++made}`);
});
afterEach(async () => {
  for (const store of opened) await store.close();
  opened.clear();
});

/** One process on the database of this test. */
async function start(address = url): Promise<Store> {
  const store = await openStore(address);
  opened.add(store);
  return store;
}

describe("several processes on one PostgreSQL", () => {
  it("start at once on an empty database: one migrates, all run", async () => {
    const stores = await together(4, () => start());
    const conversation = await open(stores[0]?.turns ?? never());
    for (const { turns } of stores)
      expect(await turns.getConversation(conversation.id)).toEqual(conversation);
  });

  it("accept the same delivery once, and number one transcript without holes", async () => {
    const [a, b] = [await start(), await start()];
    const conversation = await open(a.turns);
    const deliveries = await together(60, (i) =>
      (i % 2 === 0 ? a : b).turns.accept(
        arrival(conversation, { externalId: `m${Math.floor(i / 3)}`, transcript: { body: i } }),
      ),
    );
    expect(deliveries.filter(({ duplicate }) => !duplicate)).toHaveLength(20);
    const seqs = deliveries.flatMap(({ transcriptSeq }) =>
      transcriptSeq === undefined ? [] : [transcriptSeq],
    );
    expect(seqs.sort((x, y) => x - y)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(await pendingIn(b.turns, conversation)).toHaveLength(20);
  });

  it("accept no delivery again whose turn another one is just committing", async () => {
    const { turns, db } = await start();
    const conversation = await open(turns);
    const first = await turns.accept(arrival(conversation, { externalId: "m" }));
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    try {
      await other.query("begin");
      await other.query("update intake set status = 'handled' where external_id = 'm'");
      const again = turns.accept(arrival(conversation, { externalId: "m" }));
      const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into "intake"%'`;
      await waitUntil("the second delivery waits for that turn", async () => {
        return (await cluster.run(waiting)).length > 0;
      });
      await other.query("commit");
      expect(await again).toEqual({ duplicate: true, id: first.id });
    } finally {
      await other.end();
    }
    expect(await pendingIn(turns, conversation)).toEqual([]);
    expect(await db.selectFrom("intake").select("status").execute()).toEqual([{ status: "handled" }]);
  });

  it("take each message up and commit its turn exactly once, whoever is quicker", async () => {
    const stores = [await start(), await start()];
    const conversations = await together(6, (i) => open(stores[0]?.turns ?? never(), addressOf(`race ${i}`)));
    const perConversation = 5;
    for (const conversation of conversations) {
      for (let i = 0; i < perConversation; i++)
        await stores[i % 2]?.turns.accept(arrival(conversation, { externalId: `m${i}` }));
    }
    // Without leases, so that they meet as often as they can: the version alone must keep them apart.
    const work = async ({ turns }: Store, id: string) => {
      let conflicts = 0;
      for (
        let taken = await turns.takeUp(id);
        taken !== undefined && taken.pending.length > 0;
        taken = await turns.takeUp(id)
      ) {
        const [first] = taken.pending;
        if (first === undefined) break;
        const commit = turn(taken.conversation, {
          handled: [first.externalId],
          replies: [reply(`to ${first.externalId}`)],
        });
        if (!(await turns.commitTurn(commit)).committed) conflicts++;
      }
      return conflicts;
    };
    await Promise.all(stores.flatMap((store) => conversations.map(({ id }) => work(store, id))));
    for (const conversation of conversations) {
      const { turns } = stores[0] ?? never();
      expect((await reread(turns, conversation)).version).toBe(perConversation);
      expect(await textsToSend(turns, conversation)).toEqual(["to m0", "to m1", "to m2", "to m3", "to m4"]);
    }
  });

  it("hold a conversation one at a time, and see each other's leases", async () => {
    const [a, b] = [await start(), await start()];
    const id = newId();
    const got = await together(12, (i) =>
      (i % 2 === 0 ? a : b).turns.lease("turn", id, i % 2 === 0 ? "a" : "b", noon, noon + 100),
    );
    expect(
      new Set(got.map((held, i) => (held ? i % 2 : undefined)).filter((side) => side !== undefined)).size,
    ).toBe(1);
    const holder = got[0] === true ? a : b;
    await holder.turns.release("turn", id, holder === a ? "a" : "b");
    expect(await (holder === a ? b : a).turns.lease("turn", id, "c", noon, noon + 100)).toBe(true);
  });

  it("take over what one held that died, after ten seconds; what one holds that lives, when its lease is up", async () => {
    const [dead, alive, other] = [await start(), await start(), await start()];
    const [left, kept] = [newId(), newId()];
    const lease = { ms: 60_000, grace: 10_000 };
    await dead.turns.lease("turn", left, "a", noon, noon + lease.ms);
    await alive.turns.lease("turn", kept, "a", noon, noon + lease.ms);
    // As when the process is killed: the server lets go of its connections.
    opened.delete(dead);
    await dead.close();
    const takes = (conversation: string, at: number) =>
      other.turns.lease("turn", conversation, "b", at, at + lease.ms);
    expect(await takes(left, noon + lease.grace - 1)).toBe(false);
    expect(await takes(left, noon + lease.grace)).toBe(true);
    expect(await takes(kept, noon + lease.ms - 1)).toBe(false);
    expect(await takes(kept, noon + lease.ms)).toBe(true);
  });

  it("fire a timer once between them", async () => {
    const stores = [await start(), await start()];
    const [a] = stores;
    const conversation = await open(a?.turns ?? never());
    await a?.turns.commitTurn(turn(conversation, { timers: [{ name: "csat", dueAt: noon }] }));
    const fired = await Promise.all(
      stores.map(async ({ turns }) => {
        const [due] = await turns.dueTimers(noon, 1);
        return (
          due !== undefined && turns.fireTimer(due, arrival(conversation, { externalId: "timer:csat:1" }))
        );
      }),
    );
    expect(fired.filter(Boolean)).toHaveLength(1);
    expect(await pendingIn(stores[1]?.turns ?? never(), conversation)).toEqual(["timer:csat:1"]);
  });
});

describe("a PostgreSQL server", () => {
  it("that was set to acknowledge before the disk has it is overruled for our commits", async () => {
    const name = url.slice(url.lastIndexOf("/") + 1);
    await cluster.run(`alter database "${name}" set synchronous_commit = off`);
    const { driver, db } = await start();
    const shown = statement(
      db.selectNoFrom(sql<string>`current_setting('synchronous_commit')`.as("setting")),
    );
    expect(await driver.commit(() => firstRow(shown))).toEqual({ setting: "on" });
    // A stricter setting is the operator's to choose.
    await cluster.run(`alter database "${name}" set synchronous_commit = remote_apply`);
    const stricter = await start();
    expect(await stricter.driver.commit(() => firstRow(shown))).toEqual({ setting: "remote_apply" });
  });

  it("that drops idle connections or restarts costs no message: the next one goes through", async () => {
    const { turns } = await start();
    const conversation = await open(turns);
    await turns.lease("turn", conversation.id, "a", noon, noon + 1);
    await cluster.run(
      "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and application_name = 'kumusta'",
    );
    await turns.accept(arrival(conversation, { externalId: "after the cut" }));
    await cluster.restart();
    await turns.accept(arrival(conversation, { externalId: "after the restart" }));
    expect(await turns.lease("turn", conversation.id, "a", noon, noon + 1)).toBe(true);
    expect(await pendingIn(turns, conversation)).toEqual(["after the cut", "after the restart"]);
    expect((await turns.depths(noon)).intakePending).toBe(2);
  });

  it("that is cut off in the middle of a transaction makes us refuse; nothing of it is kept", async () => {
    const { turns, driver, db } = await start();
    const conversation = await open(turns);
    const suicide = statement(db.selectNoFrom(sql`pg_terminate_backend(pg_backend_pid())`.as("ended")));
    const insert = statement(
      db
        .insertInto("timers")
        .values({ conversation_id: "c", name: "n", due_at: sql.lit(1), generation: sql.lit(1) }),
    );
    const half = driver.commit(function* () {
      yield { statement: insert, given: {} };
      yield { statement: suicide, given: {} };
    });
    await expect(half).rejects.toMatchObject({ code: "store.refused", status: 503, retryAfterSeconds: 2 });
    expect(await turns.dueTimers(noon, 10)).toEqual([]);
    expect((await turns.accept(arrival(conversation))).duplicate).toBe(false);
  });

  it("that made two transactions collide lets us run ours again", async () => {
    const { driver, db } = await start();
    let runs = 0;
    const fine = statement(db.selectNoFrom(sql`1`.as("x")));
    const wrong = statement(db.selectNoFrom(sql`current_setting('no.such_setting')`.as("x")));
    await sql`create function collide() returns int language plpgsql as $$ begin raise exception 'made to collide' using errcode = '40001'; end $$`.execute(
      db,
    );
    const fails = statement(db.selectNoFrom(sql`collide()`.as("x")));
    const result = await driver.commit(function* () {
      runs++;
      yield { statement: runs < 3 ? fails : fine, given: {} };
      return runs;
    });
    expect(result).toBe(3);
    await expect(driver.commit(() => rows(fails))).rejects.toMatchObject({ code: "store.refused" });
    await expect(driver.commit(() => rows(wrong))).rejects.toMatchObject({ code: "internal" });
  });

  it("answers long questions on connections that cannot write", async () => {
    const { driver, db } = await start();
    const write = statement(db.deleteFrom("intake").returning("id"));
    await expect(driver.readApart(() => rows(write))).rejects.toMatchObject({ code: "store.refused" });
  });
});

describe("opening PostgreSQL", () => {
  it("is let go of at once when it is closed, by whoever wrote and by whoever only read", async () => {
    await (await openStore(url)).close();
    await (await openToRead(url)).close();
    const connections = async () =>
      (
        await cluster.run(
          `select pid from pg_stat_activity where datname = '${new URL(url).pathname.slice(1)}'`,
        )
      ).length;
    // Well below the ten seconds after which a pool lets go of idle connections by itself.
    await waitUntil("no connection is left", async () => (await connections()) === 0, 4_000);
  });

  it("says that nobody answers, naming the place and never the password", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const thrown: unknown = await openStore(`postgres://me:hush@127.0.0.1:${port}/shop`).catch(
      (fault: unknown) => fault,
    );
    expect(thrown).toMatchObject({
      code: "store.unreachable",
      details: [`127.0.0.1:${port}/shop`, expect.any(String)],
    });
    expect(String(thrown)).not.toContain("hush");
  });

  it.each([
    ["the password is wrong", () => url.replace("only-for-tests", "wrong")],
    ["there is no such database", () => cluster.urlOf("nowhere")],
  ])("says so when %s", async (_what, address) => {
    await expect(openStore(address())).rejects.toMatchObject({ code: "store.unreachable" });
  });

  it("refuses a database that a newer version wrote", async () => {
    const { db } = await start();
    await sql`insert into kysely_migration (name, timestamp) values ('2099-01-01-future', 'x')`.execute(db);
    await expect(openStore(url)).rejects.toMatchObject({
      code: "store.newer",
      details: ["2099-01-01-future"],
    });
  });

  it("refuses a database that cannot hold every character", async () => {
    await cluster.run(`create database latin encoding 'LATIN1' template template0`);
    await expect(openStore(cluster.urlOf("latin"))).rejects.toMatchObject({ code: "config.invalid" });
  });
});

function never(): never {
  throw new TypeError("The test started no store");
}
