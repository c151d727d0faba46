import type { Candidate, Recognition, RecognizedPart, Thresholds } from "../../conversation/recognized.ts";
import { isBareQuestion } from "../context/bare-question.ts";
import { pickedInContext } from "../context/picked-in-context.ts";
import { slotAnswer } from "../context/slot-answer.ts";
import { oddsInContext, saysSomething, weighBareQuestion } from "../context/weigh-context.ts";
import type { RecognitionContext } from "../recognizer.ts";
import type { RecognizerParts } from "../recognizer-parts.ts";
import { splitMessage } from "../split-message.ts";
import type { TrainedRecognizer } from "../trained-recognizer.ts";
import type { IntentTraits } from "../training-set.ts";
import type { StoredModel } from "./model-file.ts";
import { judge } from "./rejector.ts";

/** No more candidates than this are named: nobody is offered more choices. */
const MOST_CANDIDATES = 5;
/** As many are weighed where only the conversation tells what a question is about. */
const MOST_WEIGHED = 40;
/** Confidence of a pick among choices that were just shown: wrong only when the customer answers something else. */
const PICKED = 0.97;

/** The default recognizer: linear margins and a small network over word and character n-grams, and a rejector of its own. */
export class LinearRecognizer implements TrainedRecognizer {
  readonly name = "linear";
  readonly modelVersion: string;
  readonly thresholds: Thresholds;
  /** The model file's bytes: a quick training begins with them. */
  readonly file: Buffer;
  readonly modelBytes: number;
  readonly trainSeconds: number | null;
  readonly #stored: StoredModel;
  readonly #parts: RecognizerParts;
  readonly #traits: Readonly<Record<string, IntentTraits>>;

  constructor(
    stored: StoredModel,
    parts: RecognizerParts,
    facts: {
      file: Buffer;
      trainSeconds: number | null;
      traits?: Readonly<Record<string, IntentTraits>> | undefined;
    },
  ) {
    this.#stored = stored;
    this.#parts = parts;
    this.#traits = facts.traits ?? {};
    this.modelVersion = `linear-${stored.header.body.sha256.slice(0, 12)}`;
    const { accept } = stored.header.thresholds;
    this.thresholds = { accept, clarify: accept / 2 };
    this.file = facts.file;
    this.modelBytes = facts.file.length;
    this.trainSeconds = facts.trainSeconds;
  }

  /** Synchronous: about 0.05 ms for a short line. */
  recognize(utterance: string, context: RecognitionContext): Recognition {
    const entities = this.#parts.findEntities(utterance);
    const answer =
      context.expectedSlot === undefined ? "no" : slotAnswer(utterance, context.expectedSlot, entities);
    const picked = pickedInContext(utterance, context, answer === "whole");
    return {
      parts:
        picked === undefined
          ? this.#recognizeParts(utterance, context, answer !== "no")
          : [
              {
                text: utterance,
                candidates: [{ intent: picked, score: 1, confidence: PICKED }],
                outOfScope: 1 - PICKED,
              },
            ],
      entities,
      language: this.#parts.languageOf(utterance),
      recognizer: this.name,
      modelVersion: this.modelVersion,
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #recognizeParts(text: string, context: RecognitionContext, answersSlot: boolean): RecognizedPart[] {
    if (context.oneRequest === true) return [this.#recognizePart(text, context, answersSlot)];
    return splitMessage(text, (piece) => {
      const part = this.#recognizePart(piece, context, answersSlot);
      const [best] = part.candidates;
      return { part, intent: best?.intent, confidence: best?.confidence ?? 0 };
    }).map(({ part }) => part);
  }

  #recognizePart(text: string, context: RecognitionContext, answersSlot: boolean): RecognizedPart {
    const { scorer, rejector, shape } = this.#stored.model;
    const { probabilities, best, evidence } = scorer.score(text);
    const { confidence, outOfScope } = judge(rejector, evidence);
    const bestProbability = probabilities[best] ?? 0;
    // Given that some intent is meant: the best has its calibrated probability, the others share the rest, none above it.
    const bestShare = confidence / Math.max(1e-9, 1 - outOfScope);
    const inContext = saysSomething(context);
    const bareQuestion = inContext && isBareQuestion(text);
    const top = topOf(probabilities, bareQuestion ? MOST_WEIGHED : MOST_CANDIDATES);
    const shares = top.map((index) =>
      index === best
        ? bestShare
        : Math.min(
            bestShare,
            ((1 - bestShare) * (probabilities[index] ?? 0)) / Math.max(1e-9, 1 - bestProbability),
          ),
    );
    const candidate = (index: number, confidence: number): Candidate => ({
      intent: shape.intents[index] ?? "",
      score: probabilities[index] ?? 0,
      confidence,
    });
    if (!inContext)
      return {
        text,
        candidates: top.map((index, place) => candidate(index, (shares[place] ?? 0) * (1 - outOfScope))),
        outOfScope,
      };
    const weighed = shares.map((share, place) => {
      const intent = shape.intents[top[place] ?? 0] ?? "";
      const odds = oddsInContext(intent, context, this.#traits, answersSlot);
      return bareQuestion ? weighBareQuestion(share, odds) : share * odds;
    });
    const unnamed = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
    const gain = weighed.reduce((sum, share) => sum + share, unnamed);
    // What context makes likelier is also likelier to be meant at all (Bayes' rule on the odds of being out of scope).
    const outside = outOfScope / Math.max(1e-9, outOfScope + (1 - outOfScope) * gain);
    const confidences = weighed.map((share) => ((1 - outside) * share) / Math.max(1e-9, gain));
    return {
      text,
      candidates: topOf(confidences, MOST_CANDIDATES).map((place) =>
        candidate(top[place] ?? 0, confidences[place] ?? 0),
      ),
      outOfScope: outside,
    };
  }
}

/** Indices of the largest numbers, largest first; of equal ones the first. */
function topOf(numbers: ArrayLike<number>, count: number): number[] {
  const top: number[] = [];
  for (let i = 0; i < numbers.length; i += 1) {
    const value = numbers[i] ?? 0;
    if (top.length === count && value <= (numbers[top[count - 1] ?? 0] ?? 0)) continue;
    // Smaller ones move down a place; of a full list the last one falls out.
    let at = Math.min(top.length, count - 1);
    for (; at > 0 && (numbers[top[at - 1] ?? 0] ?? 0) < value; at -= 1) top[at] = top[at - 1] ?? 0;
    top[at] = i;
  }
  return top;
}
