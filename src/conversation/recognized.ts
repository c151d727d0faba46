/** What a recognizer says of one utterance. The pure core decides on this and on nothing else of recognition. */

/** The languages a reply can be written in; `mixed` is Taglish, answered in Filipino with English terms. */
export const utteranceLanguages = ["en", "fil", "mixed", "unknown"] as const;
export type UtteranceLanguage = (typeof utteranceLanguages)[number];

/** One intent the utterance may carry. */
export interface Candidate {
  readonly intent: string;
  /** The recognizer's own raw score, kept as it came, in whatever unit the recognizer uses. */
  readonly score: number;
  /** Calibrated probability from 0 to 1 that this intent is what the customer means. */
  readonly confidence: number;
}

/** Something named in the utterance. Offsets are UTF-16 code units into the text as recognized, end exclusive. */
export interface Entity {
  readonly type: string;
  readonly text: string;
  /** Normalized value: digits only for a phone, pesos as a number in text, ISO 8601 for a date. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** One part of a message that asks for one thing; a message with two questions has two. */
export interface RecognizedPart {
  readonly text: string;
  /** Best first; may be empty when nothing at all was recognized. */
  readonly candidates: readonly Candidate[];
  /** Calibrated probability from 0 to 1 that no intent of the content is meant. */
  readonly outOfScope: number;
}

export interface Recognition {
  readonly parts: readonly RecognizedPart[];
  readonly entities: readonly Entity[];
  readonly language: UtteranceLanguage;
  readonly recognizer: string;
  readonly modelVersion: string;
}

/** Confidences that separate answering, asking "did you mean", and falling back. */
export interface Thresholds {
  /** From here on the best candidate is answered. */
  readonly accept: number;
  /** From here to `accept` the customer is asked which of the candidates they mean; below, nothing was recognized. */
  readonly clarify: number;
}
