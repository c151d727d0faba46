import Sqlite, { type Database } from "better-sqlite3";
import { KumustaError } from "../../basics/errors.ts";
import { isLocked } from "./failure.ts";

/**
 * Makes this process the only one that serves the database. The lock is an exclusive transaction on a file
 * beside it: the operating system lets go of it however the process ends, `kill -9` included.
 * @returns a function that lets go
 * @throws KumustaError `store.inUse` when another process holds it, `data.unwritable` when the file cannot be made
 */
export function lockForThisProcess(databaseFile: string): () => void {
  let lock: Database | undefined;
  try {
    lock = new Sqlite(`${databaseFile}.lock`, { timeout: 0 });
    lock.pragma("journal_mode = memory");
    lock.exec("begin exclusive");
  } catch (thrown) {
    lock?.close();
    throw new KumustaError(isLocked(thrown) ? "store.inUse" : "data.unwritable", [databaseFile], {
      cause: thrown,
    });
  }
  const held = lock;
  return () => {
    held.close();
  };
}
