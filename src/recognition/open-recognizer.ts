import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { KumustaError, reasonOf } from "../basics/errors.ts";
import type { Clock } from "../basics/time.ts";
import { entityFinder } from "./entities/entity-finder.ts";
import { utteranceLanguage } from "./language/utterance-language.ts";
import { LinearRecognizer } from "./linear/linear-recognizer.ts";
import { decodeModel, type StoredModel } from "./linear/model-file.ts";
import type { OperatingPoint } from "./linear/rejector.ts";
import { defaultSettings } from "./linear/training-settings.ts";
import { sizeOf } from "./linear/train-members.ts";
import { trainInWorker, type OnProgress } from "./linear/train-in-worker.ts";
import { openNodeNlp } from "./node-nlp/open-node-nlp.ts";
import type { RecognizerParts } from "./recognizer-parts.ts";
import type { TrainedRecognizer } from "./trained-recognizer.ts";
import { intentsOf, trainingSetHash, type TrainingSet } from "./training-set.ts";

export const recognizerKinds = ["linear", "node-nlp"] as const;
export type RecognizerKind = (typeof recognizerKinds)[number];

export interface OpenOptions {
  readonly trainingSet: TrainingSet;
  readonly clock: Clock;
  /** Where the trained model is kept; without it nothing is read or written. */
  readonly modelFile?: string | undefined;
  /** Names of what the business sells, to be found in messages. */
  readonly products?: readonly string[] | undefined;
  /** What choosing the threshold optimizes; by default right decisions over all lines. */
  readonly operatingPoint?: OperatingPoint | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Told, in a sentence for the operator, why a present model file is not used. */
  readonly onNotice?: ((sentence: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A recognizer for exactly this training set: from the model file if that was trained from it, else trained on a worker
 * thread and written. The main loop goes on meanwhile. Call `close` when done with it.
 * @throws KumustaError `content.invalid` when there is nothing to train on; the signal's reason when aborted
 */
export async function openRecognizer(kind: RecognizerKind, options: OpenOptions): Promise<TrainedRecognizer> {
  return kind === "linear" ? openLinearRecognizer(options) : openNodeNlpRecognizer(options);
}

/** As `openRecognizer`, for our own: its `recognize` is synchronous. */
export async function openLinearRecognizer(options: OpenOptions): Promise<LinearRecognizer> {
  const { trainingSet, clock, modelFile } = options;
  const contentHash = await hashOfTrainable(trainingSet);
  const settings = {
    ...defaultSettings,
    operatingPoint: options.operatingPoint ?? defaultSettings.operatingPoint,
  };
  const present = modelFile === undefined ? undefined : await readFileIfAny(modelFile, options.onNotice);
  if (present !== undefined) {
    const stored = await decodeModel(present);
    const reason =
      "refused" in stored
        ? stored.refused
        : stored.header.contentHash !== contentHash
          ? "it was trained from other content"
          : stored.header.settings !== JSON.stringify(settings)
            ? "it was trained with other settings"
            : undefined;
    if (reason === undefined && !("refused" in stored))
      return new LinearRecognizer(stored, recognizerParts(options), {
        file: present,
        traits: trainingSet.intents,
        trainSeconds: null,
      });
    options.onNotice?.(refusal(modelFile, reason));
  }
  const startedAt = clock.elapsed();
  const file = await trainInWorker(trainingSet, contentHash, settings, options);
  const trainSeconds = (clock.elapsed() - startedAt) / 1_000;
  const stored = await readTrained(file);
  options.signal?.throwIfAborted();
  if (modelFile !== undefined) await writeAtomically(modelFile, file);
  return new LinearRecognizer(stored, recognizerParts(options), {
    file,
    trainSeconds,
    traits: trainingSet.intents,
  });
}

/** More new lines, or more intents that the model does not know, than this share of all: its calibration says nothing of them. */
const MOST_NEW = 0.25;

/**
 * A recognizer for the training set of `options` in a fraction of the time, for the seconds until a whole one is trained:
 * it begins with what `base` knows and takes its calibration and threshold over. It is written to no file. Undefined
 * where only a whole training will do: `base` is another kind, was trained otherwise, or knows too little of the set.
 * @param learnt what `base` was trained from
 * @throws as `openRecognizer`
 */
export async function quickRecognizer(
  base: TrainedRecognizer,
  learnt: TrainingSet,
  options: Omit<OpenOptions, "modelFile" | "operatingPoint">,
): Promise<TrainedRecognizer | undefined> {
  const { trainingSet, clock, signal } = options;
  const contentHash = await hashOfTrainable(trainingSet);
  if (!(base instanceof LinearRecognizer) || shapeOf(learnt) !== shapeOf(trainingSet)) return undefined;
  const before = new Set(learnt.utterances.map(({ text, intent }) => `${intent}\t${text}`));
  const fresh = trainingSet.utterances.flatMap(({ text, intent }, i) =>
    before.has(`${intent}\t${text}`) ? [] : [i],
  );
  const intents = intentsOf(trainingSet);
  const known = new Set(intentsOf(learnt));
  if (
    fresh.length > MOST_NEW * trainingSet.utterances.length ||
    intents.filter((intent) => !known.has(intent)).length > MOST_NEW * intents.length
  )
    return undefined;
  const startedAt = clock.elapsed();
  const file = await trainInWorker(trainingSet, contentHash, defaultSettings, {
    signal,
    quick: { base: base.file, fresh },
  });
  const stored = await readTrained(file);
  signal?.throwIfAborted();
  return new LinearRecognizer(stored, recognizerParts(options), {
    file,
    trainSeconds: (clock.elapsed() - startedAt) / 1_000,
    traits: trainingSet.intents,
  });
}

async function openNodeNlpRecognizer(options: OpenOptions): Promise<TrainedRecognizer> {
  const { trainingSet, clock, modelFile } = options;
  const contentHash = await hashOfTrainable(trainingSet);
  const { recognizer, toStore } = await openNodeNlp({
    trainingSet,
    contentHash,
    operatingPoint: options.operatingPoint ?? defaultSettings.operatingPoint,
    parts: recognizerParts(options),
    elapsed: () => clock.elapsed(),
    stored: modelFile === undefined ? undefined : await readFileIfAny(modelFile, options.onNotice),
    onRefused: (reason) => options.onNotice?.(refusal(modelFile, reason)),
    onProgress: options.onProgress,
    signal: options.signal,
  });
  if (modelFile !== undefined && toStore !== undefined) await writeAtomically(modelFile, toStore);
  return recognizer;
}

async function hashOfTrainable(set: TrainingSet): Promise<string> {
  if (intentsOf(set).length === 0)
    throw new KumustaError("content.invalid", ["no intent has an utterance to train on"]);
  return trainingSetHash(set);
}

/** What decides how large members are and which classes beside the intents they have. */
function shapeOf({ utterances, negatives = [] }: TrainingSet): string {
  const size = sizeOf({ length: utterances.length + negatives.length });
  return `${size} ${negatives.length > 0 ? "with" : "without"} negatives`;
}

async function readTrained(file: Buffer): Promise<StoredModel> {
  const stored = await decodeModel(file);
  if ("refused" in stored)
    throw new KumustaError("internal", [`the model just trained cannot be read: ${stored.refused}`]);
  return stored;
}

const recognizerParts = ({ clock, products }: OpenOptions): RecognizerParts => ({
  findEntities: entityFinder({ now: () => clock.now(), ...(products === undefined ? {} : { products }) }),
  languageOf: utteranceLanguage,
});

const refusal = (path: string | undefined, reason = "it cannot be read"): string =>
  `The model file ${path ?? ""} is not used: ${reason}. Training a new one.`;

async function readFileIfAny(path: string, onNotice: OpenOptions["onNotice"]): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (thrown) {
    if (!isMissing(thrown)) onNotice?.(refusal(path, `it cannot be read (${reasonOf(thrown)})`));
    return undefined;
  }
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

const isMissing = (thrown: unknown): boolean =>
  thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
