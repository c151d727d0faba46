import type { Thresholds } from "../recognized.ts";

/** A confidence is a probability: below one half an answer is more likely wrong than right. */
const evenChance = 0.5;

/**
 * The ladder's own rungs. A model's operating point weighs every error alike and may lie low; a customer who gets the
 * wrong answer loses more than one who is asked which of three they mean. So nothing is answered that is more likely
 * wrong than right, and what the model would have answered below that is asked about.
 */
export function ladderThresholds({ accept, clarify }: Thresholds): Thresholds {
  return accept >= evenChance ? { accept, clarify } : { accept: evenChance, clarify: accept };
}
