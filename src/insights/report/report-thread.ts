import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { reasonOf } from "../../basics/errors.ts";
import { systemClock } from "../../basics/time.ts";
import { requireContent } from "../../content/load-content.ts";
import { openToRead } from "../../store/open-to-read.ts";
import { demoOf } from "../../store/sql/demo-mark.ts";
import { InsightStore } from "../../store/sql/insight-store.ts";
import { makeReport } from "./make-report.ts";
import type { ThreadAnswer } from "./report-beside.ts";

/** Makes one report on a thread of its own, on a connection of its own that cannot write. */
const { databaseUrl, contentDir, month } = z
  .object({ databaseUrl: z.string(), contentDir: z.string(), month: z.string().optional() })
  .parse(workerData);

const answer = (message: ThreadAnswer) => parentPort?.postMessage(message);

try {
  const store = await openToRead(databaseUrl);
  try {
    const report = await makeReport({
      month,
      store: new InsightStore(store.db, store.driver),
      content: requireContent(contentDir),
      clock: systemClock,
      demo: await demoOf(store),
    });
    answer({ report });
  } finally {
    await store.close();
  }
} catch (thrown) {
  answer({ refused: reasonOf(thrown) });
}
