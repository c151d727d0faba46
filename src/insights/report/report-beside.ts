import { Worker } from "node:worker_threads";
import { z } from "zod";
import { KumustaError } from "../../basics/errors.ts";
import { workerUrl } from "../../basics/worker-url.ts";
import type { Content } from "../../content/content.ts";
import type { Report } from "./report.ts";

/** What the thread is asked. */
export interface ThreadQuestion {
  readonly id: number;
  readonly month: string;
  /** Only where the thread does not have it yet. */
  readonly content: Content | undefined;
}

/** What the thread sends back. */
export type ThreadAnswer =
  { readonly id: number; readonly report: Report } | { readonly id: number; readonly refused: string };

/* The thread is ours and of this version: its answer is checked for being one, not field by field. */
const answerSchema = z.union([
  z.object({
    id: z.number(),
    report: z.custom<Report>(
      (value) => z.object({ findings: z.array(z.unknown()) }).safeParse(value).success,
    ),
  }),
  z.object({ id: z.number(), refused: z.string() }),
]);

export interface ReportsBesideOptions {
  readonly databaseUrl: string;
  /** How long the thread waits for the next question before it ends and gives its memory back, ms. */
  readonly idleMs?: number;
}

interface Asked {
  readonly resolve: (report: Report) => void;
  readonly reject: (reason: unknown) => void;
}

/** A thread that makes reports, and what it was asked. */
interface Thread {
  readonly worker: Worker;
  readonly asked: Map<number, Asked>;
  /** Version of the content that it holds. */
  version: string | undefined;
}

/** Makes reports beside the messages, on one thread that stays while it is asked: what they cost is felt by nobody who writes. */
export class ReportsBeside {
  readonly #options: Required<ReportsBesideOptions>;
  /** Being made, by month and version of the content. */
  readonly #made = new Map<string, Promise<Report>>();
  #thread: Thread | undefined;
  #idle: NodeJS.Timeout | undefined;
  #last = 0;
  #closed = false;

  constructor({ databaseUrl, idleMs = 60_000 }: ReportsBesideOptions) {
    this.#options = { databaseUrl, idleMs };
  }

  /**
   * The report of a month (2026-10) as this content names things; who asks for the same one meanwhile gets the same.
   * @throws KumustaError `internal` with the reason when the thread could not make it
   */
  report(month: string, content: Content): Promise<Report> {
    const key = `${month} ${content.version}`;
    const made = this.#made.get(key) ?? this.#make(month, content).finally(() => this.#made.delete(key));
    this.#made.set(key, made);
    return made;
  }

  async #make(month: string, content: Content): Promise<Report> {
    if (this.#closed) throw new KumustaError("internal", ["the server is stopping"]);
    clearTimeout(this.#idle);
    const thread = (this.#thread ??= this.#start());
    const question: ThreadQuestion = {
      id: ++this.#last,
      month,
      content: thread.version === content.version ? undefined : content,
    };
    thread.version = content.version;
    try {
      return await new Promise<Report>((resolve, reject) => {
        thread.asked.set(question.id, { resolve, reject });
        thread.worker.postMessage(question);
      });
    } finally {
      if (this.#thread === thread && thread.asked.size === 0) this.#endWhenIdle();
    }
  }

  #start(): Thread {
    const worker = new Worker(workerUrl("report-thread", import.meta.url), {
      // A report makes garbage quickly and is soon done: without room for it the thread collects all the time.
      resourceLimits: { maxYoungGenerationSizeMb: 48 },
      workerData: { databaseUrl: this.#options.databaseUrl },
    });
    const thread: Thread = { worker, asked: new Map(), version: undefined };
    worker.on("message", (message: unknown) => {
      const answer = answerSchema.parse(message);
      const asked = thread.asked.get(answer.id);
      thread.asked.delete(answer.id);
      if ("report" in answer) asked?.resolve(answer.report);
      else asked?.reject(new KumustaError("internal", [answer.refused]));
    });
    const lost = (reason: unknown) => {
      if (this.#thread === thread) this.#thread = undefined;
      for (const { reject } of thread.asked.values()) reject(reason);
      thread.asked.clear();
    };
    worker.on("error", lost);
    worker.on("exit", () => {
      lost(new KumustaError("internal", ["the report's thread ended"]));
    });
    return thread;
  }

  #endWhenIdle(): void {
    this.#idle = setTimeout(() => void this.#end(), this.#options.idleMs);
    this.#idle.unref();
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle);
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.worker.terminate();
  }

  /** Ends what is being made. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
  }
}
