import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { newId } from "../../src/basics/ids.ts";
import { systemClock } from "../../src/basics/time.ts";
import type { HttpRequest } from "../../src/channels/http-port.ts";
import { AdminDoor } from "../../src/console/admin-door.ts";
import { correctionsApi } from "../../src/console/corrections-api.ts";
import { requireContent } from "../../src/content/load-content.ts";
import type { Store } from "../../src/store/store.ts";
import { InsightStore } from "../../src/store/sql/insight-store.ts";
import { businessDays } from "../../src/turn/counting/business-day.ts";
import { scratch } from "./sqlite/scratch.ts";
import { noon, open, turn } from "./turn-store/samples.ts";

const { open: openStore } = scratch();
const token = "the-token-of-data-admin-token";
const content = requireContent(join(import.meta.dirname, "../.."));
const days = businessDays(content.timeZone);

function requestOf(turnId: string, body: object, credential = token): HttpRequest {
  return {
    ...{ id: newId(), method: "POST", path: "", rawQuery: "", remoteAddress: "127.0.0.1" },
    params: { id: turnId },
    query: new URLSearchParams(),
    headers: { authorization: `Bearer ${credential}` },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** A store with one counted turn about a late parcel, and what asks for its correction. */
async function oneTurn() {
  const store = await openStore();
  const conversation = await open(store.turns);
  const commit = turn(conversation);
  const category = {
    kind: "problem",
    stage: "delivery",
    intent: "delivery.late",
    topic: null,
    decidedBy: "bot",
    confidence: 0.6,
  } as const;
  const visitId = `${conversation.id}.1`;
  await store.turns.commitTurn({ ...commit, turn: { ...commit.turn, category, visitId } });
  await store.counting.count(days, 10);
  const [route] = correctionsApi({
    counting: store.counting,
    door: new AdminDoor(token, systemClock),
    clock: { now: () => noon },
    content: () => content,
    days: () => days,
  });
  if (route === undefined) throw new TypeError("there is a route for corrections");
  const correct = async (body: object, turnId = commit.turn.id) => {
    const request = requestOf(turnId, body);
    route.admit?.(request);
    return route.handle(request);
  };
  return { store, correct, route, turnId: commit.turn.id };
}

async function countedIn({ db, driver }: Store) {
  const range = { from: "2026-11-01", to: "2026-11-30" };
  const insights = new InsightStore(db, driver);
  const concerns = await insights.sums({ measure: "concern", ...range, by: ["kind", "stage", "intent"] });
  const turns = await insights.sums({ measure: "turn", ...range, by: ["intent"] });
  return { concerns, turns };
}

describe("a correction", () => {
  it("files the turn under what it was really about, with the team of that place; the bot's own answer stays", async () => {
    const { store, correct, turnId } = await oneTurn();
    const answer = await correct({ intent: "payment.methods", by: "Ana" });
    const intent = content.intents.get("payment.methods");
    expect(answer).toMatchObject({
      status: 200,
      body: {
        turnId,
        before: { intent: "delivery.late", kind: "problem", team: null },
        now: {
          ...{ intent: "payment.methods", kind: intent?.kind, stage: intent?.stage },
          team: content.stages.get(intent?.stage ?? "")?.owner,
        },
      },
    });
    expect(await countedIn(store)).toEqual({
      concerns: [{ kind: intent?.kind, stage: intent?.stage, intent: "payment.methods", n: 1 }],
      turns: [{ intent: "payment.methods", n: 1 }],
    });
    expect(await store.db.selectFrom("turns").select("intent").execute()).toEqual([
      { intent: "delivery.late" },
    ]);
  });

  it("of a correction wins: the latest counts, and both are kept", async () => {
    const { store, correct } = await oneTurn();
    await correct({ intent: "payment.methods", by: "Ana" });
    await correct({ intent: null, by: "Ben", decidedBy: "agent" });
    expect(await countedIn(store)).toEqual({ concerns: [], turns: [{ intent: "", n: 1 }] });
    const kept = await store.db
      .selectFrom("corrections")
      .select(["by", "decided_by", "kind", "intent"])
      .orderBy("id")
      .execute();
    expect(kept).toMatchObject([
      { by: "Ana", decided_by: "reviewer", intent: "payment.methods" },
      { by: "Ben", decided_by: "agent", kind: "other", intent: null },
    ]);
  });

  it("counts what still waits to be counted first", async () => {
    const { store, correct, turnId } = await oneTurn();
    await store.counting.forgetCounts();
    await correct({ intent: "payment.methods", by: "Ana" }, turnId);
    expect(await store.counting.anyWaits()).toBe(false);
    expect((await countedIn(store)).turns).toEqual([{ intent: "payment.methods", n: 1 }]);
  });

  it("names what is wrong with it", async () => {
    const { correct } = await oneTurn();
    const malformed = (words: RegExp) => ({
      code: "request.malformed",
      message: expect.stringMatching(words),
    });
    await expect(correct({ intent: "no.such", by: "Ana" })).rejects.toMatchObject(
      malformed(/no intent no\.such/u),
    );
    await expect(correct({ intent: null, stage: "moon", by: "Ana" })).rejects.toMatchObject(
      malformed(/no stage moon/u),
    );
    await expect(correct({ intent: null })).rejects.toMatchObject(malformed(/by/u));
    await expect(correct({ intent: null, by: " \u0000 " })).rejects.toMatchObject(malformed(/name of who/u));
    await expect(correct({ intent: null, by: "Ana", kind: "cheer" })).rejects.toMatchObject(
      malformed(/kind/u),
    );
    await expect(correct({ intent: null, by: "Ana" }, "no turn")).rejects.toMatchObject({
      code: "turn.unknown",
    });
  });

  it("is taken from those who hold the token of the data folder alone", async () => {
    const { route, turnId } = await oneTurn();
    expect(() => route.admit?.(requestOf(turnId, {}, "guessed"))).toThrow(
      expect.objectContaining({ code: "auth.invalid" }),
    );
  });
});
