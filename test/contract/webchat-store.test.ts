import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId } from "../../src/basics/ids.ts";
import type { WebchatStore } from "../../src/channels/webchat/ports.ts";
import { newConversation } from "../../src/conversation/state.ts";
import { openStore } from "../../src/store/open-store.ts";
import { SqlWebchatStore } from "../../src/store/sql/webchat-store.ts";
import type { Store } from "../../src/store/store.ts";
import { startCluster, type PostgresCluster } from "./postgres-cluster.ts";

const now = Date.parse("2026-11-22T10:00:00Z");

/** What web chat may rely on, whatever the engine. */
function promisesOfAWebchatStore(open: () => Promise<Store>): void {
  let store: Store;
  let webchat: WebchatStore;
  beforeEach(async () => {
    store = await open();
    webchat = new SqlWebchatStore(store.db, store.driver);
  });
  afterEach(() => store.close());

  const newRow = async (id = newId(), contact = "webchat:dl_ana") => {
    const address = { channel: "webchat", account: "default", conversation: id };
    return store.turns.openConversation({ id: newId(), address, contact, state: newConversation, at: now });
  };
  const say = (row: Awaited<ReturnType<typeof newRow>>, text: string) =>
    store.turns.accept({
      address: row.address,
      conversationId: row.id,
      id: newId(),
      externalId: newId(),
      receivedAt: now,
      readyAt: now,
      activity: { type: "message", text, sentAt: now },
      transcript: { body: { text } },
    });

  it("finds a conversation by Direct Line's id of it, and none that nobody began", async () => {
    const id = newId();
    const row = await newRow(id);
    expect(await webchat.findConversation(id)).toEqual({ rowId: row.id, id, contact: "webchat:dl_ana" });
    expect(await webchat.findConversation(newId())).toBeUndefined();
  });

  it("gives the lines after a position, oldest first, as many as were asked for", async () => {
    const row = await newRow();
    const other = await newRow();
    expect(await webchat.lastSeq(row.id)).toBe(0);
    for (const text of ["one", "two", "three"]) await say(row, text);
    await say(other, "elsewhere");
    const lines = await webchat.linesAfter(row.id, 1, 10);
    expect(lines.map(({ seq, body }) => [seq, body])).toEqual([
      [2, { text: "two" }],
      [3, { text: "three" }],
    ]);
    expect(await webchat.linesAfter(row.id, 0, 1)).toHaveLength(1);
    expect(await webchat.linesAfter(row.id, 3, 10)).toEqual([]);
    expect(await webchat.lastSeq(row.id)).toBe(3);
  });

  it("counts lines that are said at once without a gap", async () => {
    const row = await newRow();
    await Promise.all(Array.from({ length: 20 }, (_, n) => say(row, String(n))));
    const lines = await webchat.linesAfter(row.id, 0, 100);
    expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });

  it("finds a session by its key and by the one before, and by no older one", async () => {
    const row = await newRow();
    await webchat.addSession(row.id, "dl_ana", "key-1", now);
    await webchat.rotateSession(row.id, "key-1", "key-2", now);
    for (const key of ["key-1", "key-2"]) {
      expect(await webchat.findSession(key)).toEqual({
        conversation: { rowId: row.id, id: row.address.conversation, contact: row.contact },
        userId: "dl_ana",
        resumeHash: "key-2",
        previousHash: "key-1",
      });
    }
    await webchat.rotateSession(row.id, "key-2", "key-3", now);
    expect(await webchat.findSession("key-1")).toBeUndefined();
    expect(await webchat.findSession("key-2")).toBeDefined();
  });

  it("rotates a key once when two tabs ask at once", async () => {
    const row = await newRow();
    await webchat.addSession(row.id, "dl_ana", "key-1", now);
    await Promise.all([1, 2].map(() => webchat.rotateSession(row.id, "key-1", "key-2", now)));
    expect(await webchat.findSession("key-1")).toMatchObject({ resumeHash: "key-2", previousHash: "key-1" });
  });

  it.each([1, 262_144, 262_145, 1_000_000])("keeps a file of %i bytes as it is", async (size) => {
    const row = await newRow();
    const bytes = randomBytes(size);
    await webchat.addUpload({
      id: "u-1",
      rowId: row.id,
      name: "a ñ.png",
      contentType: "image/png",
      bytes,
      at: now,
    });
    const found = await webchat.findUpload("u-1");
    expect(found).toMatchObject({ name: "a ñ.png", contentType: "image/png" });
    expect(found?.bytes.equals(bytes)).toBe(true);
  });

  it("drops a file and nothing else", async () => {
    const row = await newRow();
    for (const id of ["u-1", "u-2"]) {
      await webchat.addUpload({
        id,
        rowId: row.id,
        name: id,
        contentType: "image/png",
        bytes: randomBytes(10),
        at: now,
      });
    }
    await webchat.dropUpload("u-1");
    expect(await webchat.findUpload("u-1")).toBeUndefined();
    expect((await webchat.findUpload("u-2"))?.bytes).toHaveLength(10);
    const left = await store.db.selectFrom("upload_pieces").select("upload_id").execute();
    expect(left).toEqual([{ upload_id: "u-2" }]);
  });
}

describe("web chat's store on SQLite", () => {
  let folder = "";
  let made = 0;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kumusta-webchat-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  promisesOfAWebchatStore(() => openStore(`file:${join(folder, `${++made}.db`)}`));
});

describe("web chat's store on PostgreSQL", () => {
  let cluster: PostgresCluster;
  let made = 0;
  beforeAll(async () => {
    cluster = await startCluster();
    const store = await openStore(await cluster.createDatabase("template"));
    await store.close();
  });
  afterAll(() => cluster.stop());
  promisesOfAWebchatStore(async () => openStore(await cluster.createDatabase(`t${++made}`, "template")));
});
