/** Known words shorter than this are never meant: at distance 1 they are as likely another word. */
const SHORTEST = 3;
/** A known word or a token shorter than this is mended only where the mended word is known beside one of its neighbours. */
const SURE_ALONE = 4;
/** Shorter tokens are never two words. */
const SHORTEST_JOINED = 5;
/** How much being known beside a neighbour counts: as if the word were e^3 times as frequent. */
const NEIGHBOUR_WORTH = 3;

/** Mends unknown words to a known one at edit distance 1 (insertion, deletion, substitution, swap of neighbours). */
export class Spelling {
  readonly words: ReadonlyMap<string, number>;
  /** Known words by each of their forms with one letter left out (SymSpell, Wolf Garbe 2012). */
  readonly #byDeletion = new Map<string, string | string[]>();

  /** @param words known words and how often each occurs */
  constructor(words: ReadonlyMap<string, number>) {
    this.words = words;
    for (const word of words.keys()) {
      if (word.length < SHORTEST) continue;
      this.#add(word, word);
      for (let i = 0; i < word.length; i += 1)
        if (i === 0 || word[i] !== word[i - 1]) this.#add(word.slice(0, i) + word.slice(i + 1), word);
    }
  }

  knows(token: string): boolean {
    return this.words.has(token) || token.startsWith("#") || token.startsWith("‹");
  }

  /**
   * The likeliest known word at distance 1, or undefined: a frequent one, and one that was seen beside the same neighbours.
   * @param neighbours how many of the token's two neighbours (the line's ends count) a word was seen beside
   */
  mend(token: string, neighbours: (word: string) => number): string | undefined {
    if (token.length < SHORTEST - 1) return undefined;
    let best: string | undefined;
    let most = -Infinity;
    const consider = (form: string): void => {
      const found = this.#byDeletion.get(form);
      if (found === undefined) return;
      for (const word of typeof found === "string" ? [found] : found) {
        if (!withinOneEdit(token, word)) continue;
        const beside = neighbours(word);
        if (beside === 0 && Math.min(word.length, token.length) < SURE_ALONE) continue;
        const worth = Math.log(this.words.get(word) ?? 1) + NEIGHBOUR_WORTH * beside;
        if (worth > most) {
          best = word;
          most = worth;
        }
      }
    };
    consider(token);
    for (let i = 0; i < token.length; i += 1) consider(token.slice(0, i) + token.slice(i + 1));
    return best;
  }

  /**
   * The two known words that a token is when the space between them was left out, or another letter was typed in its place
   * ("wheremy" and "wherebmy" are "where my"); undefined where there are none that were seen side by side.
   */
  apart(
    token: string,
    together: (left: string, right: string) => boolean,
  ): readonly [string, string] | undefined {
    if (token.length < SHORTEST_JOINED) return undefined;
    let best: readonly [string, string] | undefined;
    let most = -Infinity;
    for (let end = 1; end < token.length; end += 1) {
      const left = token.slice(0, end);
      const count = this.words.get(left);
      if (count === undefined) continue;
      for (const right of [token.slice(end), token.slice(end + 1)]) {
        const others = this.words.get(right);
        if (others === undefined || !together(left, right)) continue;
        const worth = Math.log(count) + Math.log(others);
        if (worth > most) {
          best = [left, right];
          most = worth;
        }
      }
    }
    return best;
  }

  #add(form: string, word: string): void {
    const found = this.#byDeletion.get(form);
    if (found === undefined) this.#byDeletion.set(form, word);
    else if (typeof found === "string") this.#byDeletion.set(form, [found, word]);
    else found.push(word);
  }
}

/** Whether two different words are one edit apart. */
export function withinOneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let i = 0;
  while (i < short.length && short[i] === long[i]) i += 1;
  if (short.length < long.length) return short.slice(i) === long.slice(i + 1);
  if (short.slice(i + 1) === long.slice(i + 1)) return true;
  return short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2);
}
