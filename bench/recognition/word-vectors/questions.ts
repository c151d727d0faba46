import type { Chance } from "../../../src/recognition/linear/chance.ts";
import { templates } from "./templates.ts";
import type { PartOfSpeech, WordNet } from "./wordnet.ts";

/** How many of the commonest words are looked at for each slot: rarer ones make questions that nobody asks. */
const COMMONEST = { noun: 9_000, verb: 7_000, adj: 6_000 } as const;
/** The rarest word of a slot is drawn e^3 times less often than the commonest. */
const FALL = 3;
const SLOT = /\{(noun|verb|past|adjective)\}/g;

/**
 * Questions and requests as customers write them, about everything: templates filled with common words of the right part
 * of speech. Most make little sense; the encoder has an opinion on what they mean all the same.
 * @param words the commonest first
 * @param count how many to make, all different
 */
export function questions(
  words: readonly string[],
  wordNet: WordNet,
  count: number,
  chance: Chance,
): readonly string[] {
  const usedAs = (part: PartOfSpeech & keyof typeof COMMONEST): readonly string[] =>
    words.slice(0, COMMONEST[part]).filter((word) => wordNet.isUsedAs(part, word));
  const verbs = usedAs("verb");
  const fillers = {
    noun: usedAs("noun"),
    verb: verbs,
    past: verbs.map(pastOf),
    adjective: usedAs("adj"),
  };
  const isSlot = (name: string): name is keyof typeof fillers => name in fillers;
  const made = new Set<string>();
  while (made.size < count) {
    const template = templates[Math.floor(chance() * templates.length)] ?? "";
    made.add(template.replace(SLOT, (_, slot: string) => (isSlot(slot) ? drawn(fillers[slot], chance) : "")));
  }
  return [...made];
}

/** A word, the commonest likeliest: falls exponentially with the rank, by e^FALL from the first to the last. */
function drawn(words: readonly string[], chance: Chance): string {
  const share = -Math.log(1 - chance() * (1 - Math.exp(-FALL))) / FALL;
  return words[Math.floor(share * words.length)] ?? "";
}

/** The past participle of a regular verb. Those of irregular ones come out wrong, are no known words and so teach nothing. */
function pastOf(verb: string): string {
  if (verb.endsWith("e")) return `${verb}d`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${verb}ed`;
}
