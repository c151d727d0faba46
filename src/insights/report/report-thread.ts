import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { KumustaError, reasonOf } from "../../basics/errors.ts";
import { systemClock } from "../../basics/time.ts";
import type { Content } from "../../content/content.ts";
import { openToRead } from "../../store/open-to-read.ts";
import type { ReadingStore } from "../../store/reading-store.ts";
import { demoOf } from "../../store/sql/demo-mark.ts";
import { InsightStore } from "../../store/sql/insight-store.ts";
import { makeReport } from "./make-report.ts";
import type { ThreadAnswer } from "./report-beside.ts";

const given = z.object({ databaseUrl: z.string() });
const questionSchema = z.object({
  id: z.number(),
  month: z.string(),
  content: z.custom<Content>((value) => typeof value === "object").optional(),
});

/** Makes reports one after the other, on a connection of its own that cannot write. */
class ReportMaker {
  readonly #databaseUrl: string;
  #store: ReadingStore | undefined;
  /** As the last question that brought one had it. */
  #content: Content | undefined;
  #before: Promise<unknown> = Promise.resolve();

  constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
  }

  answer(message: unknown): Promise<ThreadAnswer> {
    const answer = this.#before.then(() => this.#answer(message));
    this.#before = answer;
    return answer;
  }

  async #answer(message: unknown): Promise<ThreadAnswer> {
    const question = questionSchema.parse(message);
    const { id, month } = question;
    try {
      const content = (this.#content = question.content ?? this.#content);
      if (content === undefined)
        throw new KumustaError("internal", ["the first question brings the content"]);
      const store = (this.#store ??= await openToRead(this.#databaseUrl));
      const report = await makeReport({
        ...{ month, content },
        store: new InsightStore(store.db, store.driver),
        clock: systemClock,
        demo: await demoOf(store),
      });
      return { id, report };
    } catch (thrown) {
      return { id, refused: reasonOf(thrown) };
    }
  }
}

const maker = new ReportMaker(given.parse(workerData).databaseUrl);
parentPort?.on("message", (message: unknown) => {
  void maker.answer(message).then((answer) => parentPort?.postMessage(answer));
});
