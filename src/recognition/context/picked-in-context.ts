import type { RecognitionContext } from "../recognizer.ts";
import { isBareReply, namedChoice, pickedChoice } from "./picked-choice.ts";

/**
 * The intent that a reply means by answering the bot's last question, though by itself it means nothing: “2”, “yung
 * pangalawa”, “the blue one”, “yes” to the only choice, the value of the slot that was asked for, “ok na” in an open dialog.
 * @param answersSlot whether the reply is a value of the expected slot and nothing else
 */
export function pickedInContext(
  reply: string,
  { offeredIntents = [], offeredLabels = [], openIntent }: RecognitionContext,
  answersSlot: boolean,
): string | undefined {
  // Most messages: nothing was asked.
  if (offeredIntents.length === 0 && openIntent === undefined) return undefined;
  if (answersSlot && openIntent !== undefined) return openIntent;
  const index =
    pickedChoice(reply, offeredIntents.length) ??
    namedChoice(reply, offeredLabels.slice(0, offeredIntents.length));
  if (index !== undefined) return offeredIntents[index];
  // Among choices “no” and “ok” say nothing of which one; without any they belong to what is open.
  if (offeredIntents.length > 0) return undefined;
  return isBareReply(reply) ? openIntent : undefined;
}
