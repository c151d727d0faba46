import type { Blend } from "./scorer.ts";

/** What used with nothing to fit on: a margin of 1 is a factor e^4, a network's scores count as they are. */
export const defaultBlend = (members: number): Blend =>
  Array.from({ length: members }, (_, member) => (member === 0 ? 4 : 1) / members);

const LEAST = 0.01;

/**
 * Weights of the members' scores under which a softmax gives the unseen lines' intents the highest likelihood: calibration
 * (temperature) and the members' shares at once. Newton's method with a small pull to the default.
 */
export function fitBlend(
  lines: readonly { scores: readonly Float32Array[]; label: number }[],
  intents: number,
): Blend {
  const inScope = lines.filter(({ label }) => label < intents);
  const members = lines[0]?.scores.length ?? 1;
  const start = defaultBlend(members);
  if (inScope.length < 20 || intents < 2) return start;
  const blend = [...start];
  const p = new Float64Array(intents);
  for (let round = 0; round < 12; round += 1) {
    const gradient = blend.map((weight, m) => weight - (start[m] ?? 0));
    const curvature = blend.map((_, m) => blend.map((__, n) => (m === n ? 1 : 0)));
    for (const { scores, label } of inScope) {
      fillProbabilities(p, scores, blend);
      const means = scores.map((score) =>
        p.reduce((sum, probability, c) => sum + probability * (score[c] ?? 0), 0),
      );
      for (let m = 0; m < members; m += 1) {
        gradient[m] = (gradient[m] ?? 0) + (means[m] ?? 0) - (scores[m]?.[label] ?? 0);
        for (let n = 0; n <= m; n += 1) {
          let product = 0;
          for (let c = 0; c < intents; c += 1)
            product += (p[c] ?? 0) * (scores[m]?.[c] ?? 0) * (scores[n]?.[c] ?? 0);
          const covariance = product - (means[m] ?? 0) * (means[n] ?? 0);
          addTo(curvature, m, n, covariance);
          if (m !== n) addTo(curvature, n, m, covariance);
        }
      }
    }
    // One weight at a time (Gauss–Seidel on the Newton system): at most a few members, and it stays positive.
    const step = blend.map(() => 0);
    for (let sweep = 0; sweep < 50; sweep += 1) {
      for (let m = 0; m < members; m += 1) {
        const rest = step.reduce((sum, s, n) => (n === m ? sum : sum + s * (curvature[m]?.[n] ?? 0)), 0);
        step[m] = (-(gradient[m] ?? 0) - rest) / (curvature[m]?.[m] ?? 1);
      }
    }
    let moved = 0;
    for (let m = 0; m < members; m += 1) {
      const before = blend[m] ?? 0;
      blend[m] = Math.min(
        50,
        Math.max(LEAST, before + Math.max(-before / 2, Math.min(before, step[m] ?? 0))),
      );
      moved = Math.max(moved, Math.abs((blend[m] ?? 0) - before));
    }
    if (moved < 1e-3) break;
  }
  return blend;
}

function addTo(matrix: number[][], row: number, column: number, amount: number): void {
  const line = matrix[row];
  if (line !== undefined) line[column] = (line[column] ?? 0) + amount;
}

function fillProbabilities(p: Float64Array, scores: readonly Float32Array[], blend: Blend): void {
  let most = -Infinity;
  for (let c = 0; c < p.length; c += 1) {
    let sum = 0;
    for (let m = 0; m < scores.length; m += 1) sum += (blend[m] ?? 0) * (scores[m]?.[c] ?? 0);
    p[c] = sum;
    most = Math.max(most, sum);
  }
  let total = 0;
  for (let c = 0; c < p.length; c += 1) {
    p[c] = Math.exp((p[c] ?? 0) - most);
    total += p[c] ?? 0;
  }
  for (let c = 0; c < p.length; c += 1) p[c] = (p[c] ?? 0) / total;
}
