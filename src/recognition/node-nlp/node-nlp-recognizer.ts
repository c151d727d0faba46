import type { Entity, Recognition, UtteranceLanguage, Thresholds } from "../../conversation/recognized.ts";
import { judge, type Rejector } from "../linear/rejector.ts";
import type { RecognitionContext } from "../recognizer.ts";
import type { TrainedRecognizer } from "../trained-recognizer.ts";
import type { NodeNlpThread } from "./node-nlp-thread.ts";
import { NONE, type ScoredIntent } from "./worker-protocol.ts";

const MOST_CANDIDATES = 5;

/** The baseline: node-nlp as it ships, with confidences calibrated like ours. It knows no context and one intent a message. */
export class NodeNlpRecognizer implements TrainedRecognizer {
  readonly name = "node-nlp";
  readonly modelVersion: string;
  readonly thresholds: Thresholds;
  readonly modelBytes: number;
  readonly trainSeconds: number | null;
  readonly #thread: NodeNlpThread;
  readonly #rejector: Rejector;
  readonly #parts: {
    readonly findEntities: (text: string) => readonly Entity[];
    readonly languageOf: (text: string) => UtteranceLanguage;
  };

  constructor(
    thread: NodeNlpThread,
    rejector: Rejector,
    parts: {
      readonly findEntities: (text: string) => readonly Entity[];
      readonly languageOf: (text: string) => UtteranceLanguage;
    },
    facts: {
      readonly modelVersion: string;
      readonly modelBytes: number;
      readonly trainSeconds: number | null;
    },
  ) {
    this.#thread = thread;
    this.#rejector = rejector;
    this.#parts = parts;
    this.modelVersion = facts.modelVersion;
    this.modelBytes = facts.modelBytes;
    this.trainSeconds = facts.trainSeconds;
    this.thresholds = { accept: rejector.accept, clarify: rejector.accept / 2 };
  }

  async recognize(utterance: string, _context: RecognitionContext): Promise<Recognition> {
    const text = utterance.slice(0, LONGEST);
    const [scores = []] = await this.#thread.classify([text]);
    const ranked = rankedIntents(scores).slice(0, MOST_CANDIDATES);
    const { confidence, outOfScope } = judge(this.#rejector, evidenceOf(scores));
    const rest = Math.max(0, 1 - outOfScope - confidence);
    const others = ranked.slice(1).reduce((sum, { score }) => sum + score, 0);
    const candidates = ranked.map(({ intent, score }, i) => ({
      intent,
      score,
      confidence: i === 0 ? confidence : Math.min(confidence, others > 0 ? (rest * score) / others : 0),
    }));
    return {
      parts: [{ text: utterance, candidates, outOfScope: candidates.length === 0 ? 1 : outOfScope }],
      entities: this.#parts.findEntities(utterance),
      language: this.#parts.languageOf(utterance),
      recognizer: this.name,
      modelVersion: this.modelVersion,
    };
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }
}

/** As in our own recognizer: nobody asks for one thing in more, and its tokenizer's time grows with length. */
const LONGEST = 1_000;

export const rankedIntents = (scores: readonly ScoredIntent[]): ScoredIntent[] =>
  scores.filter(({ intent }) => intent !== NONE);

/** Inputs of the rejector: the best score, its lead, and the score of "None". */
export function evidenceOf(scores: readonly ScoredIntent[]): number[] {
  const [first, second] = rankedIntents(scores);
  const none = scores.find(({ intent }) => intent === NONE)?.score ?? 0;
  const top = first?.score ?? 0;
  return [top, Math.log((top + 1e-4) / (1 - top + 1e-4)), top - (second?.score ?? 0), none];
}
