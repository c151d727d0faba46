import type { QuickReply } from "../../basics/activity.ts";
import { bareWords } from "../../content/bare-words.ts";
import { isYes, pickedChoice } from "../../recognition/context/picked-choice.ts";

/** Characters of the longest text that may be a pick: a title and a little around it. */
const longest = 80;

/**
 * Which of the choices that our last text listed a customer means by "2", "no. 2", "dalawa", "pangalawa" or by the
 * words of the choice; undefined when the text is no pick.
 */
export function pickedOffer(text: string, choices: readonly QuickReply[]): QuickReply | undefined {
  if (choices.length === 0 || text.length > longest) return undefined;
  const said = bareWords(text).replace(/ (?:po|please|pls)$/u, "");
  const named = choices.find(({ title }) => bareWords(title) === said);
  if (named !== undefined) return named;
  const index = pickedChoice(text, choices.length);
  const picked = index === undefined ? undefined : choices[index];
  // "Yes" to the one thing offered: an intent that we guessed may be meant so, a hand-over is not begun by it.
  return picked?.payload.startsWith("command:") === true && isYes(text) ? undefined : picked;
}
