import { parentPort, workerData } from "node:worker_threads";
import Sqlite from "better-sqlite3";
import { z } from "zod";
import { reasonOf } from "../../basics/errors.ts";
import type { Answer } from "./reader.ts";

/** A thread with a read-only connection of its own: long queries run here while the messages go on. */
const { file } = z.object({ file: z.string() }).parse(workerData);
const database = new Sqlite(file, { readonly: true });
const request = z.object({
  id: z.number(),
  text: z.string(),
  values: z.array(z.union([z.string(), z.number(), z.null(), z.instanceof(Uint8Array)])),
});

const answer = (message: Answer) => parentPort?.postMessage(message);

parentPort?.on("message", (message: unknown) => {
  const { id, text, values } = request.parse(message);
  try {
    answer({ id, rows: database.prepare(text).all(...values) });
  } catch (thrown) {
    answer({
      id,
      code: thrown instanceof Sqlite.SqliteError ? thrown.code : undefined,
      reason: reasonOf(thrown),
    });
  }
});
