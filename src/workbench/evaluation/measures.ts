/** One test line and what was said of it. */
export interface Judgement {
  readonly text: string;
  /** What was meant; null is out of scope. */
  readonly intent: string | null;
  /** The best candidate; null when there was none. */
  readonly predicted: string | null;
  /** Probability that `predicted` is meant. */
  readonly confidence: number;
  readonly outOfScope: number;
  /** Whether the confidence is below the operating point, so that nothing is answered. */
  readonly rejected: boolean;
  readonly locale?: string | undefined;
}

const isRight = ({ intent, predicted }: Judgement): boolean => intent !== null && intent === predicted;

/** A share, or null when there is nothing to share. */
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const count = (lines: readonly Judgement[], holds: (line: Judgement) => boolean): number =>
  lines.reduce((sum, line) => sum + (holds(line) ? 1 : 0), 0);

/** Fractions from 0 to 1; null where the lines have no such rows. */
export interface Quality {
  readonly inScopeAccuracy: number | null;
  readonly accuracyAtOperatingPoint: number | null;
  readonly oosRecall: number | null;
  readonly oosPrecision: number | null;
  readonly oosAuroc: number | null;
  readonly joint: number | null;
  readonly ece: number | null;
  readonly macroF1: number | null;
}

export function qualityOf(lines: readonly Judgement[]): Quality {
  const inScope = lines.filter(({ intent }) => intent !== null);
  const outside = lines.filter(({ intent }) => intent === null);
  const accepted = count(inScope, (line) => isRight(line) && !line.rejected);
  const refused = count(outside, ({ rejected }) => rejected);
  return {
    inScopeAccuracy: share(count(inScope, isRight), inScope.length),
    accuracyAtOperatingPoint: share(accepted, inScope.length),
    oosRecall: share(refused, outside.length),
    oosPrecision:
      outside.length === 0
        ? null
        : share(
            refused,
            count(lines, ({ rejected }) => rejected),
          ),
    oosAuroc: auroc(
      outside.map(({ outOfScope }) => outOfScope),
      inScope.map(({ outOfScope }) => outOfScope),
    ),
    joint: share(accepted + refused, lines.length),
    ece: calibrationError(lines),
    macroF1: macroF1(inScope),
  };
}

/** Chance that a random one of `positives` is above a random one of `negatives`, ties counting half; null when either is empty. */
export function auroc(positives: readonly number[], negatives: readonly number[]): number | null {
  if (positives.length === 0 || negatives.length === 0) return null;
  const all = [
    ...positives.map((score) => ({ score, positive: true })),
    ...negatives.map((score) => ({ score, positive: false })),
  ].sort((a, b) => a.score - b.score);
  // Sum of the positives' ranks (Mann–Whitney); equal scores share the mean of their ranks.
  let rankSum = 0;
  for (let i = 0; i < all.length;) {
    let end = i;
    while (end < all.length && all[end]?.score === all[i]?.score) end += 1;
    const rank = (i + 1 + end) / 2;
    for (let k = i; k < end; k += 1) if (all[k]?.positive === true) rankSum += rank;
    i = end;
  }
  return (rankSum - (positives.length * (positives.length + 1)) / 2) / (positives.length * negatives.length);
}

/** One bar of a reliability diagram. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly lines: number;
  readonly meanConfidence: number;
  readonly accuracy: number;
}

const BINS = 15;

/** Confidence against how often it was right, in 15 bins of equal width; empty bins are left out. */
export function reliability(lines: readonly Judgement[]): ReliabilityBin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const within = lines.filter(
      ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin,
    );
    return {
      from: bin / BINS,
      to: (bin + 1) / BINS,
      lines: within.length,
      meanConfidence:
        within.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, within.length),
      accuracy: count(within, isRight) / Math.max(1, within.length),
    };
  }).filter((bin) => bin.lines > 0);
}

/** Expected calibration error (Guo et al., ICML 2017, equation 3) over all lines; a line out of scope has no right candidate. */
export function calibrationError(lines: readonly Judgement[]): number | null {
  if (lines.length === 0) return null;
  return reliability(lines).reduce(
    (sum, bin) => sum + (bin.lines / lines.length) * Math.abs(bin.accuracy - bin.meanConfidence),
    0,
  );
}

/** Mean F1 over the intents that occur, without rejection. */
export function macroF1(inScope: readonly Judgement[]): number | null {
  const scores = intentScores(inScope).map(({ f1 }) => f1);
  return share(
    scores.reduce((sum, f1) => sum + f1, 0),
    scores.length,
  );
}

export interface IntentScore {
  readonly intent: string;
  readonly lines: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Precision, recall and F1 of each intent that the lines mean, without rejection; in the order of first occurrence. */
export function intentScores(inScope: readonly Judgement[]): IntentScore[] {
  const counts = new Map<string, { meant: number; said: number; both: number }>();
  const of = (intent: string): { meant: number; said: number; both: number } => {
    const found = counts.get(intent) ?? { meant: 0, said: 0, both: 0 };
    counts.set(intent, found);
    return found;
  };
  for (const { intent, predicted } of inScope) {
    if (intent !== null) of(intent).meant += 1;
    if (predicted !== null) of(predicted).said += 1;
    if (intent !== null && intent === predicted) of(intent).both += 1;
  }
  return [...counts].flatMap(([intent, { meant, said, both }]) =>
    meant === 0
      ? []
      : [
          {
            intent,
            lines: meant,
            precision: both / Math.max(1, said),
            recall: both / meant,
            f1: (2 * both) / (meant + said),
          },
        ],
  );
}

export interface ConfusedPair {
  readonly meant: string;
  readonly predicted: string;
  readonly utterances: readonly string[];
}

/** Pairs of intents taken for one another, most frequent first. */
export function confusedPairs(lines: readonly Judgement[]): ConfusedPair[] {
  const pairs = new Map<string, { meant: string; predicted: string; utterances: string[] }>();
  for (const { intent, predicted, text } of lines) {
    if (intent === null || predicted === null || intent === predicted) continue;
    const key = `${intent}\t${predicted}`;
    const pair = pairs.get(key) ?? { meant: intent, predicted, utterances: [] };
    pair.utterances.push(text);
    pairs.set(key, pair);
  }
  return [...pairs.values()].sort((a, b) => b.utterances.length - a.utterances.length);
}

/** Quality of the lines grouped by a property of theirs, groups in alphabetical order. */
export function qualityBy(
  lines: readonly Judgement[],
  groupOf: (line: Judgement) => string | undefined,
): { group: string; lines: number; quality: Quality }[] {
  const groups = new Map<string, Judgement[]>();
  for (const line of lines) {
    const group = groupOf(line);
    if (group !== undefined) groups.set(group, [...(groups.get(group) ?? []), line]);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, own]) => ({ group, lines: own.length, quality: qualityOf(own) }));
}
