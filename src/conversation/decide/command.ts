import type { Phrases } from "../../content/content.ts";
import { phraseWords } from "../../content/phrase-list.ts";

/**
 * `person`: a person is wanted. `bot`: the customer wants the bot back. `cancel`: the open flow is to end. `web`: the
 * customer wants to go on in web chat.
 */
export type Command = "person" | "bot" | "cancel" | "web";

const payloads: Readonly<Record<string, Command>> = {
  "command:person": "person",
  "command:bot": "bot",
  "command:cancel": "cancel",
  "command:web": "web",
};

/** Fewer words beside the wish for a person name no matter: "agent please", "agent na lang po". */
const leastWordsOfMatter = 4;

/**
 * Whether a message that asks for a person says what about, too: "my blender came broken, agent please".
 * @param words as `phraseWords` makes them
 */
export function tellsMatter(words: readonly string[], { person }: Pick<Phrases, "person">): boolean {
  const others = person.without(words).filter((word) => word !== "");
  return others.length >= leastWordsOfMatter;
}

/**
 * The command in a message, if any: a tap on a command button, or a phrase of dialogs/shared.yaml, never a guess. A
 * person is asked for anywhere in a message; anything else is a command only when it is the whole message.
 */
export function commandIn(text: string, payload: string | undefined, phrases: Phrases): Command | undefined {
  return payload === undefined ? commandInWords(phraseWords(text), phrases) : payloads[payload];
}

/**
 * The same of words that are no tap.
 * @param words as `phraseWords` makes them
 */
export function commandInWords(words: readonly string[], phrases: Phrases): Command | undefined {
  if (words.length === 0) return undefined;
  if (phrases.personAlone.is(words) || phrases.person.isIn(words)) return "person";
  if (phrases.bot.is(words)) return "bot";
  if (phrases.web.is(words)) return "web";
  return phrases.cancel.is(words) ? "cancel" : undefined;
}
