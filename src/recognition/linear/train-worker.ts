/** Runs on a worker thread: trains a linear model from `workerData`, whole or quickly, reports progress, and answers with the model file's bytes. */
import { parentPort, workerData } from "node:worker_threads";
import { KumustaError } from "../../basics/errors.ts";
import { trainingJobSchema, type TrainingReport } from "./train-in-worker.ts";
import { unpackTrainingSet } from "../training-set.ts";
import { decodeModel, encodeModel } from "./model-file.ts";
import { quickMark, trainQuick } from "./train-quick.ts";
import { trainLinear, type LinearModel } from "./train.ts";

const job = trainingJobSchema.parse(workerData);
const report = (message: TrainingReport): void => parentPort?.postMessage(message);

const set = unpackTrainingSet(job.set);
if (job.quick === undefined) {
  const model = trainLinear(set, job.settings, (done, total, what) => {
    report({ type: "progress", done, total, what });
  });
  answer(model, { settings: JSON.stringify(job.settings), quality: 6 });
} else {
  const base = await decodeModel(Buffer.from(job.quick.base));
  if ("refused" in base)
    throw new KumustaError("internal", [`the model to begin with cannot be read: ${base.refused}`]);
  answer(trainQuick(set, job.settings, base.model, new Set(job.quick.fresh)), {
    settings: quickMark(job.settings),
    quality: 1,
  });
}

function answer(model: LinearModel, about: { settings: string; quality: number }): void {
  const file = encodeModel(model, { ...about, contentHash: job.contentHash, figures: model.figures });
  report({ type: "trained", file: new Uint8Array(file) });
}
