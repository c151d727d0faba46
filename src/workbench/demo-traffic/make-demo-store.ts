import { existsSync, renameSync, rmSync } from "node:fs";
import { KumustaError } from "../../basics/errors.ts";
import { demoOf, markDemo, type DemoMark } from "../../store/sql/demo-mark.ts";
import { lockForThisProcess } from "../../store/sqlite/process-lock.ts";
import { openSqlite } from "../../store/sqlite/open-sqlite.ts";
import type { ReadingStore } from "../../store/reading-store.ts";
import { openSqliteToRead } from "../../store/sqlite/open-sqlite-to-read.ts";
import { planTraffic, type TrafficOptions } from "./plan-traffic.ts";
import { playTraffic, type PlayOptions } from "./play-traffic.ts";

export interface DemoStoreOptions
  extends Omit<TrafficOptions, "content">, Pick<PlayOptions, "pair" | "middleware" | "onProgress"> {
  /** SQLite file that the traffic is written to. */
  readonly file: string;
  /** Where real conversations are kept: never written to. Undefined where that is no file. */
  readonly realFile: string | undefined;
  /** Make it anew where it holds made-up traffic already. */
  readonly replace: boolean;
}

const besides = ["", "-wal", "-shm", ".lock"];

function remove(file: string): void {
  for (const beside of besides) rmSync(`${file}${beside}`, { force: true });
}

/** What stands in the file; undefined where it is no database of made-up traffic, whatever else it may be. */
async function madeUpIn(file: string): Promise<DemoMark | undefined> {
  let store: ReadingStore | undefined;
  try {
    store = await openSqliteToRead(file);
    return await demoOf(store);
  } catch {
    return undefined;
  } finally {
    await store?.close();
  }
}

async function requireFree({ file, realFile, replace }: DemoStoreOptions): Promise<void> {
  if (file === realFile)
    throw new KumustaError("demo.refused", [
      `${file} is where your conversations are kept (DATABASE_URL): made-up ones never go there`,
    ]);
  if (!existsSync(file)) return;
  if ((await madeUpIn(file)) === undefined)
    throw new KumustaError("demo.refused", [
      `${file} exists and is no made-up traffic: name another file with --store`,
    ]);
  if (!replace)
    throw new KumustaError("demo.refused", [
      `${file} holds made-up traffic already: --replace makes it anew`,
    ]);
}

/**
 * Plans and plays traffic into a new file, which says of itself that it is made up. Whole or not at all: it is written
 * under another name first.
 * @returns turns played
 * @throws KumustaError `demo.refused` where the file holds something else, `store.inUse`
 */
export async function makeDemoStore(
  options: DemoStoreOptions,
): Promise<{ readonly turns: number; readonly visits: number }> {
  const { file, pair, days, seed, shifts } = options;
  await requireFree(options);
  const plan = planTraffic({ ...options, content: pair.content });
  const unfinished = `${file}.unfinished`;
  const release = existsSync(file) ? lockForThisProcess(file) : () => undefined;
  try {
    remove(unfinished);
    const store = await openSqlite({ file: unfinished, durable: false });
    let turns = 0;
    try {
      const from = days[0]?.day ?? "";
      await markDemo(store, { seed, from, to: days.at(-1)?.day ?? from, shifts: shifts.length > 0 });
      turns = await playTraffic({ ...options, plan, store });
    } finally {
      await store.close();
    }
    remove(file);
    renameSync(unfinished, file);
    return { turns, visits: plan.visits.length };
  } finally {
    release();
    remove(unfinished);
  }
}
