import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompressSync, brotliDecompress, constants } from "node:zlib";
import { z } from "zod";
import { nextTurn } from "../next-turn.ts";
import { wordVectors } from "../words/word-vectors.ts";
import { featureDescription } from "./features.ts";
import { packLevels, unpackLevels } from "./quantize.ts";
import { evidenceNames, Scorer } from "./scorer.ts";
import { Spelling } from "./spelling.ts";
import type { LinearModel } from "./train.ts";
import { CHAR_SHARE, Vectorizer } from "./vectorizer.ts";

/** First line of a model file; the number after it is raised whenever an older program could not read a newer file, or the reverse, and when training now gives another model of the same content. */
const MAGIC = "kumusta linear model";
export const MODEL_FORMAT = 4;

/** A fitted logistic regression as JSON. */
export const logisticSchema = z.object({
  means: z.array(z.number()),
  scales: z.array(z.number()),
  weights: z.array(z.number()),
});
const matrix = z.object({ step: z.number(), length: z.int().nonnegative() });

const headerSchema = z.object({
  /** SHA-256 of what the model was trained from. */
  contentHash: z.string(),
  /** Settings of training, as JSON. */
  settings: z.string(),
  intents: z.array(z.string()).min(1),
  hasNegatives: z.boolean(),
  rows: z.int(),
  features: z.object({
    words: z.int(),
    chars: z.int(),
    description: z.unknown(),
    charShare: z.number(),
    meaningShare: z.number(),
    /** The word vectors that it was trained with. */
    wordVectors: z.string(),
  }),
  hidden: z.array(z.int()),
  blend: z.array(z.number()),
  rejector: z.object({ inScope: logisticSchema.nullable(), right: logisticSchema }),
  thresholds: z.object({ accept: z.number() }),
  /** What was measured while training, on lines that the members had not seen. */
  figures: z.record(z.string(), z.number().nullable()),
  matrices: z.array(matrix),
  body: z.object({ bytes: z.int(), sha256: z.string() }),
});
export type ModelHeader = z.infer<typeof headerSchema>;

/** A model that can be used, with what its file says of it. */
export interface StoredModel {
  readonly header: ModelHeader;
  readonly model: Omit<LinearModel, "weights" | "figures">;
}

/** Why a file cannot be used, as a sentence for the operator. */
export interface RefusedModel {
  readonly refused: string;
}

/**
 * A model as bytes: the line `kumusta linear model 4`, one line of JSON (the header), then the weights, compressed with
 * brotli. `head -2` shows what a file is.
 */
export function encodeModel(
  model: LinearModel,
  about: {
    contentHash: string;
    settings: string;
    figures: Readonly<Record<string, number | null>>;
    /** Of brotli, 0 to 11: less is quicker. */
    quality?: number;
  },
): Buffer {
  const { vectorizer, spelling, weights, shape } = model;
  const matrices = [weights.margins, ...weights.networks.flatMap(({ input, output }) => [input, output])];
  const words = Buffer.from([...spelling.words].map(([word, count]) => `${word} ${count}`).join("\n"));
  const sections = [
    Buffer.from(gapsOf(vectorizer.hashes, vectorizer.wordFeatures).buffer),
    Buffer.from(vectorizer.lineCounts.buffer),
    words,
    ...matrices.flatMap(({ levels }) => {
      const { pairs, others } = packLevels(levels);
      return [Buffer.from(pairs.buffer), Buffer.from(others.buffer)];
    }),
  ];
  const packed = sections.map((section) =>
    brotliCompressSync(section, { params: { [constants.BROTLI_PARAM_QUALITY]: about.quality ?? 6 } }),
  );
  const lengths = Buffer.alloc(4 * packed.length);
  packed.forEach((section, i) => lengths.writeUInt32LE(section.length, 4 * i));
  const body = Buffer.concat([lengths, ...packed]);
  const header: ModelHeader = {
    contentHash: about.contentHash,
    settings: about.settings,
    intents: [...shape.intents],
    hasNegatives: shape.hasNegatives,
    rows: vectorizer.lines,
    features: {
      words: vectorizer.wordFeatures,
      chars: vectorizer.hashes.length - vectorizer.wordFeatures,
      description: { ...featureDescription, evidence: evidenceNames },
      charShare: CHAR_SHARE,
      meaningShare: vectorizer.meaningShare,
      wordVectors: wordVectors.version,
    },
    hidden: [...shape.hidden],
    blend: [...model.blend],
    rejector: {
      inScope: copied(model.rejector.inScope),
      right: copied(model.rejector.right) ?? { means: [], scales: [], weights: [] },
    },
    thresholds: { accept: model.rejector.accept },
    figures: { ...about.figures },
    matrices: matrices.map(({ step, levels }) => ({ step, length: levels.length })),
    body: { bytes: body.length, sha256: createHash("sha256").update(body).digest("hex") },
  };
  return Buffer.concat([Buffer.from(`${MAGIC} ${MODEL_FORMAT}\n${JSON.stringify(header)}\n`), body]);
}

const unpack = promisify(brotliDecompress);

/** Reads a model; decompression runs off the main thread, and the loop is let go between the large matrices. */
export async function decodeModel(file: Buffer): Promise<StoredModel | RefusedModel> {
  const firstEnd = file.indexOf(10);
  const first = file.subarray(0, Math.max(0, Math.min(firstEnd, 60))).toString();
  if (!first.startsWith(`${MAGIC} `)) return { refused: "it is not a model of Kumusta's linear recognizer" };
  const format = first.slice(MAGIC.length + 1);
  if (format !== String(MODEL_FORMAT))
    return { refused: `it has format ${format}, and this program reads format ${MODEL_FORMAT}` };
  const headerEnd = file.indexOf(10, firstEnd + 1);
  const header = headerEnd < 0 ? undefined : parsedHeader(file.subarray(firstEnd + 1, headerEnd).toString());
  if (header === undefined) return { refused: "its header is damaged" };
  const body = file.subarray(headerEnd + 1);
  if (body.length !== header.body.bytes)
    return { refused: `it is cut off (${body.length} of ${header.body.bytes} bytes)` };
  if (createHash("sha256").update(body).digest("hex") !== header.body.sha256)
    return { refused: "its checksum does not match (the file is damaged)" };
  if (header.features.wordVectors !== wordVectors.version)
    return { refused: "it was trained with other word vectors" };
  return { header, model: await modelOf(header, body) };
}

async function modelOf(header: ModelHeader, body: Buffer): Promise<StoredModel["model"]> {
  const sectionCount = 3 + 2 * header.matrices.length;
  let at = 4 * sectionCount;
  const packed = Array.from({ length: sectionCount }, (_, i) => {
    const start = at;
    at += body.readUInt32LE(4 * i);
    return body.subarray(start, at);
  });
  const [hashBytes, countBytes, wordBytes, ...matrixBytes] = await Promise.all(
    packed.map((section) => unpack(section)),
  );
  const counts = new Uint32Array(copyOf(countBytes));
  const vectorizer = new Vectorizer(
    hashesOf(new Uint32Array(copyOf(hashBytes)), header.features.words),
    header.features.words,
    counts,
    header.rows,
  );
  await nextTurn();
  const spelling = new Spelling(
    new Map(
      (wordBytes?.toString() ?? "").split("\n").map((line) => {
        const space = line.lastIndexOf(" ");
        return [line.slice(0, space), Number(line.slice(space + 1))];
      }),
    ),
  );
  const shape = {
    intents: header.intents,
    hasNegatives: header.hasNegatives,
    features: vectorizer.size,
    hidden: header.hidden,
  };
  await nextTurn();
  const scorer = new Scorer(shape, vectorizer, spelling, header.blend);
  for (const [i, { step }] of header.matrices.entries()) {
    const [pairs, others] = [matrixBytes[2 * i], matrixBytes[2 * i + 1]];
    if (pairs === undefined || others === undefined) continue;
    // The margins, then of each network the input and the output.
    const member = Math.ceil(i / 2);
    const isOutput = i > 0 && i % 2 === 0;
    const levels = await unpackLevels(
      { pairs, others: new Int8Array(others.buffer, others.byteOffset, others.length) },
      isOutput ? scorer.outputWeightsOf(member) : scorer.weightsOf(member),
    );
    if (isOutput) scorer.setOutput(member, { step, levels });
    else scorer.setRows(member, { step, levels });
    await nextTurn();
  }
  return {
    shape,
    vectorizer,
    spelling,
    scorer,
    blend: header.blend,
    rejector: { ...header.rejector, accept: header.thresholds.accept },
  };
}

function parsedHeader(text: string): ModelHeader | undefined {
  try {
    return headerSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Hashes ascend within each of the two blocks: their gaps compress, they themselves do not. */
function gapsOf(hashes: Uint32Array, wordFeatures: number): Uint32Array {
  return hashes.map((hash, i) => (i === 0 || i === wordFeatures ? hash : hash - (hashes[i - 1] ?? 0)));
}

function hashesOf(gaps: Uint32Array, wordFeatures: number): Uint32Array {
  const hashes = new Uint32Array(gaps.length);
  gaps.forEach((gap, i) => (hashes[i] = i === 0 || i === wordFeatures ? gap : gap + (hashes[i - 1] ?? 0)));
  return hashes;
}

function copyOf(bytes: Buffer | undefined): ArrayBuffer {
  return new Uint8Array(bytes ?? new Uint8Array(0)).slice().buffer;
}

function copied(model: LinearModel["rejector"]["inScope"]): ModelHeader["rejector"]["right"] | null {
  return model === null
    ? null
    : { means: [...model.means], scales: [...model.scales], weights: [...model.weights] };
}
