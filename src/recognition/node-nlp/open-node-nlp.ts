import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import { z } from "zod";
import { reasonOf } from "../../basics/errors.ts";
import { seededChance, shuffled } from "../linear/chance.ts";
import { logisticSchema } from "../linear/model-file.ts";
import { fitRejector, type Judged, type OperatingPoint, type Rejector } from "../linear/rejector.ts";
import type { RecognizerParts } from "../recognizer-parts.ts";
import type { LabelledLine, TrainingSet } from "../training-set.ts";
import { evidenceOf, NodeNlpRecognizer, rankedIntents } from "./node-nlp-recognizer.ts";
import { NodeNlpThread } from "./node-nlp-thread.ts";
import { NONE } from "./worker-protocol.ts";

const FORMAT = "kumusta node-nlp model 1";
const fileSchema = z.object({
  format: z.literal(FORMAT),
  contentHash: z.string(),
  rejector: z.object({ inScope: logisticSchema.nullable(), right: logisticSchema, accept: z.number() }),
  exported: z.string(),
});

export interface NodeNlpOptions {
  readonly trainingSet: TrainingSet;
  readonly contentHash: string;
  readonly operatingPoint: OperatingPoint;
  readonly parts: RecognizerParts;
  readonly elapsed: () => number;
  readonly stored: Buffer | undefined;
  readonly onRefused: (reason: string) => void;
  readonly onProgress?: ((done: number, total: number, what: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A ready recognizer, and the bytes to store when it was trained now. */
export interface OpenedNodeNlp {
  readonly recognizer: NodeNlpRecognizer;
  readonly toStore: Buffer | undefined;
}

/** Starts node-nlp's thread and loads or trains its model there. */
export async function openNodeNlp(options: NodeNlpOptions): Promise<OpenedNodeNlp> {
  options.signal?.throwIfAborted();
  const thread = new NodeNlpThread();
  const abort = (): void => void thread.close();
  options.signal?.addEventListener("abort", abort, { once: true });
  try {
    const stored = options.stored === undefined ? undefined : await readStored(options.stored, options);
    if (stored !== undefined) {
      await thread.load(stored.exported);
      return {
        recognizer: build(
          thread,
          stored.rejector,
          options,
          stored.exported,
          options.stored?.length ?? 0,
          null,
        ),
        toStore: undefined,
      };
    }
    const startedAt = options.elapsed();
    const { exported, rejector } = await train(thread, options);
    const file = await promisify(brotliCompress)(
      JSON.stringify({ format: FORMAT, contentHash: options.contentHash, rejector, exported }),
      {
        params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
      },
    );
    const trainSeconds = (options.elapsed() - startedAt) / 1_000;
    return {
      recognizer: build(thread, rejector, options, exported, file.length, trainSeconds),
      toStore: file,
    };
  } catch (thrown) {
    await thread.close();
    options.signal?.throwIfAborted();
    throw thrown;
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }
}

function build(
  thread: NodeNlpThread,
  rejector: Rejector,
  options: NodeNlpOptions,
  exported: string,
  modelBytes: number,
  trainSeconds: number | null,
): NodeNlpRecognizer {
  const modelVersion = `node-nlp-${createHash("sha256").update(exported).digest("hex").slice(0, 12)}`;
  return new NodeNlpRecognizer(thread, rejector, options.parts, { modelVersion, modelBytes, trainSeconds });
}

async function readStored(
  bytes: Buffer,
  options: NodeNlpOptions,
): Promise<z.infer<typeof fileSchema> | undefined> {
  try {
    const parsed = fileSchema.safeParse(JSON.parse((await promisify(brotliDecompress)(bytes)).toString()));
    if (parsed.data?.contentHash === options.contentHash) return parsed.data;
    options.onRefused(parsed.success ? "it was trained from other content" : "it has another format");
  } catch (thrown) {
    options.onRefused(`it is damaged (${reasonOf(thrown)})`);
  }
  return undefined;
}

async function train(
  thread: NodeNlpThread,
  options: NodeNlpOptions,
): Promise<{ exported: string; rejector: Rejector }> {
  const { trainingSet, onProgress } = options;
  const negatives = (texts: readonly string[]): LabelledLine[] =>
    texts.map((text) => ({ text, intent: NONE }));
  const lines = [...trainingSet.utterances, ...negatives(trainingSet.negatives ?? [])];
  const given = [...(trainingSet.heldOut ?? []), ...negatives(trainingSet.heldOutNegatives ?? [])];
  // One fold only: training time grows steeply, and a fold costs as much as the training itself.
  const shuffledLines = shuffled([...lines], seededChance(1));
  const heldOut =
    given.length > 0 ? given : lines.length < 10 ? [] : shuffledLines.slice(0, Math.ceil(lines.length / 5));
  const steps = given.length > 0 ? 2 : 3;
  let judged: Judged[] = [];
  onProgress?.(0, steps, "training");
  if (given.length === 0 && heldOut.length > 0) {
    await thread.train(shuffledLines.slice(heldOut.length));
    judged = await judgeLines(thread, heldOut);
    onProgress?.(1, steps, "training");
  }
  const exported = await thread.train(lines);
  onProgress?.(steps - 1, steps, "calibrating");
  if (given.length > 0) judged = await judgeLines(thread, heldOut);
  onProgress?.(steps, steps, "calibrating");
  return { exported, rejector: fitRejector(judged, options.operatingPoint) };
}

async function judgeLines(thread: NodeNlpThread, lines: readonly LabelledLine[]): Promise<Judged[]> {
  const results = await thread.classify(lines.map(({ text }) => text));
  return lines.map(({ intent }, i): Judged => {
    const scores = results[i] ?? [];
    return {
      evidence: evidenceOf(scores),
      outcome:
        intent === NONE
          ? "outOfScope"
          : rankedIntents(scores)[0]?.intent === intent
            ? "right"
            : "wrongIntent",
    };
  });
}
