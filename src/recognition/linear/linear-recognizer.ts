import type { Candidate, Recognition, RecognizedPart } from "../../conversation/recognized.ts";
import type { RecognizerParts } from "../recognizer-parts.ts";
import type { RecognitionContext } from "../recognizer.ts";
import type { Thresholds, TrainedRecognizer } from "../trained-recognizer.ts";
import type { StoredModel } from "./model-file.ts";
import { judge } from "./rejector.ts";

/** No more candidates than this are named: nobody is offered more choices. */
const MOST_CANDIDATES = 5;

/** The default recognizer: linear margins and a small network over word and character n-grams, and a rejector of its own. */
export class LinearRecognizer implements TrainedRecognizer {
  readonly name = "linear";
  readonly modelVersion: string;
  readonly thresholds: Thresholds;
  readonly modelBytes: number;
  readonly trainSeconds: number | null;
  readonly #stored: StoredModel;
  readonly #parts: RecognizerParts;

  constructor(
    stored: StoredModel,
    parts: RecognizerParts,
    facts: { modelBytes: number; trainSeconds: number | null },
  ) {
    this.#stored = stored;
    this.#parts = parts;
    this.modelVersion = `linear-${stored.header.body.sha256.slice(0, 12)}`;
    const { accept } = stored.header.thresholds;
    this.thresholds = { accept, clarify: accept / 2 };
    this.modelBytes = facts.modelBytes;
    this.trainSeconds = facts.trainSeconds;
  }

  /** Synchronous: about 0.05 ms for a short line. */
  recognize(utterance: string, context: RecognitionContext): Recognition {
    return {
      parts: [this.#recognizePart(utterance, context)],
      entities: this.#parts.findEntities(utterance),
      language: this.#parts.languageOf(utterance),
      recognizer: this.name,
      modelVersion: this.modelVersion,
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #recognizePart(text: string, _context: RecognitionContext): RecognizedPart {
    const { scorer, rejector, shape } = this.#stored.model;
    const { probabilities, best, evidence } = scorer.score(text);
    const { confidence, outOfScope } = judge(rejector, evidence);
    const bestProbability = probabilities[best] ?? 0;
    const rest = Math.max(0, 1 - outOfScope - confidence);
    const candidates = topOf(probabilities, MOST_CANDIDATES).map((index): Candidate => {
      const score = probabilities[index] ?? 0;
      const share = score / Math.max(1e-9, 1 - bestProbability);
      return {
        intent: shape.intents[index] ?? "",
        score,
        confidence:
          index === best
            ? confidence
            : Math.min(rest * share, (confidence * score) / Math.max(1e-9, bestProbability)),
      };
    });
    return { text, candidates, outOfScope };
  }
}

/** Indices of the largest numbers, largest first. */
function topOf(numbers: Float32Array, count: number): number[] {
  const top: number[] = [];
  for (let i = 0; i < numbers.length; i += 1) {
    const value = numbers[i] ?? 0;
    if (top.length === count && value <= (numbers[top[count - 1] ?? 0] ?? 0)) continue;
    let at = top.length;
    while (at > 0 && (numbers[top[at - 1] ?? 0] ?? 0) < value) at -= 1;
    top.splice(at, 0, i);
    if (top.length > count) top.pop();
  }
  return top;
}
