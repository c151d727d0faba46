import type { Recognizer } from "./recognizer.ts";

/** A recognizer with its operating point; `close` ends whatever it runs on. */
export interface TrainedRecognizer extends Recognizer {
  /** Size of the stored model, in bytes. */
  readonly modelBytes: number;
  /** How long training took; null when the model came from a file. */
  readonly trainSeconds: number | null;
  close(): Promise<void>;
}
