/**
 * The door to node-nlp, on a thread of its own: importing it takes over a second and 120 MB, training blocks its thread
 * for all its time, and it prints to stdout whatever it is told (the parent discards this thread's stdout).
 */
import { parentPort } from "node:worker_threads";
import { NlpManager } from "node-nlp";
import { reasonOf } from "../../basics/errors.ts";
import {
  requestSchema,
  type ScoredIntent,
  type WorkerAnswer,
  type WorkerRequest,
} from "./worker-protocol.ts";

// One language for all lines: of short Taglish lines its own guess is wrong more often than right.
const LANGUAGE = "en";

const created = (): NlpManager =>
  new NlpManager({
    languages: [LANGUAGE],
    autoSave: false,
    autoLoad: false,
    forceNER: false,
    nlu: { log: false },
  });

/** Holds the one model of this thread. */
class NodeNlp {
  #manager = created();

  async answer(request: WorkerRequest): Promise<WorkerAnswer> {
    switch (request.type) {
      case "train": {
        this.#manager = created();
        for (const { text, intent } of request.lines) this.#manager.addDocument(LANGUAGE, text, intent);
        await this.#manager.train();
        const exported = this.#manager.export(true);
        // An imported model scores otherwise than the one just trained, so only imported ones are used.
        this.#load(exported);
        return { type: "trained", id: request.id, exported };
      }
      case "load":
        this.#load(request.exported);
        return { type: "loaded", id: request.id };
      case "classify": {
        const results: ScoredIntent[][] = [];
        for (const text of request.texts) {
          const { classifications } = await this.#manager.process(LANGUAGE, text);
          results.push((classifications ?? []).map(({ intent, score }) => ({ intent, score })));
        }
        return { type: "classified", id: request.id, results };
      }
    }
  }

  #load(exported: string): void {
    this.#manager = created();
    this.#manager.import(exported);
  }
}

const nodeNlp = new NodeNlp();
parentPort?.on("message", (message: unknown) => {
  const request = requestSchema.parse(message);
  nodeNlp.answer(request).then(
    (answer) => parentPort?.postMessage(answer),
    (thrown: unknown) =>
      parentPort?.postMessage({
        type: "failed",
        id: request.id,
        reason: reasonOf(thrown),
      } satisfies WorkerAnswer),
  );
});
