import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { z } from "zod";
import { newId } from "../../src/basics/ids.ts";
import { exportLog, type ExportFormat } from "../../src/insights/export/export-log.ts";
import { openStore, type Store } from "../../src/store/open-store.ts";
import { openToRead } from "../../src/store/open-to-read.ts";
import type { ReadingStore } from "../../src/store/reading-store.ts";
import { ExportStore, type Exported, type TimeSpan } from "../../src/store/sql/export-store.ts";
import { readCsv } from "../insights/export/read-csv.ts";
import { onEachEngine } from "./each-engine.ts";
import { addressOf, open, said, turn } from "./turn-store/samples.ts";

const always: TimeSpan = { from: 0, until: Number.MAX_SAFE_INTEGER };
const noon = Date.parse("2026-11-22T12:00:00Z");
const line = z.record(z.string(), z.unknown());

/** The beginning of a UUIDv7 of this instant, and a tail that counts. */
function idAt(ms: number, n: number): string {
  const hex = ms.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${n.toString(16).padStart(12, "0")}`;
}

onEachEngine("an export", (fresh) => {
  let store: Store;
  let reading: ReadingStore;
  beforeEach(async () => {
    const url = await fresh();
    store = await openStore(url);
    // Beside the server that writes.
    reading = await openToRead(url);
  });
  afterEach(async () => {
    await reading.close();
    await store.close();
  });

  const text = async (what: Exported, format: ExportFormat, span = always): Promise<string> => {
    let whole = "";
    const pages = new ExportStore(reading.db, reading.driver);
    for await (const part of exportLog(pages, what, format, span)) whole += part.text;
    return whole;
  };
  const lines = async (what: Exported, span = always) =>
    (await text(what, "jsonl", span))
      .split("\n")
      .filter((each) => each !== "")
      .map((each) => line.parse(JSON.parse(each)));

  /** Turns a second apart, written past the port: the log is long, the test is not. */
  const fill = async (count: number, stepMs = 1_000) => {
    const conversation = await open(store.turns);
    const { turn: sample } = turn(conversation);
    const rows = Array.from({ length: count }, (_, n) => ({
      id: idAt(noon + n * stepMs, n),
      conversation_id: conversation.id,
      seq: n + 1,
      at: noon + n * stepMs,
      trigger: "message" as const,
      outcome: "answered" as const,
      kind: "other",
      stage: null,
      intent: null,
      record: JSON.stringify({ ...sample, activities: [] }),
    }));
    for (let from = 0; from < rows.length; from += 500)
      await store.db
        .insertInto("turns")
        .values(rows.slice(from, from + 500))
        .execute();
    return rows.map(({ id }) => id);
  };

  it("tells every turn once, in order, over as many pages as it takes", async () => {
    const ids = await fill(1_251);
    expect((await lines("turns")).map(({ id }) => id)).toEqual(ids);
  });

  it("tells the turns of the span alone: the first instant is in it, the last is not", async () => {
    const ids = await fill(10);
    const span = { from: noon + 3_000, until: noon + 7_000 };
    expect((await lines("turns", span)).map(({ id }) => id)).toEqual(ids.slice(3, 7));
  });

  it("goes by the turn's own time where the id has another, as after the clock was set back", async () => {
    const conversation = await open(store.turns);
    const { turn: sample } = turn(conversation);
    await store.db
      .insertInto("turns")
      .values({
        ...{ id: idAt(noon + 3_600_000, 1), conversation_id: conversation.id, seq: 1, at: noon },
        ...{ trigger: "message", outcome: "answered", kind: "other", stage: null, intent: null },
        record: JSON.stringify(sample),
      })
      .execute();
    expect(await lines("turns", { from: noon, until: noon + 1 })).toHaveLength(1);
    expect(await lines("turns", { from: noon + 1, until: noon + 7_200_000 })).toHaveLength(0);
  });

  it("tells what a person said last of a turn, and the bot's own beside it", async () => {
    const conversation = await open(store.turns);
    const commit = turn(conversation);
    await store.turns.commitTurn(commit);
    const correct = (by: string, intent: string, decidedBy: "agent" | "reviewer", at: number) =>
      store.db
        .insertInto("corrections")
        .values({
          ...{ id: newId(), turn_id: commit.turn.id, at, by, decided_by: decidedBy },
          ...{ kind: "question", stage: "delivery", intent, topic: null },
        })
        .execute();
    await correct("Ana", "delivery-time", "agent", noon);
    await correct("Ben", "order-status", "reviewer", noon + 1);
    const [told] = await lines("turns");
    expect(told).toMatchObject({
      ...{ kind: "question", stage: "delivery", intent: "order-status" },
      ...{ decidedBy: "reviewer", correctedBy: "Ben", correctedAt: "2026-11-22T12:00:00.001Z" },
      ...{ botKind: "other", botIntent: null },
    });
  });

  it("gives the same words back from a table as from lines of JSON", async () => {
    const words = '=HYPERLINK("http://x"), "hello"\r\npo 👋🏽, ₱1,500';
    const conversation = await open(store.turns, addressOf("c1", "sms", "+63"));
    const commit = turn(conversation);
    await store.turns.commitTurn({
      ...commit,
      turn: { ...commit.turn, activities: [{ externalId: "m1", activity: said(words) }] },
    });
    const [header = [], record = []] = readCsv(await text("turns", "csv"));
    const column = header.indexOf("customerText");
    expect(record[column]).toBe(`'${words}`);
    expect(record[header.indexOf("account")]).toBe("'+63");
    const [object] = await lines("turns");
    expect(object).toMatchObject({ customerText: words, channel: "sms" });
    for (const [n, name] of header.entries()) {
      const cell = object?.[name] ?? "";
      expect(record[n]?.replace(/^'/u, "")).toBe(typeof cell === "string" ? cell : JSON.stringify(cell));
    }
  });

  it("is a table with its header where there is nothing to tell", async () => {
    for (const what of ["turns", "concerns", "cases"] as const) {
      expect(readCsv(await text(what, "csv"))).toHaveLength(1);
      expect(await text(what, "jsonl")).toBe("");
    }
  });

  it("tells every concern once, in order, also where many were opened in one instant", async () => {
    const rows = Array.from({ length: 620 }, (_, n) => ({
      ...{ visit_id: `visit-${String(n % 310).padStart(4, "0")}`, intent: n < 310 ? "a" : "b" },
      ...{
        conversation_id: "c",
        contact_id: "k",
        channel: "sms",
        account: "a",
        language: null,
        device: null,
      },
      ...{
        page: null,
        referrer: null,
        campaign: null,
        lifecycle: "unknown" as const,
        kind: "question" as const,
        stage: null,
      },
      ...{ topic: null, team: null, opened_at: noon + Math.floor((n % 310) / 100), last_at: noon, turns: 1 },
      ...{ day: "2026-11-22", outcome: "answered" as const, handed_off_at: null, hand_off_reason: null },
      ...{ first_seq: 1, last_seq: 1 },
      ...{ hand_off_team: null, follow_up_of: null, back_after_ms: null },
    }));
    for (let from = 0; from < rows.length; from += 200)
      await store.db
        .insertInto("concerns")
        .values(rows.slice(from, from + 200))
        .execute();
    const told = await lines("concerns");
    const keys = told.map(({ visit, intent }) => `${String(visit)} ${String(intent)}`);
    expect(new Set(keys).size).toBe(620);
    expect(keys).toEqual(keys.toSorted());
    expect(await lines("concerns", { from: noon + 1, until: noon + 2 })).toHaveLength(200);
  });

  it("tells every case once with its history", async () => {
    const conversation = await open(store.turns);
    const card = {
      category: { kind: "problem", stage: "delivery", intent: "late" },
      ...{ asked: "nasaan na po?", tried: [], slots: {}, lastCases: [], channel: "sms", language: "fil" },
      media: [],
    };
    await store.turns.commitTurn(
      turn(conversation, {
        cases: [
          { caseId: "case-1", type: "opened", team: "sales", reason: "requested", promisedAt: noon, card },
          { caseId: "case-1", type: "customerWrote" },
        ],
      }),
    );
    const [told, ...others] = await lines("cases");
    expect(others).toEqual([]);
    expect(told).toMatchObject({
      ...{ id: "case-1", status: "queued", asked: "nasaan na po?", contact: conversation.contactId },
      history: [{ type: "opened" }, { type: "customerWrote" }],
    });
  });

  it("cannot write to the database that it reads", async () => {
    await expect(
      reading.driver.readApart(function* () {
        yield {
          statement: { text: "delete from turns", parameters: [], returns: false },
          given: {},
        };
      }),
    ).rejects.toThrow();
  });
});
