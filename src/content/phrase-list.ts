import { bareWords } from "./bare-words.ts";
import { endOf, firstWords, type Phrase, type Run } from "./phrase.ts";

/** In a phrase, stands for any words between: none, or up to `widestGap`. */
export const gap = "...";
const widestGap = 3;
/** Characters of a message that are read for phrases: what matters is said early, and the work stays bounded. */
const mostRead = 600;

/** The words of a message as phrases are compared with them. */
export function phraseWords(text: string): readonly string[] {
  const bare = bareWords(text.slice(0, mostRead));
  return bare === "" ? [] : bare.split(" ");
}

/** The words of a phrase, run by run between its gaps. */
export function runsOf(phrase: string): readonly Run[] {
  return phrase
    .split(gap)
    .map(phraseWords)
    .filter((run) => run.length > 0);
}

function plainPhrase(text: string): Phrase {
  const [head = [], ...rest] = runsOf(text);
  return { head, rests: [rest] };
}

/**
 * Phrases that a maintainer lists, found in what customers write: whole words, whatever the capitals and the
 * punctuation. `...` in a phrase stands for up to three words: "talk to ... person". Phrases are indexed by their
 * first word when content is read, so that a message costs by its own length, not by how many phrases there are.
 */
export class PhraseList {
  readonly #byFirstWord: ReadonlyMap<string, readonly Phrase[]>;
  readonly #except: PhraseList | undefined;

  /**
   * @param phrases as people write them, or read already where more than words and gaps stand in them
   * @param except phrases whose words count for nothing: "travel agent" where "agent" is listed
   */
  constructor(phrases: readonly (string | Phrase)[], except: readonly (string | Phrase)[] = []) {
    const byFirstWord = new Map<string, Phrase[]>();
    for (const written of phrases) {
      const phrase = typeof written === "string" ? plainPhrase(written) : written;
      for (const word of firstWords(phrase)) {
        const others = byFirstWord.get(word);
        if (others === undefined) byFirstWord.set(word, [phrase]);
        else others.push(phrase);
      }
    }
    this.#byFirstWord = byFirstWord;
    this.#except = except.length === 0 ? undefined : new PhraseList(except);
  }

  /** Whether the words are one of the phrases and nothing else, its gaps empty. */
  is(words: readonly string[]): boolean {
    return this.#endAt(words, 0, 0) === words.length;
  }

  /** Whether one of the phrases stands among the words. */
  isIn(words: readonly string[]): boolean {
    // Most messages hold none at all: the exceptions are only looked at where one does.
    if (!this.#firstIn(words)) return false;
    return this.#except === undefined || this.#firstIn(this.#except.without(words));
  }

  /** The words without those that belong to a phrase; a mark stands where they were, so that nothing joins over the gap. */
  without(words: readonly string[]): readonly string[] {
    const left: string[] = [];
    for (let at = 0; at < words.length;) {
      const end = this.#endAt(words, at);
      left.push(end === undefined ? (words[at] ?? "") : "");
      at = end ?? at + 1;
    }
    return left;
  }

  #firstIn(words: readonly string[]): boolean {
    for (let at = 0; at < words.length; at++) if (this.#endAt(words, at) !== undefined) return true;
    return false;
  }

  /** Where the longest phrase that begins at this word ends. */
  #endAt(words: readonly string[], at: number, widest = widestGap): number | undefined {
    const phrases = this.#byFirstWord.get(words[at] ?? "");
    if (phrases === undefined) return undefined;
    let longest: number | undefined;
    for (const phrase of phrases) {
      const end = endOf(phrase, words, at, widest);
      if (end !== undefined && end > (longest ?? 0)) longest = end;
    }
    return longest;
  }
}
