/**
 * How long the report of a month takes, as the log grows: stores of 10,000, 100,000 and 1,000,000 turns (and 10,000,000 with
 * --most), half of them in each of the two months compared, up to half a million a month; what is more lies in earlier
 * months. Rows are written straight by SQL, with sums as many as a busy shop has: 60 intents, 5 channels, 3 devices, 3 languages.
 *
 *     node bench/report.ts [--most 10000000] [--rounds 5] [--folder DIR] [--under-load]
 *
 * Prints one JSON object a size: median of the time and of the CPU of a report in ms, both threads together (on a busy
 * machine the CPU is the steadier figure). With --under-load also, of the largest, the time of GET /api/report on a
 * running server, alone and while 64 customers write to it as fast as it answers, and what it answers meanwhile.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import Sqlite from "better-sqlite3";
import { systemClock } from "../src/basics/time.ts";
import { requireContent } from "../src/content/load-content.ts";
import { daysFrom } from "../src/insights/report/calendar.ts";
import { makeReport } from "../src/insights/report/make-report.ts";
import { openStore } from "../src/store/open-store.ts";
import { openToRead } from "../src/store/open-to-read.ts";
import { InsightStore } from "../src/store/sql/insight-store.ts";
import { seededChance } from "../src/recognition/linear/chance.ts";
import { startServer } from "./http/child.ts";
import { DirectLineLoad } from "./http/direct-line-load.ts";
import { median } from "./replay.ts";

const { values: given } = parseArgs({
  options: {
    most: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
    folder: { type: "string", default: tmpdir() },
    "under-load": { type: "boolean", default: false },
  },
});

const content = requireContent(join(import.meta.dirname, ".."));
const intents = [...content.intents.values()].slice(0, 60);
const dayMs = 86_400_000;
/** 1 January 2025 and 1 November 2026, 00:00 in Manila: the last two of 22 months are compared. */
const first = Date.parse("2024-12-31T16:00:00Z");
const compared = Date.parse("2026-08-31T16:00:00Z");
const end = Date.parse("2026-10-31T16:00:00Z");
const mostCompared = 1_000_000;

/** Turns, concerns and cases between two instants, evenly. */
function fill(database: Sqlite.Database, turns: number, fromAt: number, toAt: number, name: string): void {
  const table = JSON.stringify(intents.map(({ id, kind, stage }) => ({ id, kind, stage })));
  const at = "cast(? + (? - ?) * (cast(i as real) / ?) as integer)";
  const span = [fromAt, toAt, fromAt, turns];
  const record =
    `json_object('channel', 'webchat', 'activities', json_array(json_object('externalId', 'x', 'activity', ` +
    `json_object('type', 'message', 'text', case i % 17 when 0 then 'may gift wrap po ba kayo ' || (i % 97) else 'where is my order' end, 'sentAt', 0))))`;
  const numbers = `with recursive numbers(i) as (select 0 union all select i + 1 from numbers where i + 1 < ?)`;
  const picked = `json_extract(?, '$[' || (i * 7 % ${String(intents.length)}) || '].`;
  database
    .prepare(
      `${numbers} insert into turns (id, conversation_id, seq, at, trigger, outcome, kind, stage, intent, record)
       select '${name}' || printf('%010d', i), '${name}' || (i / 20), i % 20, ${at}, 'message',
         case i % 17 when 0 then 'fellBack' else 'answered' end, ${picked}kind'), ${picked}stage'), ${picked}id'), ${record} from numbers`,
    )
    .run(turns, ...span, table, table, table);
  database
    .prepare(
      `${numbers} insert into concerns (visit_id, intent, conversation_id, contact_id, channel, account, device, lifecycle,
         kind, stage, opened_at, last_at, first_seq, last_seq, day, turns, outcome)
       select '${name}v' || i, ${picked}id'), '${name}' || (i * 3 / 20), '${name}' || (i % 50000), 'webchat', 'site', 'mobile', 'unknown',
         ${picked}kind'), ${picked}stage'), ${at}, 0, i * 3 % 20, i * 3 % 20, '', 3, 'answered' from numbers`,
    )
    .run(Math.ceil(turns / 3), table, table, table, ...span.slice(0, 3), Math.ceil(turns / 3));
  const cases = Math.ceil(turns / 30);
  database
    .prepare(
      `${numbers} insert into cases (id, ref, conversation_id, channel, account, contact, team, status, reason, kind, stage, intent,
         opened_at, opened_seq, updated_at, broken, first_replied_at, card)
       select '${name}c' || i, '${name}' || i, '${name}' || i, 'webchat', 'site', 'x', 'delivery', 'closed', 'requested',
         ${picked}kind'), ${picked}stage'), ${picked}id'), ${at}, 0, 0, i % 20 = 0, ${at} + 60000 * (i % 100), '{}' from numbers`,
    )
    .run(cases, table, table, table, ...span.slice(0, 3), cases, ...span.slice(0, 3), cases);
}

/** Sums of one day, as many rows as a busy day has. */
function sumsOf(database: Sqlite.Database, days: readonly string[], turnsPerDay: number): void {
  const chance = seededChance(1);
  const insert = database.prepare("insert into rollups values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const keys: readonly (readonly [string, readonly string[], readonly string[], readonly string[]])[] = [
    [
      "concern",
      ["contained", "handedOff", "notSolved"],
      ["prospect", "first-purchase", "repeat-purchase", "unknown"],
      ["", "1", "7", "30"],
    ],
    [
      "where",
      ["webchat", "messenger", "sms", "telegram", "viber"],
      ["mobile", "desktop", ""],
      ["en", "fil", ""],
    ],
    ["owner", ["sales", "delivery", ""], ["webchat", "messenger", "sms"], ["site"]],
    ["page", Array.from({ length: 10 }, (_, i) => `/page-${String(i)}`), [""], [""]],
    [
      "turn",
      ["answered", "clarified", "fellBack", "handedOff", "silent"],
      ["webchat", "messenger", "sms"],
      [""],
    ],
    [
      "hour",
      Array.from({ length: 24 }, (_, i) => String(i).padStart(2, "0")),
      ["webchat", "messenger"],
      [""],
    ],
    ["botWait", ["4", "8", "16", "1024"], ["webchat", "messenger"], [""]],
  ];
  for (const day of days)
    for (const { id, kind, stage } of intents)
      for (const [measure, first, second, third] of keys) {
        const mean = turnsPerDay / 3 / intents.length / (first.length * second.length * third.length);
        for (const k1 of first)
          for (const k2 of second)
            for (const k3 of third) {
              const n = Math.floor(mean + chance());
              if (n > 0) insert.run(measure, day, kind, stage, id, k1, k2, k3, n);
            }
      }
}

async function measured(turns: number, folder: string): Promise<void> {
  const file = join(folder, `${String(turns)}.db`);
  await (await openStore(`file:${file}`)).close();
  const begun = performance.now();
  const database = new Sqlite(file);
  database.pragma("synchronous = off");
  const recent = Math.min(turns, mostCompared);
  database.transaction(() => {
    if (turns > recent) fill(database, turns - recent, first, compared, "a");
    fill(database, recent, compared, end, "b");
    const earlier = daysFrom("2025-01-01", "2026-08-31");
    if (turns > recent) sumsOf(database, earlier, (turns - recent) / earlier.length);
    sumsOf(database, daysFrom("2026-09-01", "2026-10-31"), recent / 61);
  })();
  database.exec("analyze");
  database.close();
  const filledMs = performance.now() - begun;

  const store = await openToRead(`file:${file}`);
  const times: number[] = [];
  const cpu: number[] = [];
  let findings = 0;
  for (let round = 0; round < Number(given.rounds); round++) {
    const start = performance.now();
    const startCpu = process.cpuUsage();
    const report = await makeReport({
      month: "2026-10",
      store: new InsightStore(store.db, store.driver),
      content,
      clock: { ...systemClock, now: () => end + 5 * dayMs },
    });
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(startCpu);
    cpu.push((user + system) / 1_000);
    findings = report.findings.length;
  }
  await store.close();
  console.log(
    JSON.stringify({
      turns,
      reportMs: Math.round(median(times)),
      cpuMs: Math.round(median(cpu)),
      slowestMs: Math.round(Math.max(...times)),
      findings,
      megabytes: Math.round(statSync(file).size / 1e6),
      filledSeconds: Math.round(filledMs / 1_000),
    }),
  );
  if (given["under-load"] && turns * 10 > Number(given.most)) await underLoad(file, folder);
  rmSync(file);
}

/** The report as a running server makes it, alone and under load. */
async function underLoad(file: string, folder: string): Promise<void> {
  const dataDir = join(folder, "data");
  const secret = "the-benchmarks-own-secret";
  const server = await startServer(["bin/kumusta.js", "start"], {
    PORT: "0",
    HOST: "127.0.0.1",
    DATA_DIR: dataDir,
    DATABASE_URL: `file:${file}`,
    BURST_QUIET_MS: "0",
    DIRECTLINE_SECRET: secret,
  });
  const load = await DirectLineLoad.open({ port: server.port, secret, conversations: 300 });
  const headers = { authorization: `Bearer ${readFileSync(join(dataDir, "admin-token"), "utf8").trim()}` };
  const reports = async () => {
    const times: number[] = [];
    for (let round = 0; round < Number(given.rounds); round++) {
      const begun = performance.now();
      const answer = await fetch(`http://127.0.0.1:${String(server.port)}/api/report?month=2026-10`, {
        headers,
      });
      await answer.text();
      if (!answer.ok) throw new Error(`the report was answered ${String(answer.status)}`);
      times.push(performance.now() - begun);
    }
    return Math.round(median(times));
  };
  try {
    await load.asFastAsPossible(8, 64);
    const alone = await reports();
    const busy = load.asFastAsPossible(12, 64);
    const beside = await reports();
    const { messages, seconds } = await busy;
    console.log(
      JSON.stringify({
        reportOverHttpMs: alone,
        underLoadMs: beside,
        turnsPerSecond: Math.round(messages / seconds),
      }),
    );
  } finally {
    await load.close();
    await server.stop();
  }
}

const folder = mkdtempSync(join(given.folder, "kumusta-bench-report-"));
try {
  for (let turns = 10_000; turns <= Number(given.most); turns *= 10) await measured(turns, folder);
} finally {
  rmSync(folder, { recursive: true });
}
