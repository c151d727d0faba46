import { Worker } from "node:worker_threads";
import { KumustaError, reasonOf } from "../../basics/errors.ts";
import { workerUrl } from "../../basics/worker-url.ts";
import { valuesOf, type RunResult, type Script } from "../sql/statement.ts";
import { engineCode, failureOfCode, isDamageCode } from "./failure.ts";

/** What the thread sends back: rows, or SQLite's code and reason. */
export type Answer =
  | { readonly id: number; readonly rows: readonly unknown[] }
  | { readonly id: number; readonly code: string | undefined; readonly reason: string };

/** What the thread's SQLite said. */
class ThreadFailure extends Error {}

/** Runs read-only scripts on a thread of their own. The thread starts with the first question. */
export class Reader {
  readonly #file: string;
  #worker: Worker | undefined;
  readonly #asked = new Map<number, { resolve(result: RunResult): void; reject(reason: unknown): void }>();
  #last = 0;
  #closed = false;

  constructor(file: string) {
    this.#file = file;
  }

  async drive<Result>(script: Script<Result>): Promise<Result> {
    let step = script.next();
    while (step.done !== true) {
      const { statement, given } = step.value;
      step = script.next(await this.#ask(statement.text, valuesOf(statement, given)));
    }
    return step.value;
  }

  #ask(text: string, values: readonly unknown[]): Promise<RunResult> {
    if (this.#closed) return Promise.reject(new KumustaError("store.refused", ["the store is closed"]));
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      worker.postMessage({ id, text, values });
    });
  }

  #start(): Worker {
    const worker = new Worker(workerUrl("reader-thread", import.meta.url), {
      workerData: { file: this.#file },
      // It holds the rows of one question at a time: a heap of its own the size of the main one would be waste.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 },
    });
    worker.unref();
    worker.on("message", (answer: Answer) => {
      const asked = this.#asked.get(answer.id);
      this.#asked.delete(answer.id);
      if ("rows" in answer) asked?.resolve({ rows: answer.rows, changes: answer.rows.length });
      else asked?.reject(this.#failure(answer));
    });
    const lost = (failure: KumustaError) => {
      this.#worker = undefined;
      for (const asked of this.#asked.values()) asked.reject(failure);
      this.#asked.clear();
    };
    worker.on("error", (cause) => {
      lost(
        // Its only question outside of an answer: to open the file.
        engineCode(cause) === undefined
          ? new KumustaError("store.refused", ["the reader thread ended"], { cause })
          : new KumustaError("store.unreachable", [this.#file, reasonOf(cause)], { cause }),
      );
    });
    worker.on("exit", () => {
      lost(new KumustaError("store.refused", ["the reader thread ended"]));
    });
    return worker;
  }

  /** A damaged file stays damaged, however often it is read. */
  #failure({ code, reason }: Extract<Answer, { code: unknown }>): KumustaError {
    const cause = new ThreadFailure(reason);
    return isDamageCode(code)
      ? new KumustaError("store.damaged", [this.#file, reason], { cause })
      : failureOfCode(code, cause);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
  }
}
