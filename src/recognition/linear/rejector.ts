import { fitLogistic, logisticOf, type Example, type Logistic } from "./logistic.ts";

/** What a trained model said of a line it had not seen, and what was right. */
export interface Judged {
  readonly evidence: readonly number[];
  readonly outcome: "right" | "wrongIntent" | "outOfScope";
}

/** Decides from the evidence of one line; both parts are fitted on lines the members had not seen. */
export interface Rejector {
  /** Probability that some intent is meant; absent when no out-of-scope line was there to learn from. */
  readonly inScope: Logistic | null;
  /** Probability that the best intent is right, given that some intent is meant. */
  readonly right: Logistic;
  /** Below this confidence of the best intent, the line is not answered. */
  readonly accept: number;
}

export interface Verdict {
  /** Probability that the best intent is what is meant. */
  readonly confidence: number;
  readonly outOfScope: number;
}

/** What choosing the operating point optimizes. */
export type OperatingPoint =
  /** Right decisions over all lines. */
  | { readonly kind: "joint" }
  /** As before, a wrongly answered out-of-scope line costing `ratio` times a rejected in-scope one. */
  | { readonly kind: "cost"; readonly ratio: number }
  /** The least rejection that finds this share of out-of-scope lines. */
  | { readonly kind: "recall"; readonly share: number };

/**
 * Share of out-of-scope lines that thresholds and probabilities assume at least. Training data has few of them because collecting
 * them is dull, not because customers write few: the published test split of CLINC150 has 1,000 of 5,500. An assumption
 * of ours, stated in docs/recognition.md.
 */
export const EXPECTED_OUT_OF_SCOPE = 0.2;

export function judge(rejector: Rejector, evidence: readonly number[]): Verdict {
  const inScope = rejector.inScope === null ? 1 : logisticOf(rejector.inScope, evidence);
  return { confidence: inScope * logisticOf(rejector.right, evidence), outOfScope: 1 - inScope };
}

/** In-scope lines that tell how sure the serving model may be; a regression on thirteen inputs wants twenty for each. */
const ENOUGH_JUDGED_BY_SERVING = 260;

/**
 * @param judged what was said of unseen lines; out-of-scope lines are weighed up to the share we expect, never down
 * @param byServing those of them that the very model judged that will serve. Where they are enough, whether its best
 * intent is right is learnt from them alone: models of cross-validation have seen fewer lines and are right less often,
 * and a confidence that is fitted on them is too low
 */
export function fitRejector(
  judged: readonly Judged[],
  operatingPoint: OperatingPoint,
  byServing: readonly Judged[] = judged,
): Rejector {
  const outside = judged.filter(({ outcome }) => outcome === "outOfScope").length;
  const inside = judged.length - outside;
  const expected = (inside * EXPECTED_OUT_OF_SCOPE) / (1 - EXPECTED_OUT_OF_SCOPE);
  const outsideWeight = outside === 0 ? 0 : Math.max(1, expected / outside);
  const scopeExamples = judged.map(({ evidence, outcome }): Example => ({
    inputs: evidence,
    positive: outcome !== "outOfScope",
    weight: outcome === "outOfScope" ? outsideWeight : 1,
  }));
  const inScopeByServing = byServing.filter(({ outcome }) => outcome !== "outOfScope");
  const rightExamples = (inScopeByServing.length >= ENOUGH_JUDGED_BY_SERVING ? inScopeByServing : judged)
    .filter(({ outcome }) => outcome !== "outOfScope")
    .map(({ evidence, outcome }): Example => ({
      inputs: evidence,
      positive: outcome === "right",
      weight: 1,
    }));
  const fitted = {
    inScope: outside === 0 || inside === 0 ? null : fitLogistic(scopeExamples, 3),
    right: rightExamples.length === 0 ? constant : fitLogistic(rightExamples, 3),
  };
  const observed = operatingPoint.kind === "recall";
  const weighed = judged.map(({ evidence, outcome }): Weighed => {
    const weight = outcome === "outOfScope" ? outsideWeight : 1;
    const { confidence, outOfScope } = judge({ ...fitted, accept: 0 }, evidence);
    return observed
      ? {
          confidence,
          right: outcome === "right" ? weight : 0,
          outside: outcome === "outOfScope" ? weight : 0,
        }
      : { confidence, right: weight * confidence, outside: weight * outOfScope };
  });
  return { ...fitted, accept: outside === 0 ? 0 : chooseThreshold(weighed, operatingPoint) };
}

/** Says "surely": used where there was nothing to learn from. */
const constant: Logistic = { means: [], scales: [], weights: [4] };

/**
 * What rejecting or answering one line is worth. In expectation (the line's probabilities) where right decisions are counted:
 * a hundred observed out-of-scope lines, each weighed up, leave the best threshold to chance (docs/recognition.md has what
 * that costs).
 */
export interface Weighed {
  readonly confidence: number;
  /** How much answering it is right. */
  readonly right: number;
  /** How much rejecting it is right. */
  readonly outside: number;
}

/** The threshold on confidence that serves `operatingPoint` best on these lines. */
export function chooseThreshold(lines: readonly Weighed[], operatingPoint: OperatingPoint): number {
  const sorted = [...lines].sort((a, b) => a.confidence - b.confidence);
  const outside = sorted.reduce((sum, line) => sum + line.outside, 0);
  const cost = operatingPoint.kind === "cost" ? operatingPoint.ratio : 1;
  let rejectedOutside = 0;
  let rejectedRight = 0;
  let best = 0;
  let most = 0;
  for (const [i, line] of sorted.entries()) {
    rejectedOutside += line.outside;
    rejectedRight += line.right;
    const next = sorted[i + 1]?.confidence ?? 1;
    if (operatingPoint.kind === "recall") {
      if (rejectedOutside >= operatingPoint.share * outside) return (line.confidence + next) / 2;
      continue;
    }
    const gain = cost * rejectedOutside - rejectedRight;
    if (gain > most) {
      most = gain;
      best = (line.confidence + next) / 2;
    }
  }
  return best;
}
