/** A Filipino word and the English words that tell its meaning. */
export interface GlossaryEntry {
  readonly word: string;
  readonly english: readonly string[];
}

/** Reads `filipino.tsv`: lines of a word, a tab, and English words with spaces between them. */
export function readGlossary(text: string): GlossaryEntry[] {
  return text.split("\n").flatMap((line) => {
    const [word = "", english = ""] = line.split("\t");
    return english === "" ? [] : [{ word, english: english.trim().split(" ") }];
  });
}
