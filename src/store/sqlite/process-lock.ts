import Sqlite from "better-sqlite3";
import { KumustaError } from "../../basics/errors.ts";

/**
 * Makes this process the only one that serves the database. The lock is an exclusive transaction on a file
 * beside it: the operating system lets go of it however the process ends, `kill -9` included.
 * @returns a function that lets go
 * @throws KumustaError `store.inUse` when another process holds it
 */
export function lockForThisProcess(databaseFile: string): () => void {
  const lock = new Sqlite(`${databaseFile}.lock`, { timeout: 0 });
  try {
    lock.pragma("journal_mode = memory");
    lock.exec("begin exclusive");
  } catch (thrown) {
    lock.close();
    throw new KumustaError("store.inUse", [databaseFile], { cause: thrown });
  }
  return () => {
    lock.close();
  };
}
