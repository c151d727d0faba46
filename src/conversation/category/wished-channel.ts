import type { Phrases } from "../../content/content.ts";

/**
 * The channel by which the customer asks to be written to or called, by the phrases of dialogs/shared.yaml: "text nyo na
 * lang ako" is a wish for `sms`; a channel that is only mentioned ("where is the sms code?") is none. The first channel of
 * the list where a message names several; undefined where it names none.
 */
export function wishedChannelIn(
  words: readonly string[],
  { wishedChannels: { telling, byChannel } }: Pick<Phrases, "wishedChannels">,
): string | undefined {
  if (!words.some((word) => telling.has(word))) return undefined;
  for (const [channel, phrases] of byChannel) if (phrases.isIn(words)) return channel;
  return undefined;
}
