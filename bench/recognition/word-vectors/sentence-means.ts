import { tokensOf } from "../../../src/recognition/linear/tokens.ts";

/** The linear map from vectors of words to sentences: each is the mean of its words' vectors. Vectors lie one after the other. */
export class SentenceMeans {
  readonly #wordCount: number;
  readonly #dimensions: number;
  /** Of each sentence the rows of its words, as often as they occur; words without a vector are passed over. */
  readonly #sentences: readonly Int32Array[];

  constructor(vocabulary: readonly string[], sentences: readonly string[], dimensions: number) {
    const rowOf = new Map(vocabulary.map((word, row) => [word, row]));
    this.#wordCount = vocabulary.length;
    this.#dimensions = dimensions;
    this.#sentences = sentences.map((sentence) =>
      Int32Array.from(tokensOf(sentence).flatMap((token) => rowOf.get(token) ?? [])),
    );
  }

  /** Calls `visit` with each sentence's number and mean, which is only lent; not with sentences of which no word has a vector. */
  forEach(vectors: ArrayLike<number>, visit: (sentence: number, mean: Float64Array) => void): void {
    const mean = new Float64Array(this.#dimensions);
    for (const [sentence, words] of this.#sentences.entries()) {
      if (words.length === 0) continue;
      mean.fill(0);
      for (const word of words) {
        const from = word * mean.length;
        for (let d = 0; d < mean.length; d += 1) mean[d] = (mean[d] ?? 0) + (vectors[from + d] ?? 0);
      }
      for (let d = 0; d < mean.length; d += 1) mean[d] = (mean[d] ?? 0) / words.length;
      visit(sentence, mean);
    }
  }

  /** The transposed map: adds what a sentence has to its words, to each its share. */
  spread(sentence: number, values: Float64Array, into: Float64Array): void {
    const words = this.#sentences[sentence] ?? [];
    for (const word of words) {
      const from = word * values.length;
      for (let d = 0; d < values.length; d += 1)
        into[from + d] = (into[from + d] ?? 0) + (values[d] ?? 0) / words.length;
    }
  }

  /** Of each word the sum of its squared shares in sentences: how much they say of it. */
  weights(): Float64Array {
    const weights = new Float64Array(this.#wordCount);
    for (const words of this.#sentences)
      for (const word of words) weights[word] = (weights[word] ?? 0) + 1 / words.length ** 2;
    return weights;
  }
}

/** The mean cosine between what sentences are by their words' vectors and what they ought to be, where a word has a vector. */
export function meanCosine(
  means: SentenceMeans,
  vectors: ArrayLike<number>,
  targets: ArrayLike<number>,
): number {
  let cosines = 0;
  let sentences = 0;
  means.forEach(vectors, (sentence, mean) => {
    const from = sentence * mean.length;
    let [product, own, other] = [0, 0, 0];
    for (let d = 0; d < mean.length; d += 1) {
      const [a, b] = [mean[d] ?? 0, targets[from + d] ?? 0];
      product += a * b;
      own += a * a;
      other += b * b;
    }
    cosines += product / Math.sqrt(own * other || 1);
    sentences += 1;
  });
  return cosines / sentences;
}
