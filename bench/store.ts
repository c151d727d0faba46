/**
 * What our store layer costs over the statements it runs. A run of turns is recorded (every statement with its
 * values, every group commit), then the recording is replayed on bare better-sqlite3: same statements, same values,
 * same commits, nothing else — no JSON, no promises, rows thrown away. Both on fresh files, in turns, in one process.
 *
 *     node bench/store.ts [--turns 10000] [--batch 100] [--rounds 5] [--folder DIR]
 *
 * Prints one JSON object: turns per second and CPU of both and the ratios of the medians. A ratio of 1 would be a layer that
 * costs nothing.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { newId } from "../src/basics/ids.ts";
import { newConversation } from "../src/conversation/state.ts";
import type { SqlDriver } from "../src/store/sql/driver.ts";
import { SqlTurnStore } from "../src/store/sql/turn-store.ts";
import { MemoryLeases } from "../src/store/sqlite/memory-leases.ts";
import { openSqlite } from "../src/store/sqlite/open-sqlite.ts";
import type { ConversationRow, TurnCommit, TurnStore } from "../src/turn/ports.ts";
import {
  median,
  noted,
  replay,
  stopwatch,
  type Recorded,
  type Recording,
  type Step,
  type Time,
} from "./replay.ts";

const { values: given } = parseArgs({
  options: {
    turns: { type: "string", default: "10000" },
    batch: { type: "string", default: "100" },
    rounds: { type: "string", default: "5" },
    folder: { type: "string", default: tmpdir() },
  },
});
const batch = Number(given.batch);
const waves = Math.ceil(Number(given.turns) / batch);

const at = 1_795_305_600_000;
const state = { ...newConversation, repliedTurns: 1, language: "en" as const, lastIntent: "order-status" };
const reply = {
  text: "Your order is on its way. It left our warehouse this morning and should be with you within two to three days.",
  quickReplies: [
    { title: "Track it", payload: "track" },
    { title: "Talk to a person", payload: "agent" },
  ],
  script: "order-status",
  variant: "a",
};

function commitOf(
  conversation: ConversationRow,
  externalId: string,
  text: string,
  replyTo: string,
): TurnCommit {
  const id = newId();
  return {
    turn: {
      id,
      conversationId: conversation.id,
      seq: conversation.version + 1,
      trigger: "message",
      at,
      acceptedAt: at,
      channel: "webchat",
      account: "site",
      contactId: conversation.contactId,
      locale: "en",
      source: { device: "mobile", page: "/checkout" },
      lifecycle: "unknown",
      team: "delivery",
      activities: [{ externalId, activity: { type: "message", text, sentAt: at } }],
      recognition: {
        recognizer: "linear",
        modelVersion: "m1",
        candidates: ["order-status", "delivery-time", "cancel-order"].map((intent, i) => ({
          intent,
          confidence: 0.9 / (i + 1),
          score: 3.1 - i,
        })),
      },
      category: {
        kind: "question",
        stage: "delivery",
        intent: "order-status",
        topic: "tracking",
        decidedBy: "bot",
        confidence: 0.9,
      },
      dialog: { id: "order-status", step: null },
      said: [{ script: "order-status", variant: "a" }],
      steps: [],
      replies: [reply],
      outcome: "answered",
      visitId: null,
      concern: null,
      handOff: null,
      contentVersion: "c1",
      arrivedLate: false,
    },
    state,
    vault: conversation.vault,
    lastHandledSentAt: at,
    handled: [externalId],
    outbox: [{ id: `${id}:0`, n: 0, body: { type: "reply", reply, replyTo }, notBefore: 0 }],
    timers: [],
    cases: [],
  };
}

/** The hot path, `batch` conversations side by side: accept, take up, commit, read the outbox, settle. */
async function wave(store: TurnStore, conversations: readonly ConversationRow[]): Promise<void> {
  const text = "Hi po, where is my order? I ordered last Monday and the tracking page still says preparing.";
  const accepted = await Promise.all(
    conversations.map(({ id: conversationId, address }) => {
      const id = newId();
      return store.accept({
        id,
        conversationId,
        address,
        externalId: id,
        activity: { type: "message", text, sentAt: at },
        receivedAt: at,
        readyAt: at,
        transcript: { body: { type: "message", text, from: { id: "customer" } } },
      });
    }),
  );
  const taken = await Promise.all(conversations.map(({ id }) => store.takeUp(id)));
  await Promise.all(
    taken.map((found, i) => {
      const first = found?.pending[0];
      if (found === undefined || first === undefined) throw new TypeError("Nothing to take up");
      return store.commitTurn(commitOf(found.conversation, first.externalId, text, accepted[i]?.id ?? ""));
    }),
  );
  const waiting = await Promise.all(conversations.map(({ id }) => store.unsettledOutbox(id)));
  await Promise.all(
    waiting.map((rows, i) => {
      const row = rows[0];
      if (row === undefined) throw new TypeError("Nothing to send");
      return store.settle(
        conversations[i]?.id ?? "",
        row.id,
        {
          status: "delivered",
          transcript: { body: { type: "message", text: reply.text, from: { id: "bot" } } },
        },
        at,
      );
    }),
  );
}

const folder = mkdtempSync(join(given.folder, "kumusta-bench-store-"));
const freshFile = () => join(folder, `${newId()}.db`);

async function openConversations(store: TurnStore): Promise<ConversationRow[]> {
  return Promise.all(
    Array.from({ length: batch }, (_, i) =>
      store.openConversation({
        id: newId(),
        address: { channel: "webchat", account: "site", conversation: `c${String(i)}` },
        contact: `customer ${String(i)}`,
        state: newConversation,
        at,
      }),
    ),
  );
}

async function record(): Promise<Recording> {
  let steps: Step[] = [];
  let unit: Recorded[] = [];
  const store = await openSqlite({ file: freshFile() });
  const driver: SqlDriver = {
    ...store.driver,
    read: (script) => {
      const runs: Recorded[] = [];
      steps.push({ commit: false, runs });
      return store.driver.read(() => noted(script(), runs));
    },
    // Units of one wave run in the order in which they ask, in one group commit.
    commit: (script) => store.driver.commit(() => noted(script(), unit)),
  };
  const closeGroup = <T>(result: T): T => {
    if (unit.length > 0) steps.push({ commit: true, runs: unit });
    unit = [];
    return result;
  };
  const turns = new SqlTurnStore(store.db, driver, new MemoryLeases());
  const grouped = grouping(turns, closeGroup);
  const conversations = closeGroup(await openConversations(turns));
  const opening = steps;
  steps = [];
  for (let i = 0; i < waves; i++) await wave(grouped, conversations);
  await store.close();
  return { opening, steps };
}

/** The store, closing the recorded group after the first of a group's answers. */
function grouping(store: SqlTurnStore, closeGroup: <T>(result: T) => T): TurnStore {
  return new Proxy(store, {
    get(target, name) {
      if (name === "accept")
        return (intake: Parameters<TurnStore["accept"]>[0]) => target.accept(intake).then(closeGroup);
      if (name === "commitTurn") return (commit: TurnCommit) => target.commitTurn(commit).then(closeGroup);
      if (name === "settle")
        return (...args: Parameters<TurnStore["settle"]>) => target.settle(...args).then(closeGroup);
      if (name === "takeUp") return (id: string) => target.takeUp(id);
      return (id: string) => target.unsettledOutbox(id);
    },
  });
}

async function ours(): Promise<Time> {
  const store = await openSqlite({ file: freshFile() });
  const conversations = await openConversations(store.turns);
  const watch = stopwatch();
  for (let i = 0; i < waves; i++) await wave(store.turns, conversations);
  const time = watch();
  await store.close();
  return time;
}

try {
  const recording = await record();
  const times: { ours: Time; raw: Time }[] = [];
  for (let round = 0; round < Number(given.rounds); round++) {
    times.push(
      round % 2 === 0
        ? { ours: await ours(), raw: await replay(freshFile(), recording) }
        : { raw: await replay(freshFile(), recording), ours: await ours() },
    );
  }
  const turns = waves * batch;
  const perSecond = (ms: number) => Math.round((turns / ms) * 1_000);
  const ratioOf = (measure: keyof Time) => {
    const [mine, bare] = [
      median(times.map((time) => time.ours[measure])),
      median(times.map((time) => time.raw[measure])),
    ];
    return {
      ours: mine,
      raw: bare,
      ratio: Number((bare / mine).toFixed(3)),
      rounds: times.map((time) => Number((time.raw[measure] / time.ours[measure]).toFixed(3))),
    };
  };
  const [wall, cpu] = [ratioOf("wallMs"), ratioOf("cpuMs")];
  console.log(
    JSON.stringify({
      turns,
      batch,
      statementsPerTurn: recording.steps.reduce((sum, { runs }) => sum + runs.length, 0) / turns,
      groupCommits: recording.steps.filter(({ commit }) => commit).length,
      wall: {
        oursPerSecond: perSecond(wall.ours),
        rawPerSecond: perSecond(wall.raw),
        ratio: wall.ratio,
        rounds: wall.rounds,
      },
      cpu: {
        oursUsPerTurn: Math.round((cpu.ours / turns) * 1_000),
        rawUsPerTurn: Math.round((cpu.raw / turns) * 1_000),
        ratio: cpu.ratio,
        rounds: cpu.rounds,
      },
    }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
