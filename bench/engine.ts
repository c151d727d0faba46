/**
 * The engine alone, accept to settled reply, without HTTP and without recognition, against the statements that it ran,
 * played bare in the same group commits. Customers tap, so that each message is one turn.
 *
 *     node bench/engine.ts [--turns 10000] [--customers 100] [--rounds 5]
 *
 * Prints one JSON object; a ratio of 1 would be an engine that costs nothing. What counting for reports adds is measured
 * against the same load without it.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { newId } from "../src/basics/ids.ts";
import { systemClock } from "../src/basics/time.ts";
import { requireContent } from "../src/content/load-content.ts";
import { newConversation } from "../src/conversation/state.ts";
import type { Recognizer } from "../src/recognition/recognizer.ts";
import type { SqlDriver } from "../src/store/sql/driver.ts";
import { openSqlite } from "../src/store/sqlite/open-sqlite.ts";
import { Counter } from "../src/turn/counter.ts";
import { businessDays } from "../src/turn/counting/business-day.ts";
import { Engine } from "../src/turn/engine.ts";
import { BotHost } from "../src/turn/host.ts";
import type { Channel, OutgoingReply, TurnStore } from "../src/turn/ports.ts";
import { median, noted, replay, stopwatch, type Recording, type Step, type Time } from "./replay.ts";

const { values: given } = parseArgs({
  options: {
    turns: { type: "string", default: "10000" },
    customers: { type: "string", default: "100" },
    rounds: { type: "string", default: "5" },
  },
});
const turns = Number(given.turns);
const customers = Number(given.customers);

const content = requireContent(join(import.meta.dirname, ".."));
/** Taps need no recognition: asking for it would be a fault of the benchmark. */
const recognizer: Recognizer = {
  name: "none",
  modelVersion: "none",
  thresholds: { accept: 1, clarify: 1 },
  recognize: () => {
    throw new TypeError("nothing is recognized here");
  },
};
const folder = mkdtempSync(join(tmpdir(), "kumusta-bench-engine-"));
const freshFile = () => join(folder, `${newId()}.db`);

/** Runs the load on a store; `opened` is told when the conversations stand and the turns begin. */
async function run(store: TurnStore, opened: () => void): Promise<Time> {
  const waiting = new Map<string, () => void>();
  const transcriptEntry = ({ reply }: OutgoingReply) => ({ body: { type: "message", text: reply.text } });
  const channel: Channel = {
    name: "bench",
    capabilities: { delivery: "transcript", showsTyping: false },
    transcriptEntry,
    deliver: (outgoing) => Promise.resolve({ status: "delivered", transcript: transcriptEntry(outgoing) }),
    announce: (conversationId) => waiting.get(conversationId)?.(),
  };
  const engine = new Engine({
    store,
    clock: systemClock,
    host: new BotHost(),
    pair: () => ({ content, recognizer }),
    channels: [channel],
    actions: new Map(),
    window: { quietMs: 0, mostMs: 3_000 },
    observer: {
      accepted: () => undefined,
      turned: () => undefined,
      settled: () => undefined,
      failed: (what, _ids, thrown) => {
        console.error(what, thrown);
      },
    },
  });
  const conversations = await Promise.all(
    Array.from({ length: customers }, (_, i) => {
      const address = { channel: channel.name, account: "a", conversation: String(i) };
      return store.openConversation({
        id: newId(),
        address,
        contact: "c",
        state: newConversation,
        at: systemClock.now(),
      });
    }),
  );
  await engine.start();
  opened();
  const watch = stopwatch();
  let left = turns;
  await Promise.all(
    conversations.map(async ({ id, address }) => {
      while (left-- > 0) {
        const replied = new Promise<void>((resolve) => waiting.set(id, resolve));
        const tap = {
          type: "choice",
          text: "Payment",
          payload: "intent:payment.methods",
          sentAt: systemClock.now(),
        } as const;
        await engine.accept(id, {
          address,
          externalId: newId(),
          activity: tap,
          transcript: { body: { ...tap } },
        });
        await replied;
      }
    }),
  );
  const time = watch();
  await engine.stop();
  return time;
}

async function record(): Promise<Recording> {
  const recording: { opening: Step[]; steps: Step[] } = { opening: [], steps: [] };
  let into = recording.opening;
  let group: Step = { commit: true, runs: [] };
  const onFlush = () => {
    group = { commit: true, runs: [] };
    into.push(group);
  };
  const through = (driver: SqlDriver): SqlDriver => ({
    ...driver,
    read: (script) => {
      const step: Step = { commit: false, runs: [] };
      into.push(step);
      return driver.read(() => noted(script(), step.runs));
    },
    commit: (script) => driver.commit(() => noted(script(), group.runs)),
  });
  const store = await openSqlite({ file: freshFile(), onFlush, through });
  await run(store.turns, () => {
    into = recording.steps;
  });
  await store.close();
  return recording;
}

async function ours(): Promise<Time> {
  const store = await openSqlite({ file: freshFile() });
  const time = await run(store.turns, () => undefined);
  await store.close();
  return time;
}

/** The same with the counter beside it, as the server runs it; the time that it takes to count what is left is its own. */
async function oursCounted(): Promise<Time> {
  const store = await openSqlite({ file: freshFile() });
  const days = businessDays(content.timeZone);
  const counter = new Counter({
    counting: {
      anyWaits: () => store.counting.anyWaits(),
      countSome: (most) => store.counting.count(days, most),
    },
    clock: systemClock,
    onFailed: (thrown) => {
      console.error("counting", thrown);
    },
  });
  counter.start();
  const time = await run(store.turns, () => undefined);
  const watch = stopwatch();
  await counter.stop();
  const rest = watch();
  await store.close();
  return { wallMs: time.wallMs + rest.wallMs, cpuMs: time.cpuMs + rest.cpuMs };
}

try {
  const recording = await record();
  const times: { ours: Time; counted: Time; raw: Time }[] = [];
  for (let round = 0; round < Number(given.rounds); round++) {
    times.push({
      ours: await ours(),
      counted: await oursCounted(),
      raw: await replay(freshFile(), recording),
    });
  }
  const ratio = (measure: keyof Time) =>
    Number(median(times.map(({ raw, ours }) => raw[measure] / ours[measure])).toFixed(3));
  console.log(
    JSON.stringify({
      turns,
      statementsPerTurn: recording.steps.reduce((sum, { runs }) => sum + runs.length, 0) / turns,
      turnsPerGroupCommit: turns / recording.steps.filter(({ commit }) => commit).length,
      turnsPerSecond: Math.round((turns / median(times.map(({ ours }) => ours.wallMs))) * 1_000),
      wallRatio: ratio("wallMs"),
      cpuRatio: ratio("cpuMs"),
      cpuMicrosecondsPerTurn: Math.round((median(times.map(({ ours }) => ours.cpuMs)) / turns) * 1_000),
      countingCpuMicrosecondsPerTurn: Math.round(
        (median(times.map(({ ours, counted }) => counted.cpuMs - ours.cpuMs)) / turns) * 1_000,
      ),
    }),
  );
} finally {
  rmSync(folder, { recursive: true });
}
