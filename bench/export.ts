/**
 * Whether an export's memory grows with the log: logs of two sizes are filled by bulk SQL, and each is exported by the
 * command itself in a process of its own, whose largest resident set is read when it ends.
 *
 *     npm run bench:export [-- --rows 1000000] [--folder DIR]
 *
 * Prints one JSON object: rows a second and the largest resident set of both sizes, and the ratio of the two. A ratio of 1
 * is memory that does not grow.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import Sqlite from "better-sqlite3";
import { openStore } from "../src/store/open-store.ts";

const { values: given } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    folder: { type: "string", default: tmpdir() },
  },
});
const root = join(import.meta.dirname, "..");
const start = 1_788_000_000_000;

const record = JSON.stringify({
  ...{ channel: "sms", account: "+639170000001", contactId: "k", locale: "fil", lifecycle: "unknown" },
  source: { device: "mobile", page: "/checkout" },
  activities: [
    {
      externalId: "SM0123456789abcdef",
      activity: {
        type: "message",
        text: "Hi po, nasaan na po yung order ko? Ang number ko ay ‹phone:1›, salamat po",
        sentAt: start,
      },
    },
  ],
  recognition: {
    parts: [
      {
        candidates: ["order-status", "delivery-time", "cancel-order", "greeting", "thanks"].map(
          (intent, n) => ({
            intent,
            score: 3.102938 - n,
            confidence: 0.912345 / (n + 1),
          }),
        ),
        outOfScope: 0.012345,
      },
    ],
    ...{ language: "fil", recognizer: "linear", modelVersion: "m1" },
  },
  category: {
    ...{ kind: "question", stage: "delivery", intent: "order-status", topic: "tracking" },
    ...{ decidedBy: "bot", confidence: 0.912345 },
  },
  dialog: { id: "order-status", step: null },
  said: [{ script: "order-status", variant: "a" }],
  replies: [{ text: "Nasa daan na po ang order niyo. Darating po ito sa loob ng dalawa o tatlong araw." }],
  ...{ steps: [], visitId: "v", concern: { visit: "v", intent: "order-status" }, handOff: null },
  ...{ contentVersion: "c1", arrivedLate: false, acceptedAt: start },
});

/** A log of so many turns, a second apart. */
async function fill(file: string, rows: number): Promise<void> {
  await (await openStore(`file:${file}`)).close();
  const database = new Sqlite(file);
  database.pragma("synchronous = off");
  database
    .prepare(
      `with recursive n(i) as (select 0 union all select i + 1 from n where i < ?)
       insert into turns (id, conversation_id, seq, at, trigger, outcome, kind, stage, intent, record)
       select substr(printf('%012x', ? + i * 1000), 1, 8) || '-' || substr(printf('%012x', ? + i * 1000), 9)
              || printf('-7000-8000-%012x', i),
              'c' || (i / 40), i % 40, ? + i * 1000, 'message', 'answered', 'question', 'delivery', 'order-status', ?
       from n`,
    )
    .run(rows - 1, start, start, start, record);
  database.close();
}

/** Exports by the command; gives seconds, bytes written and the largest resident set in MB. */
async function measure(file: string, format: string) {
  const begun = performance.now();
  const child = spawn(process.execPath, ["bin/kumusta.js", "export", "turns", "--format", format], {
    cwd: root,
    env: { PATH: process.env["PATH"], DATABASE_URL: `file:${file}` },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let bytes = 0;
  let lines = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  });
  const watch = { over: false };
  const end = new Promise<number | null>((resolve) => child.once("close", resolve)).finally(() => {
    watch.over = true;
  });
  let peakMb = 0;
  const status = `/proc/${String(child.pid)}/status`;
  while (!watch.over) {
    // The kernel's own high-water mark (proc(5), VmHWM): nothing between two looks escapes it.
    const kilobytes = existsSync(status)
      ? /VmHWM:\s+(\d+)/u.exec(readFileSync(status, "utf8"))?.[1]
      : undefined;
    peakMb = Math.max(peakMb, Number(kilobytes ?? 0) / 1024);
    await Promise.race([end, pause(50)]);
  }
  if ((await end) !== 0) throw new Error("The export failed");
  return {
    lines,
    megabytes: Math.round(bytes / 1e6),
    seconds: Number(((performance.now() - begun) / 1_000).toFixed(1)),
    peakMb: Math.round(peakMb),
  };
}

const folder = mkdtempSync(join(given.folder, "kumusta-bench-export-"));
try {
  const many = Number(given.rows);
  const few = Math.max(1, Math.round(many / 50));
  const result: Record<string, unknown> = {};
  for (const rows of [few, many]) {
    const file = join(folder, `${String(rows)}.db`);
    console.error(`Filling a log of ${rows.toLocaleString("en")} turns…`);
    await fill(file, rows);
  }
  for (const format of ["jsonl", "csv"]) {
    const small = await measure(join(folder, `${String(few)}.db`), format);
    const large = await measure(join(folder, `${String(many)}.db`), format);
    result[format] = {
      [few]: small,
      [many]: { ...large, rowsPerSecond: Math.round(many / large.seconds) },
      memoryRatio: Number((large.peakMb / small.peakMb).toFixed(2)),
    };
  }
  console.log(JSON.stringify(result));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
