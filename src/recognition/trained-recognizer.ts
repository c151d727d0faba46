import type { Recognizer } from "./recognizer.ts";

/** Confidences that separate answering, asking "did you mean", and falling back. */
export interface Thresholds {
  /** From here on the best candidate is answered. */
  readonly accept: number;
  /** From here to `accept` the customer is asked which of the candidates they mean; below, nothing was recognized. */
  readonly clarify: number;
}

/** A recognizer with its operating point; `close` ends whatever it runs on. */
export interface TrainedRecognizer extends Recognizer {
  readonly thresholds: Thresholds;
  /** Size of the stored model, in bytes. */
  readonly modelBytes: number;
  /** How long training took; null when the model came from a file. */
  readonly trainSeconds: number | null;
  close(): Promise<void>;
}
