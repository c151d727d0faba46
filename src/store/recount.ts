import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BusinessDays } from "../turn/counting/business-day.ts";
import { checkCounts, type CountCheck } from "./check-counts.ts";
import { openSqlite } from "./sqlite/open-sqlite.ts";
import type { Store } from "./store.ts";

/** Turns of one transaction: nobody waits for it. */
const turnsAtOnce = 500;

type OnTurns = (done: number, of: number) => void;

/**
 * Counts the whole log again: forgets concerns and sums, and counts every turn as if it had just been committed. Killed
 * in between, the next start counts the rest.
 * @returns number of turns counted
 * @throws KumustaError `store.refused`
 */
export async function recount({ counting }: Store, days: BusinessDays, onTurns: OnTurns): Promise<number> {
  const of = await counting.turns();
  await counting.forgetCounts();
  let done = 0;
  for (let counted = -1; counted !== 0; done += counted) {
    counted = await counting.count(days, turnsAtOnce);
    onTurns(done + counted, Math.max(of, done + counted));
  }
  return done;
}

/** Compares what is counted with the log, in a database of its own beside it that is gone afterwards. */
export async function checkBeside(store: Store, days: BusinessDays, onTurns: OnTurns): Promise<CountCheck> {
  const of = await store.counting.turns();
  const folder = mkdtempSync(join(tmpdir(), "kumusta-recount-"));
  try {
    const scratch = await openSqlite({ file: join(folder, "recount.db"), durable: false });
    try {
      return await checkCounts(store, scratch, days, (done) => {
        onTurns(done, of);
      });
    } finally {
      await scratch.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
