import type { ProgressBar } from "../../../src/cli/progress-bar.ts";
import type { Chance } from "../../../src/recognition/linear/chance.ts";
import { meanRow, zeros, type Matrix } from "./matrix.ts";

/** Rounds of the iteration: after as many the directions keep as much variance as the exact ones, to six decimals. */
const ROUNDS = 60;
/** Points whose products are summed before the covariance is written to: that saves most of the way to memory and back. */
const BLOCK = 8;

interface PrincipalDirections {
  /** A direction a row, of length one, at right angles to each other; that in which the points differ most comes first. */
  readonly directions: Matrix;
  /** The share of the points' variance that lies in these directions. */
  readonly kept: number;
}

/**
 * Principal component analysis by orthogonal iteration (Golub and Van Loan, Matrix Computations, section 8.2.4): random
 * directions are multiplied by the covariance and set at right angles, again and again.
 */
export function principalDirections(
  points: Matrix,
  count: number,
  chance: Chance,
  show: ProgressBar["show"],
): PrincipalDirections {
  const size = points.columns;
  const covariance = covarianceOf(points, show);
  let directions = zeros(count, size);
  for (let i = 0; i < directions.values.length; i += 1) directions.values[i] = chance() - 0.5;
  orthonormalize(directions);
  for (let round = 0; round < ROUNDS; round += 1) {
    show(round, ROUNDS, "principal directions");
    directions = times(covariance, directions);
    orthonormalize(directions);
  }
  let variance = 0;
  for (let i = 0; i < size; i += 1) variance += covariance[i * size + i] ?? 0;
  const stretched = times(covariance, directions).values;
  const kept = directions.values.reduce((sum, value, i) => sum + value * (stretched[i] ?? 0), 0);
  return { directions, kept: kept / variance };
}

/** Each row's coordinates along the directions, from the mean of the rows. */
export function project(points: Matrix, directions: Matrix): Matrix {
  const mean = meanRow(points);
  const { rows, columns } = points;
  const coordinates = zeros(rows, directions.rows);
  for (let row = 0; row < rows; row += 1) {
    for (let d = 0; d < directions.rows; d += 1) {
      let sum = 0;
      for (let i = 0; i < columns; i += 1)
        sum +=
          ((points.values[row * columns + i] ?? 0) - (mean[i] ?? 0)) *
          (directions.values[d * columns + i] ?? 0);
      coordinates.values[row * directions.rows + d] = sum;
    }
  }
  return coordinates;
}

/** The sum of the products of each two columns, from their means: square, row after row. */
function covarianceOf(points: Matrix, show: ProgressBar["show"]): Float64Array {
  const { rows, columns: size } = points;
  const mean = meanRow(points);
  const covariance = new Float64Array(size * size);
  // A column's values of the block lie together; those beyond the last row stay zero.
  const block = new Float64Array(size * BLOCK);
  for (let from = 0; from < rows; from += BLOCK) {
    if (from % 1_024 === 0) show(from, rows, "covariance of the encodings");
    for (let i = 0; i < size * BLOCK; i += 1) {
      const row = from + (i % BLOCK);
      const column = Math.floor(i / BLOCK);
      block[i] = row < rows ? (points.values[row * size + column] ?? 0) - (mean[column] ?? 0) : 0;
    }
    for (let a = 0; a < size; a += 1) {
      for (let b = a; b < size; b += 1) {
        let sum = 0;
        for (let k = 0; k < BLOCK; k += 1) sum += (block[a * BLOCK + k] ?? 0) * (block[b * BLOCK + k] ?? 0);
        covariance[a * size + b] = (covariance[a * size + b] ?? 0) + sum;
      }
    }
  }
  for (let a = 0; a < size; a += 1)
    for (let b = 0; b < a; b += 1) covariance[a * size + b] = covariance[b * size + a] ?? 0;
  return covariance;
}

/** The product of a square symmetric matrix with each row. */
function times(square: Float64Array, { rows, columns, values }: Matrix): Matrix {
  const product = zeros(rows, columns);
  for (let row = 0; row < rows; row += 1) {
    for (let i = 0; i < columns; i += 1) {
      let sum = 0;
      for (let j = 0; j < columns; j += 1)
        sum += (square[i * columns + j] ?? 0) * (values[row * columns + j] ?? 0);
      product.values[row * columns + i] = sum;
    }
  }
  return product;
}

/** Takes from each row what lies along an earlier one and gives it length one (Gram–Schmidt, modified), in place. */
function orthonormalize({ rows, columns, values }: Matrix): void {
  for (let row = 0; row < rows; row += 1) {
    const own = values.subarray(row * columns, (row + 1) * columns);
    for (let earlier = 0; earlier < row; earlier += 1) {
      const other = values.subarray(earlier * columns, (earlier + 1) * columns);
      const along = dot(own, other);
      for (let i = 0; i < columns; i += 1) own[i] = (own[i] ?? 0) - along * (other[i] ?? 0);
    }
    const length = Math.sqrt(dot(own, own));
    for (let i = 0; i < columns; i += 1) own[i] = (own[i] ?? 0) / length;
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
