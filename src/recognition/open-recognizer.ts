import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "../basics/time.ts";
import { KumustaError, reasonOf } from "../basics/errors.ts";
import { LinearRecognizer } from "./linear/linear-recognizer.ts";
import { decodeModel, type StoredModel } from "./linear/model-file.ts";
import { defaultSettings, type TrainingSettings } from "./linear/train.ts";
import { trainInWorker, type OnProgress } from "./linear/train-in-worker.ts";
import { intentsOf, trainingSetHash, type TrainingSet } from "./training-set.ts";

export const recognizerKinds = ["linear", "node-nlp"] as const;
export type RecognizerKind = (typeof recognizerKinds)[number];

export interface OpenOptions {
  readonly trainingSet: TrainingSet;
  readonly clock: Clock;
  /** Where the trained model is kept; without it nothing is read or written. */
  readonly modelFile?: string | undefined;
  readonly settings?: TrainingSettings | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Told, in a sentence for the operator, why a present model file is not used. */
  readonly onNotice?: ((sentence: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A stored model is used when both are the same. */
interface ModelKey {
  readonly contentHash: string;
  readonly settings: string;
}

/**
 * The linear recognizer for exactly this training set: from the model file if that was trained from it, else trained on a
 * worker thread and written. The main loop goes on meanwhile.
 * @throws KumustaError `content.invalid` when there is nothing to train on; the signal's reason when aborted
 */
export async function openLinearRecognizer(options: OpenOptions): Promise<LinearRecognizer> {
  const { trainingSet, clock, modelFile } = options;
  if (intentsOf(trainingSet).length === 0) throw new KumustaError("content.invalid", ["no intent has an utterance to train on"]);
  const settings = options.settings ?? defaultSettings;
  const contentHash = trainingSetHash(trainingSet);
  const key: ModelKey = { contentHash, settings: JSON.stringify(settings) };
  const present = modelFile === undefined ? undefined : await readModel(modelFile, key, options.onNotice);
  if (present !== undefined) return build(present.stored, present.bytes, null);
  const startedAt = clock.elapsed();
  const file = await trainInWorker(trainingSet, contentHash, settings, options);
  const trainSeconds = (clock.elapsed() - startedAt) / 1_000;
  const stored = await decodeModel(file);
  if ("refused" in stored) throw new KumustaError("internal", [`the model just trained cannot be read: ${stored.refused}`]);
  if (modelFile !== undefined) await writeAtomically(modelFile, file);
  return build(stored, file.length, trainSeconds);
}

async function readModel(path: string, key: ModelKey, onNotice: OpenOptions["onNotice"]): Promise<{ stored: StoredModel; bytes: number } | undefined> {
  let file: Buffer;
  try {
    file = await readFile(path);
  } catch (thrown) {
    if (!isMissing(thrown)) onNotice?.(`The model file ${path} cannot be read (${reasonOf(thrown)}); training a new one.`);
    return undefined;
  }
  const stored = await decodeModel(file);
  if ("refused" in stored) {
    onNotice?.(`The model file ${path} is not used: ${stored.refused}. Training a new one.`);
    return undefined;
  }
  if (stored.header.contentHash !== key.contentHash) {
    onNotice?.(`The model file ${path} was trained from other content. Training a new one.`);
    return undefined;
  }
  if (stored.header.settings !== key.settings) {
    onNotice?.(`The model file ${path} was trained with other settings. Training a new one.`);
    return undefined;
  }
  return { stored, bytes: file.length };
}

/** A reader sees the old file or the new one, whole; and the new one is on disk before it has the name. */
async function writeAtomically(path: string, bytes: Buffer): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  try {
    const handle = await open(beside, "w");
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (thrown) {
    await rm(beside, { force: true });
    throw thrown;
  }
}

const isMissing = (thrown: unknown): boolean => thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";

function build(stored: StoredModel, modelBytes: number, trainSeconds: number | null): LinearRecognizer {
  return new LinearRecognizer(stored, { findEntities: () => [], languageOf: () => "unknown" }, { modelBytes, trainSeconds });
}
