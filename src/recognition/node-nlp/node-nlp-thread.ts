import { Worker } from "node:worker_threads";
import { KumustaError, reasonOf } from "../../basics/errors.ts";
import { workerUrl } from "../../basics/worker-url.ts";
import { answerSchema, type ScoredIntent, type WorkerAnswer, type WorkerRequest } from "./worker-protocol.ts";

type Waiting = { readonly resolve: (answer: WorkerAnswer) => void; readonly reject: (error: Error) => void };
type WithoutId<T> = T extends { readonly id: number } ? Omit<T, "id"> : never;

/** Calls to the thread that node-nlp runs on. */
export class NodeNlpThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;

  constructor() {
    this.#worker = new Worker(workerUrl("node-nlp-worker", import.meta.url), {
      stdout: true,
      stderr: true,
      execArgv: [],
    });
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#worker.on("message", (message: unknown) => {
      const answer = answerSchema.parse(message);
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.type === "failed")
        waiting?.reject(new KumustaError("internal", [`node-nlp: ${answer.reason}`]));
      else waiting?.resolve(answer);
    });
    this.#worker.on("error", (error: unknown) => {
      this.#fail(new KumustaError("internal", [`node-nlp: ${reasonOf(error)}`]));
    });
    this.#worker.on("exit", () => {
      this.#fail(new KumustaError("engine.stopping", ["the thread of node-nlp ended"]));
    });
  }

  async train(lines: readonly { text: string; intent: string }[]): Promise<string> {
    const answer = await this.#ask({ type: "train", lines: [...lines] });
    return answer.type === "trained" ? answer.exported : "";
  }

  async load(exported: string): Promise<void> {
    await this.#ask({ type: "load", exported });
  }

  /** For each text its intents, best first. */
  async classify(texts: readonly string[]): Promise<readonly (readonly ScoredIntent[])[]> {
    const answer = await this.#ask({ type: "classify", texts: [...texts] });
    return answer.type === "classified" ? answer.results : [];
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask(request: WithoutId<WorkerRequest>): Promise<WorkerAnswer> {
    this.#next += 1;
    const id = this.#next;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...request, id });
    });
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
