import { parentPort, workerData } from "node:worker_threads";
import Sqlite from "better-sqlite3";
import { z } from "zod";

/** A thread with a read-only connection of its own: long queries run here while the messages go on. */
const { file } = z.object({ file: z.string() }).parse(workerData);
const database = new Sqlite(file, { readonly: true });
const request = z.object({ id: z.number(), text: z.string(), values: z.array(z.union([z.string(), z.number(), z.null(), z.instanceof(Uint8Array)])) });

parentPort?.on("message", (message: unknown) => {
  const { id, text, values } = request.parse(message);
  try {
    parentPort?.postMessage({ id, rows: database.prepare<unknown[]>(text).all(...values) });
  } catch (thrown) {
    parentPort?.postMessage({ id, reason: thrown instanceof Error ? thrown.message : String(thrown) });
  }
});
