import { bareWords } from "./bare-words.ts";

/** In a phrase, stands for any words between: none, or up to `widestGap`. */
const gap = "...";
const widestGap = 3;
/** Characters of a message that are read for phrases: what matters is said early, and the work stays bounded. */
const mostRead = 600;

/** A phrase as the runs of words between its gaps. */
type Runs = readonly (readonly string[])[];

/** The words of a message as phrases are compared with them. */
export function phraseWords(text: string): readonly string[] {
  const bare = bareWords(text.slice(0, mostRead));
  return bare === "" ? [] : bare.split(" ");
}

function runsOf(phrase: string): Runs {
  return phrase
    .split(gap)
    .map(phraseWords)
    .filter((run) => run.length > 0);
}

function standsAt(words: readonly string[], run: readonly string[], at: number): boolean {
  return run.every((word, i) => words[at + i] === word);
}

/** Where the rest of a phrase ends when it may begin within the gap after `from`; undefined when it does not stand there. */
function endOfRest(words: readonly string[], runs: Runs, from: number): number | undefined {
  const [run, ...rest] = runs;
  if (run === undefined) return from;
  for (let at = from; at <= from + widestGap; at++) {
    if (!standsAt(words, run, at)) continue;
    const end = endOfRest(words, rest, at + run.length);
    if (end !== undefined) return end;
  }
  return undefined;
}

/**
 * Phrases that a maintainer lists, found in what customers write: whole words, whatever the capitals and the
 * punctuation. `...` in a phrase stands for up to three words: "talk to ... person". Phrases are indexed by their
 * first word when content is read, so that a message costs by its own length, not by how many phrases there are.
 */
export class PhraseList {
  readonly #whole: ReadonlySet<string>;
  readonly #byFirstWord: ReadonlyMap<string, readonly Runs[]>;
  readonly #except: PhraseList | undefined;

  /** @param except phrases whose words count for nothing: "travel agent" where "agent" is listed */
  constructor(phrases: readonly string[], except: readonly string[] = []) {
    const byFirstWord = new Map<string, Runs[]>();
    for (const runs of phrases.map(runsOf)) {
      const first = runs[0]?.[0];
      if (first === undefined) continue;
      byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), runs]);
    }
    this.#byFirstWord = byFirstWord;
    this.#whole = new Set(phrases.map(bareWords));
    this.#except = except.length === 0 ? undefined : new PhraseList(except);
  }

  /** Whether the words are one of the phrases and nothing else. */
  is(words: readonly string[]): boolean {
    return this.#whole.has(words.join(" "));
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
    return words.some((_, at) => this.#endAt(words, at) !== undefined);
  }

  /** Where the longest phrase that begins at this word ends. */
  #endAt(words: readonly string[], at: number): number | undefined {
    let longest: number | undefined;
    for (const [run = [], ...rest] of this.#byFirstWord.get(words[at] ?? "") ?? []) {
      if (!standsAt(words, run, at)) continue;
      const end = endOfRest(words, rest, at + run.length);
      if (end !== undefined && end > (longest ?? 0)) longest = end;
    }
    return longest;
  }
}
