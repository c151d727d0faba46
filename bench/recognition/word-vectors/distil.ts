import type { ProgressBar } from "../../../src/cli/progress-bar.ts";
import type { Matrix } from "./matrix.ts";
import type { SentenceMeans } from "./sentence-means.ts";

/** How much a word is held to where it began: as much as by so many sentences that consist of it alone. */
const RIDGE = 0.1;
/** Rounds of conjugate gradients; twice as many give the same bytes. */
const ROUNDS = 60;

/**
 * Vectors of words such that the mean of a sentence's words is its encoding, as nearly as can be: a ridge regression that
 * begins at the encodings of the words themselves, so that a word met in few sentences stays near its own. Solved by
 * conjugate gradients with Jacobi's preconditioner (Shewchuk 1994, An Introduction to the Conjugate Gradient Method
 * Without the Agonizing Pain), for each dimension by itself, all at once.
 * @param targets the sentences' encodings
 * @param own the words' own encodings
 */
export function distil(
  means: SentenceMeans,
  targets: Matrix,
  own: Matrix,
  show: ProgressBar["show"],
): Float64Array {
  const { columns } = own;
  const scale = scaleOf(means, targets, own);
  const vectors = Float64Array.from(own.values, (value) => value * scale);
  const diagonal = means.weights().map((weight) => weight + RIDGE);
  const preconditioned = (values: Float64Array): Float64Array =>
    values.map((value, i) => value / (diagonal[Math.floor(i / columns)] ?? 1));

  const residual = new Float64Array(vectors.length);
  means.forEach(vectors, (sentence, mean) => {
    for (let d = 0; d < columns; d += 1)
      mean[d] = (targets.values[sentence * columns + d] ?? 0) - (mean[d] ?? 0);
    means.spread(sentence, mean, residual);
  });
  let pulled = preconditioned(residual);
  const direction = pulled.slice();
  let size = columnProducts(residual, pulled, columns);
  for (let round = 0; round < ROUNDS; round += 1) {
    show(round, ROUNDS, "vectors of the words");
    const curved = direction.map((value) => value * RIDGE);
    means.forEach(direction, (sentence, mean) => {
      means.spread(sentence, mean, curved);
    });
    const curvature = columnProducts(direction, curved, columns);
    const step = size.map((value, d) => quotient(value, curvature[d]));
    addScaled(vectors, direction, step);
    addScaled(
      residual,
      curved,
      step.map((value) => -value),
    );
    pulled = preconditioned(residual);
    const before = size;
    size = columnProducts(residual, pulled, columns);
    for (let i = 0; i < direction.length; i += 1) {
      const d = i % columns;
      direction[i] = (pulled[i] ?? 0) + quotient(size[d] ?? 0, before[d]) * (direction[i] ?? 0);
    }
  }
  return vectors;
}

/** The one factor that brings the means of the words' own encodings nearest to the sentences' encodings. */
function scaleOf(means: SentenceMeans, targets: Matrix, own: Matrix): number {
  let product = 0;
  let square = 0;
  means.forEach(own.values, (sentence, mean) => {
    for (let d = 0; d < mean.length; d += 1) {
      const value = mean[d] ?? 0;
      product += value * (targets.values[sentence * mean.length + d] ?? 0);
      square += value * value;
    }
  });
  return quotient(product, square);
}

/** The products of the values of each column, summed. */
function columnProducts(a: Float64Array, b: Float64Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let i = 0; i < a.length; i += 1) {
    const d = i % columns;
    sums[d] = (sums[d] ?? 0) + (a[i] ?? 0) * (b[i] ?? 0);
  }
  return sums;
}

/** Adds to each value the other's, times the factor of its column. */
function addScaled(to: Float64Array, other: Float64Array, factors: Float64Array): void {
  for (let i = 0; i < to.length; i += 1)
    to[i] = (to[i] ?? 0) + (factors[i % factors.length] ?? 0) * (other[i] ?? 0);
}

/** Zero where there is nothing left to divide by: a column that is solved stays as it is. */
function quotient(a: number, b: number | undefined): number {
  return b === undefined || b === 0 ? 0 : a / b;
}
