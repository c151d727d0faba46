import { findValues, type Span } from "./find-values.ts";

/** Texts remembered, the one asked for first forgotten first: scripts of a large shop, in both languages. */
const mostTexts = 1_000;

/**
 * Finds values in what the bot says. It says the same texts over and over, and looking through one costs as much as
 * deciding to say it: what was found is remembered. Not for what people wrote: nothing of theirs is kept here.
 */
export class ScriptValues {
  readonly #found = new Map<string, readonly Span[]>();

  find(text: string): readonly Span[] {
    const known = this.#found.get(text);
    if (known !== undefined) return known;
    const found = findValues(text);
    // What shows a value is said to one person alone.
    if (found.length > 0) return found;
    if (this.#found.size >= mostTexts) {
      const [oldest] = this.#found.keys();
      if (oldest !== undefined) this.#found.delete(oldest);
    }
    this.#found.set(text, found);
    return found;
  }
}
