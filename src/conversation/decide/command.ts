import type { Shared } from "../../content/content.ts";

export type Command = "person" | "cancel";

const payloads: Readonly<Record<string, Command>> = { "command:person": "person", "command:cancel": "cancel" };

/** Letters and digits only, single spaces: "AGENT!!" and "agent" are the same words. */
function bareWords(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * The command that a whole message is, if any. Commands are never guessed: the message must be one of the
 * phrases listed in dialogs/shared.yaml, or a tap on a command button.
 */
export function commandIn(text: string, payload: string | undefined, commands: Shared["commands"]): Command | undefined {
  if (payload !== undefined && payload in payloads) return payloads[payload];
  const said = bareWords(text);
  if (said === "" || said.length > 80) return undefined;
  if (commands.person.some((phrase) => bareWords(phrase) === said)) return "person";
  if (commands.cancel.some((phrase) => bareWords(phrase) === said)) return "cancel";
  return undefined;
}
