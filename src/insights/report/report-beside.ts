import { Worker } from "node:worker_threads";
import { z } from "zod";
import { KumustaError } from "../../basics/errors.ts";
import { workerUrl } from "../../basics/worker-url.ts";
import type { Report } from "./report.ts";

/** What the thread sends back. */
export type ThreadAnswer = { readonly report: Report } | { readonly refused: string };

export interface BesideGiven {
  readonly databaseUrl: string;
  readonly contentDir: string;
  readonly month: string | undefined;
}

/* The thread is ours and of this version: its answer is checked for being one, not field by field. */
const answerSchema = z.union([
  z.object({
    report: z.custom<Report>(
      (value) => z.object({ findings: z.array(z.unknown()) }).safeParse(value).success,
    ),
  }),
  z.object({ refused: z.string() }),
]);

/** Makes reports beside the messages: what they cost is felt by nobody who writes. */
export class ReportsBeside {
  readonly #made = new Map<string, Promise<Report>>();
  readonly #threads = new Set<Worker>();

  /**
   * The report of a month; who asks for the same month meanwhile gets the same one.
   * @throws KumustaError `internal` with the reason when the thread could not make it
   */
  report(given: BesideGiven): Promise<Report> {
    const key = given.month ?? "";
    const made = this.#made.get(key) ?? this.#make(given).finally(() => this.#made.delete(key));
    this.#made.set(key, made);
    return made;
  }

  async #make(given: BesideGiven): Promise<Report> {
    const worker = new Worker(workerUrl("report-thread", import.meta.url), { workerData: given });
    this.#threads.add(worker);
    try {
      return await new Promise<Report>((resolve, reject) => {
        worker.on("message", (message: unknown) => {
          const answer = answerSchema.parse(message);
          if ("report" in answer) resolve(answer.report);
          else reject(new KumustaError("internal", [answer.refused]));
        });
        worker.on("error", reject);
        worker.on("exit", () => {
          reject(new KumustaError("internal", ["the report's thread ended"]));
        });
      });
    } finally {
      this.#threads.delete(worker);
      await worker.terminate();
    }
  }

  /** Ends what is being made. */
  async close(): Promise<void> {
    await Promise.all([...this.#threads].map((worker) => worker.terminate()));
  }
}
