import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { findStem } from "./filipino-stems.ts";
import { readGlossary } from "./glossary.ts";
import { hashOf, HashTable } from "./hash-table.ts";

/** A glossary word that is also among so many of the commonest English words keeps its English meaning. */
const COMMON_ENGLISH = 250;

/**
 * What words mean, as vectors: words used alike lie close. English ones are shipped (`english.bin`, the commonest first; its
 * origin is told in docs/decisions/0006-word-vectors.md), Filipino ones take the place of their English translations
 * (`filipino.tsv`), with or without affixes.
 */
export class WordVectors {
  readonly dimensions: number;
  /** Changes with the vectors: a model is good only with those that it was trained with. */
  readonly version: string;
  /** Row after row, in whole steps. Which step does not matter: only directions are used. */
  readonly #rows: Int8Array;
  readonly #rowOf: HashTable;

  constructor(english: Buffer, glossary: string) {
    const shipped = readShipped(english);
    const { dimensions, words } = shipped;
    this.dimensions = dimensions;
    this.version = `${shipped.id}-${createHash("sha256").update(glossary).digest("hex").slice(0, 12)}`;
    this.#rowOf = new HashTable(words.length * 1.2);
    words.forEach((word, row) => {
      this.#rowOf.set(hashOf(word), row);
    });
    const translated = readGlossary(glossary).flatMap(({ word, english }) => {
      const known = this.#rowOf.get(hashOf(word));
      const meanings = english.map((one) => this.#rowOf.get(hashOf(one))).filter((row) => row >= 0);
      return (known >= 0 && known < COMMON_ENGLISH) || meanings.length === 0 ? [] : [{ word, meanings }];
    });
    this.#rows = new Int8Array((words.length + translated.length) * dimensions);
    this.#rows.set(shipped.vectors);
    translated.forEach(({ meanings }, i) => {
      const at = (words.length + i) * dimensions;
      for (let d = 0; d < dimensions; d += 1) {
        const sum = meanings.reduce((total, row) => total + (this.#rows[row * dimensions + d] ?? 0), 0);
        this.#rows[at + d] = Math.round(sum / meanings.length);
      }
    });
    // Only now: no translation is looked up by way of another.
    translated.forEach(({ word }, i) => {
      this.#rowOf.set(hashOf(word), words.length + i);
    });
  }

  /** Writes the direction of what the words mean together, with length one; false when none of them is known. */
  meaningOf(words: readonly string[], into: Float32Array): boolean {
    const { dimensions } = this;
    into.fill(0);
    for (const word of words) {
      const row = this.#find(word);
      if (row < 0) continue;
      const from = row * dimensions;
      for (let d = 0; d < dimensions; d += 1) into[d] = (into[d] ?? 0) + (this.#rows[from + d] ?? 0);
    }
    let squares = 0;
    for (let d = 0; d < dimensions; d += 1) squares += (into[d] ?? 0) * (into[d] ?? 0);
    if (squares === 0) return false;
    const scale = 1 / Math.sqrt(squares);
    for (let d = 0; d < dimensions; d += 1) into[d] = (into[d] ?? 0) * scale;
    return true;
  }

  #find(word: string): number {
    const row = this.#look(word);
    return row >= 0 ? row : findStem(word, this.#look);
  }

  readonly #look = (word: string): number => this.#rowOf.get(hashOf(word));
}

const shippedSchema = z.object({ id: z.string(), dimensions: z.int().positive() });

/**
 * `english.bin`: the line `kumusta word vectors 1`, a line of JSON, a word a line, an empty line, then the vectors, a byte a
 * number. Throws when the file is not whole, which only a damaged installation can bring about.
 */
function readShipped(file: Buffer) {
  const title = file.indexOf(10);
  const header = file.indexOf(10, title + 1);
  const wordsEnd = file.indexOf("\n\n", header);
  const { id, dimensions } = shippedSchema.parse(JSON.parse(file.toString("utf8", title + 1, header)));
  const words = file.toString("utf8", header + 1, wordsEnd).split("\n");
  const vectors = new Int8Array(file.buffer, file.byteOffset + wordsEnd + 2, words.length * dimensions);
  return { id, dimensions, words, vectors };
}

/** The vectors that ship with the program. */
export const wordVectors = new WordVectors(
  readFileSync(new URL("./english.bin", import.meta.url)),
  readFileSync(new URL("./filipino.tsv", import.meta.url), "utf8"),
);
