/** Runs on a worker thread: trains a linear model from `workerData`, reports progress, and answers with the model file's bytes. */
import { parentPort, workerData } from "node:worker_threads";
import { trainingJobSchema, type TrainingReport } from "./train-in-worker.ts";
import { unpackTrainingSet } from "../training-set.ts";
import { encodeModel } from "./model-file.ts";
import { trainLinear } from "./train.ts";

const job = trainingJobSchema.parse(workerData);
const report = (message: TrainingReport): void => parentPort?.postMessage(message);

const set = unpackTrainingSet(job.set);
const model = trainLinear(set, job.settings, (done, total, what) => {
  report({ type: "progress", done, total, what });
});
const file = encodeModel(model, {
  contentHash: job.contentHash,
  settings: JSON.stringify(job.settings),
  figures: model.figures,
});
report({ type: "trained", file: new Uint8Array(file) });
