import type { Content } from "../../content/content.ts";
import { trainingSetOf } from "../training-set-of.ts";
import type { LabelledRow } from "./labelled-rows.ts";

/** The content's lines as rows to cross-validate: every utterance with its locale, and the lines that no intent answers. */
export function contentRows(content: Content): LabelledRow[] {
  const { utterances, negatives = [] } = trainingSetOf(content);
  return [
    ...utterances.map(({ text, intent, locale }) => ({
      split: "train" as const,
      intent,
      text,
      ...(locale === undefined ? {} : { locale }),
    })),
    ...negatives.map((text) => ({ split: "train" as const, intent: null, text })),
  ];
}
