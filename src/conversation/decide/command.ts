import { bareWords } from "../../content/bare-words.ts";
import type { Shared } from "../../content/content.ts";

/** `person`: a person is wanted. `bot`: the customer wants the bot back. `cancel`: the open flow is to end. */
export type Command = "person" | "bot" | "cancel";

/** Characters; the longest phrase of the sample shop has 30. */
const longestCommand = 80;

const payloads: Readonly<Record<string, Command>> = {
  "command:person": "person",
  "command:bot": "bot",
  "command:cancel": "cancel",
};

/**
 * The command that a whole message is, if any. Commands are never guessed: the message must be one of the
 * phrases listed in dialogs/shared.yaml, or a tap on a command button.
 */
export function commandIn(
  text: string,
  payload: string | undefined,
  commands: Shared["commands"],
): Command | undefined {
  if (payload !== undefined && payload in payloads) return payloads[payload];
  // Long messages are no commands: not worth the work of reading them as one.
  if (text.length > longestCommand) return undefined;
  const said = bareWords(text);
  if (commands.person.has(said)) return "person";
  if (commands.bot.has(said)) return "bot";
  if (commands.cancel.has(said)) return "cancel";
  return undefined;
}
