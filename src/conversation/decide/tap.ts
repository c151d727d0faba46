import { bareWords } from "../../content/bare-words.ts";
import { pickedNumber } from "../dialog/picked-number.ts";
import type { QuickReply } from "../../basics/activity.ts";
import type { ConversationState } from "../state.ts";

/** Characters; no title of a button is longer. */
const longestTitle = 40;

/**
 * The button of our last reply that typed words mean: its title, or its number where buttons are shown as a list.
 * While a question waits for free words a number is an answer, not a pick.
 */
export function typedTap(state: ConversationState, text: string, numbers: boolean): QuickReply | undefined {
  const { choices } = state;
  if (choices === undefined || text.length > longestTitle) return undefined;
  const said = bareWords(text);
  if (said === "") return undefined;
  const named = choices.find(({ title }) => bareWords(title) === said);
  if (named !== undefined || !numbers) return named;
  const index = pickedNumber(text, choices.length);
  return index === undefined ? undefined : choices[index];
}
