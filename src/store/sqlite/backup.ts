import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import { KumustaError, reasonOf } from "../../basics/errors.ts";
import { workerUrl } from "../../basics/worker-url.ts";
import { isDamageCode } from "./failure.ts";

/** What the copying thread tells. */
export type BackupReport =
  | { readonly type: "began"; readonly ofBytes: number }
  | { readonly type: "done" }
  | {
      readonly type: "failed";
      readonly at: "source" | "copy";
      readonly code: string | undefined;
      readonly reason: string;
    };

/** How often the size of the copy is looked at, ms. */
const lookEveryMs = 200;

/**
 * Copies the database at `from` into the new file `to`, also while a server writes to it: the copy is the state of
 * one instant, checked and on the disk when this resolves. Written under another name first, so that a file named
 * `to` is always whole. Readable by its owner alone, as it holds customers' words.
 * @param onProgress bytes written so far and about how many there will be
 * @returns size of the copy in bytes
 * @throws KumustaError `backup.target`, `store.unreachable` (no database there), `store.damaged`
 */
export async function backupSqlite(
  from: string,
  to: string,
  onProgress: (bytes: number, ofBytes: number) => void = () => undefined,
): Promise<number> {
  if (existsSync(to)) throw new KumustaError("backup.target", [`${to} exists already`]);
  if (!existsSync(from)) throw new KumustaError("store.unreachable", [`${from} does not exist`]);
  const unfinished = `${to}.unfinished`;
  reserve(unfinished);
  try {
    await copyInThread(from, unfinished, onProgress);
    if (existsSync(to))
      throw new KumustaError("backup.target", [`${to} was made meanwhile by another program`]);
    renameSync(unfinished, to);
    syncFolder(dirname(to));
    return statSync(to).size;
  } catch (thrown) {
    rmSync(unfinished, { force: true });
    throw thrown instanceof KumustaError
      ? thrown
      : new KumustaError("backup.target", [to, reasonOf(thrown)], { cause: thrown });
  }
}

/** Makes the file, empty, or says why it cannot be made. Another backup to the same name is refused here. */
function reserve(file: string): void {
  try {
    closeSync(openSync(file, "wx", 0o600));
  } catch (thrown) {
    throw new KumustaError("backup.target", [reasonOf(thrown)], { cause: thrown });
  }
}

/** A new name is safe from a power failure only after its folder was synced. */
function syncFolder(folder: string): void {
  const opened = openSync(folder, "r");
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

function copyInThread(
  from: string,
  to: string,
  onProgress: (bytes: number, ofBytes: number) => void,
): Promise<void> {
  const worker = new Worker(workerUrl("backup-thread", import.meta.url), { workerData: { from, to } });
  let looking: NodeJS.Timeout | undefined;
  return new Promise<void>((resolve, reject) => {
    worker.on("message", (report: BackupReport) => {
      if (report.type === "began") {
        looking = setInterval(() => {
          onProgress(Math.min(statSync(to).size, report.ofBytes), report.ofBytes);
        }, lookEveryMs);
      } else if (report.type === "done") {
        const { size } = statSync(to);
        onProgress(size, size);
        resolve();
      } else reject(failureOf(report, from, to));
    });
    worker.on("error", reject);
    // After a report this changes nothing: a promise settles once.
    worker.on("exit", () => {
      reject(new KumustaError("backup.target", [to, "the copying thread ended early"]));
    });
  }).finally(async () => {
    clearInterval(looking);
    await worker.terminate();
  });
}

function failureOf(
  report: Extract<BackupReport, { type: "failed" }>,
  from: string,
  to: string,
): KumustaError {
  if (isDamageCode(report.code)) return new KumustaError("store.damaged", [from, report.reason]);
  if (report.at === "source") return new KumustaError("store.unreachable", [from, report.reason]);
  return new KumustaError("backup.target", [to, report.reason]);
}
