import type { Arena } from "./kernel.ts";
import { padded, type Floats, type Ints } from "./kernel.ts";
import { shuffled, type Chance } from "./chance.ts";
import { MOST_ENTRIES, type SparseRows } from "./vectorizer.ts";

/** Weights of one linear classifier for each class: row f of `weights` holds feature f's weight for every class, padded. */
export interface MarginMember {
  readonly weights: Floats;
  readonly rowBytes: number;
}

/** Bytes of the arena that `trainMargins` takes. */
export const marginBytes = (rows: number, features: number, classes: number): number =>
  4 * padded(classes) * (rows + features + 8) + 8 * MOST_ENTRIES + 4 * rows;

/**
 * One L2-loss linear SVM a class against the rest, by dual coordinate descent (Hsieh et al., ICML 2008, algorithm 1), all
 * classes at once: a row of weights holds one feature for every class, so the loops run along memory.
 * @param labels class of each row, or -1 for a row that belongs to none (it is a negative for all)
 * @param cost C of the paper
 * @param onEpoch told after each pass; a thrown error ends training
 */
export function trainMargins(
  arena: Arena,
  rows: SparseRows,
  labels: Int32Array,
  features: number,
  classes: number,
  options: {
    cost: number;
    epochs: number;
    chance: Chance;
    positiveWeight?: number;
    onEpoch?: (epoch: number) => void;
  },
): MarginMember {
  const width = padded(classes);
  const rowBytes = width * 4;
  const weights = arena.floats((features + 1) * width);
  const alphas = arena.floats(labels.length * width);
  const scores = arena.floats(width);
  const change = arena.floats(width);
  const ids: Ints = arena.ints(MOST_ENTRIES);
  const values = arena.floats(MOST_ENTRIES);
  const order = Int32Array.from(labels.keys());
  const regularization = 1 / (2 * options.cost);
  const positive = regularization / (options.positiveWeight ?? 1);

  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffled(order, options.chance);
    for (const row of order) {
      const count = loadRow(rows, row, features, ids, values);
      scores.floats.fill(0);
      arena.kernel.gather(scores.offset, weights.offset, ids.offset, values.offset, count, rowBytes);
      const base = row * width;
      let anyChange = false;
      for (let c = 0; c < classes; c += 1) {
        const sign = labels[row] === c ? 1 : -1;
        const diagonal = sign > 0 ? positive : regularization;
        const alpha = alphas.floats[base + c] ?? 0;
        const gradient = sign * (scores.floats[c] ?? 0) - 1 + diagonal * alpha;
        if (alpha === 0 && gradient >= 0) {
          change.floats[c] = 0;
          continue;
        }
        const next = Math.max(alpha - gradient / (2 + diagonal), 0);
        alphas.floats[base + c] = next;
        change.floats[c] = (next - alpha) * sign;
        anyChange = true;
      }
      if (anyChange)
        arena.kernel.scatter(weights.offset, ids.offset, values.offset, count, change.offset, rowBytes);
    }
    options.onEpoch?.(epoch + 1);
  }
  return { weights, rowBytes };
}

/** Copies a row into the arena with a bias entry (feature number `features`, value 1) at its end; returns its length. */
export function loadRow(rows: SparseRows, row: number, features: number, ids: Ints, values: Floats): number {
  const start = rows.starts[row] ?? 0;
  const end = rows.starts[row + 1] ?? start;
  ids.ints.set(rows.ids.subarray(start, end));
  values.floats.set(rows.values.subarray(start, end));
  ids.ints[end - start] = features;
  values.floats[end - start] = 1;
  return end - start + 1;
}
