import type { Attachment, InboundActivity } from "../../basics/activity.ts";
import { phraseWords } from "../../content/phrase-list.ts";

/** What the customer sent, as the decision looks at it. */
export interface Heard {
  readonly text: string;
  /** Its words as phrases are compared with them. */
  readonly words: readonly string[];
  readonly payload: string | undefined;
  readonly attachments: readonly Attachment[];
}

export function heardIn(activity: InboundActivity): Heard {
  const spoken = activity.type === "message" || activity.type === "choice";
  const text = spoken ? activity.text : "";
  return {
    text,
    words: phraseWords(text),
    payload: activity.type === "choice" ? activity.payload : undefined,
    attachments: activity.type === "message" ? (activity.attachments ?? []) : [],
  };
}
