import { Worker } from "node:worker_threads";
import { z } from "zod";
import { KumustaError } from "../../basics/errors.ts";
import { workerUrl } from "../../basics/worker-url.ts";
import { packTrainingSet, type TrainingSet } from "../training-set.ts";
import type { TrainingSettings } from "./training-settings.ts";

const lines = z.object({ texts: z.string(), intents: z.string() });

const passes = z.int().positive();
const units = z.array(z.int().positive());

/** What the worker is given. */
export const trainingJobSchema = z.object({
  contentHash: z.string(),
  set: z.object({
    utterances: lines,
    heldOut: lines,
    negatives: z.string(),
    heldOutNegatives: z.string(),
    intents: z.record(
      z.string(),
      z
        .object({
          stage: z.string().optional(),
          kind: z.string().optional(),
          titles: z.array(z.string()).optional(),
        })
        .transform(({ stage, kind, titles }) => ({
          ...(stage === undefined ? {} : { stage }),
          ...(kind === undefined ? {} : { kind }),
          ...(titles === undefined ? {} : { titles }),
        })),
    ),
  }),
  settings: z.object({
    hidden: z.object({ few: units, some: units, many: units }),
    epochs: z.object({ margins: passes, few: passes, some: passes, many: passes }),
    operatingPoint: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("joint") }),
      z.object({ kind: z.literal("cost"), ratio: z.number().positive() }),
      z.object({ kind: z.literal("recall"), share: z.number().min(0).max(1) }),
    ]),
    seed: z.int(),
  }),
  quick: z.object({ base: z.instanceof(Uint8Array), fresh: z.array(z.int()) }).optional(),
});

/** What a quick training begins with. */
export interface QuickStart {
  /** A model file's bytes. */
  readonly base: Uint8Array;
  /** Numbers of the utterances that it was not trained on. */
  readonly fresh: readonly number[];
}

const reportSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("progress"), done: z.number(), total: z.number(), what: z.string() }),
  z.object({ type: z.literal("trained"), file: z.instanceof(Uint8Array) }),
]);
export type TrainingReport = z.infer<typeof reportSchema>;

/** Called as training goes on: `done` of `total` steps, and what it is at. */
export type OnProgress = (done: number, total: number, what: string) => void;

/**
 * Trains on a worker thread, whole or (with `quick`) quickly, and answers with the model file's bytes.
 * @throws the signal's reason when it is aborted (the worker is ended), or what training threw
 */
export async function trainInWorker(
  set: TrainingSet,
  contentHash: string,
  settings: TrainingSettings,
  options: {
    onProgress?: OnProgress | undefined;
    signal?: AbortSignal | undefined;
    quick?: QuickStart | undefined;
  } = {},
): Promise<Buffer> {
  const packed = await packTrainingSet(set);
  options.signal?.throwIfAborted();
  const worker = new Worker(workerUrl("train-worker", import.meta.url), {
    workerData: { contentHash, set: packed, settings, quick: options.quick },
    execArgv: [],
  });
  const abort = (): void => void worker.terminate();
  options.signal?.addEventListener("abort", abort, { once: true });
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      worker.on("message", (message: unknown) => {
        const { data: report, error } = reportSchema.safeParse(message);
        if (report === undefined) reject(error);
        else if (report.type === "progress") options.onProgress?.(report.done, report.total, report.what);
        else resolve(Buffer.from(report.file.buffer, report.file.byteOffset, report.file.byteLength));
      });
      worker.on("error", reject);
      worker.on("exit", (code) => {
        reject(
          options.signal?.aborted === true
            ? asError(options.signal.reason)
            : new KumustaError("internal", [`training ended with code ${code} and no model`]),
        );
      });
    });
  } finally {
    options.signal?.removeEventListener("abort", abort);
    await worker.terminate();
  }
}

const asError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new KumustaError("internal", [String(reason)]);
