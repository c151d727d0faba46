import type { Content } from "../content/content.ts";
import { genericNegatives } from "../recognition/generic-negatives.ts";
import type { LabelledLine, TrainingSet } from "../recognition/training-set.ts";

/** What a recognizer learns of the content: its lines with their intents; the held-out tests stay held out. */
export function trainingSetOf(content: Content): TrainingSet {
  const lines = (pick: "utterances" | "tests"): LabelledLine[] =>
    [...content.intents.values()].flatMap((intent) =>
      Object.entries(intent[pick]).flatMap(([locale, texts]) =>
        texts.map((text) => ({ text, intent: intent.id, locale })),
      ),
    );
  return {
    utterances: lines("utterances"),
    negatives: genericNegatives,
    heldOut: lines("tests"),
    intents: Object.fromEntries(
      [...content.intents.values()].map(({ id, stage, kind, title }) => [
        id,
        { stage, kind, titles: Object.values(title) },
      ]),
    ),
  };
}
