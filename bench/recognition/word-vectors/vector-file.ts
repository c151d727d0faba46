import { createHash } from "node:crypto";

/** The share of the values that are kept as they are; the few beyond become the largest that a byte holds. */
const WITHIN_RANGE = 0.9995;
const LARGEST = 127;

/** Values as whole steps, each a signed byte. Which step is not kept: only the directions of vectors are used. */
export function roundToBytes(values: Float64Array): Int8Array<ArrayBuffer> {
  const sizes = values.map(Math.abs).sort();
  const step = (sizes[Math.floor(WITHIN_RANGE * (sizes.length - 1))] ?? 0) / LARGEST;
  return Int8Array.from(values, (value) => Math.max(-LARGEST, Math.min(LARGEST, Math.round(value / step))));
}

/** The file that `src/recognition/words/word-vectors.ts` reads. */
export function vectorFile(
  words: readonly string[],
  dimensions: number,
  vectors: Int8Array<ArrayBuffer>,
): Buffer {
  const list = words.join("\n");
  const id = createHash("sha256").update(list).update(vectors).digest("hex").slice(0, 12);
  const header = JSON.stringify({ words: words.length, dimensions, id });
  return Buffer.concat([
    Buffer.from(`kumusta word vectors 1\n${header}\n${list}\n\n`),
    new Uint8Array(vectors),
  ]);
}
