/** A fitted logistic regression on standardized inputs. */
export interface Logistic {
  readonly means: readonly number[];
  readonly scales: readonly number[];
  /** One weight an input, then the bias. */
  readonly weights: readonly number[];
}

export interface Example {
  readonly inputs: readonly number[];
  readonly positive: boolean;
  /** How much the example counts. */
  readonly weight: number;
}

/** Probability from 0 to 1. */
export function logisticOf(model: Logistic, inputs: readonly number[]): number {
  let sum = model.weights.at(-1) ?? 0;
  for (let i = 0; i < inputs.length; i += 1) {
    sum += (model.weights[i] ?? 0) * (((inputs[i] ?? 0) - (model.means[i] ?? 0)) / (model.scales[i] ?? 1));
  }
  return 1 / (1 + Math.exp(-sum));
}

/**
 * Fits by iteratively reweighted least squares (Newton's method).
 * @param ridge strength of the penalty on squared weights (the bias is free), in examples
 */
export function fitLogistic(examples: readonly Example[], ridge: number): Logistic {
  const size = examples[0]?.inputs.length ?? 0;
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const means = Array.from(
    { length: size },
    (_, i) => examples.reduce((sum, e) => sum + e.weight * (e.inputs[i] ?? 0), 0) / total,
  );
  const scales = means.map((mean, i) => {
    const variance =
      examples.reduce((sum, e) => sum + e.weight * ((e.inputs[i] ?? 0) - mean) ** 2, 0) / total;
    return variance > 1e-12 ? Math.sqrt(variance) : 1;
  });
  const rows = examples.map((e) => [...e.inputs.map((x, i) => (x - (means[i] ?? 0)) / (scales[i] ?? 1)), 1]);
  let weights = new Array<number>(size + 1).fill(0);
  for (let round = 0; round < 25; round += 1) {
    const gradient = weights.map((w, i) => (i === size ? 1e-6 * w : ridge * w));
    const curvature = weights.map((_, i) =>
      weights.map((__, j) => (i === j ? (i === size ? 1e-6 : ridge) : 0)),
    );
    rows.forEach((row, k) => {
      const example = examples[k];
      if (example === undefined) return;
      const p = 1 / (1 + Math.exp(-row.reduce((sum, x, i) => sum + x * (weights[i] ?? 0), 0)));
      const error = example.weight * (p - (example.positive ? 1 : 0));
      const bend = example.weight * Math.max(p * (1 - p), 1e-9);
      row.forEach((x, i) => {
        gradient[i] = (gradient[i] ?? 0) + error * x;
        const line = curvature[i];
        if (line !== undefined) row.forEach((z, j) => (line[j] = (line[j] ?? 0) + bend * x * z));
      });
    });
    const step = solved(curvature, gradient);
    weights = weights.map((w, i) => w - (step[i] ?? 0));
    if (step.every((s) => Math.abs(s) < 1e-6)) break;
  }
  return { means, scales, weights };
}

/** Solves a symmetric positive definite system by Gaussian elimination with pivoting. */
function solved(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  const size = vector.length;
  const rows = matrix.map((row, i) => [...row, vector[i] ?? 0]);
  for (let i = 0; i < size; i += 1) {
    let pivot = i;
    for (let r = i + 1; r < size; r += 1)
      if (Math.abs(rows[r]?.[i] ?? 0) > Math.abs(rows[pivot]?.[i] ?? 0)) pivot = r;
    const top = rows[pivot] ?? [];
    rows[pivot] = rows[i] ?? [];
    rows[i] = top;
    const divisor = top[i] ?? 0;
    if (Math.abs(divisor) < 1e-12) continue;
    for (let r = 0; r < size; r += 1) {
      const row = rows[r];
      if (r === i || row === undefined) continue;
      const factor = (row[i] ?? 0) / divisor;
      for (let c = i; c <= size; c += 1) row[c] = (row[c] ?? 0) - factor * (top[c] ?? 0);
    }
  }
  return rows.map((row, i) => (Math.abs(row[i] ?? 0) < 1e-12 ? 0 : (row[size] ?? 0) / (row[i] ?? 1)));
}
