import { closeSync, fsyncSync, openSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import Sqlite from "better-sqlite3";
import { z } from "zod";
import { reasonOf } from "../../basics/errors.ts";
import type { BackupReport } from "./backup.ts";

/** A thread that copies a database as it stands at one instant, while another process goes on writing to it. */
const { from, to } = z.object({ from: z.string(), to: z.string() }).parse(workerData);
const report = (message: BackupReport) => parentPort?.postMessage(message);
const codeOf = (thrown: unknown) => (thrown instanceof Sqlite.SqliteError ? thrown.code : undefined);

function copy(): boolean {
  let database: Sqlite.Database | undefined;
  try {
    database = new Sqlite(from, { readonly: true, fileMustExist: true });
    const size = database.prepare<[], { bytes: number }>(
      "select (c.page_count - f.freelist_count) * s.page_size as bytes from pragma_page_count c, pragma_freelist_count f, pragma_page_size s",
    );
    report({ type: "began", ofBytes: size.get()?.bytes ?? 0 });
  } catch (thrown) {
    report({ type: "failed", at: "source", code: codeOf(thrown), reason: reasonOf(thrown) });
    database?.close();
    return false;
  }
  try {
    // One read transaction: the copy holds every commit before this instant and none after it.
    database.prepare("vacuum into ?").run(to);
    // VACUUM INTO leaves the copy to the operating system's cache (SQLite, VACUUM, 4): on the disk before we say so.
    const file = openSync(to, "r+");
    fsyncSync(file);
    closeSync(file);
    return true;
  } catch (thrown) {
    report({ type: "failed", at: "copy", code: codeOf(thrown), reason: reasonOf(thrown) });
    return false;
  } finally {
    database.close();
  }
}

function verify(): void {
  const made = new Sqlite(to, { readonly: true });
  const verdict = made.pragma("quick_check(1)", { simple: true });
  made.close();
  if (verdict === "ok") report({ type: "done" });
  else report({ type: "failed", at: "copy", code: undefined, reason: String(verdict) });
}

if (copy()) verify();
