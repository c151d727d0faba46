import type { Recognition, Thresholds } from "../conversation/recognized.ts";

/** What the conversation knows when the utterance arrives; recognizers may re-rank by it, never exclude by it. */
export interface RecognitionContext {
  /** Intent of the dialog that is open, if any. */
  readonly openIntent?: string;
  /** Slot that the bot last asked for, if any. */
  readonly expectedSlot?: string;
  /** Intents offered as choices by the bot's last reply, in the order shown. */
  readonly offeredIntents?: readonly string[];
  /** What was written on those choices, in the same order: “the blue one” is told by it. */
  readonly offeredLabels?: readonly string[];
  /** Whether the line is known to hold one request, as the rows of labelled data do: it is not cut. */
  readonly oneRequest?: boolean;
  /** Journey stage of the matter at hand. */
  readonly stage?: string;
}

/** The port every recognizer implements; one contract test proves each. */
export interface Recognizer {
  readonly name: string;
  readonly modelVersion: string;
  /** The operating point that was fitted with the model. */
  readonly thresholds: Thresholds;
  recognize(utterance: string, context: RecognitionContext): Recognition | Promise<Recognition>;
}
