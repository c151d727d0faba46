import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { z } from "zod";
import { findStem } from "./filipino-stems.ts";
import { visitGlossary } from "./glossary.ts";
import { hashOf, hashOfBytes, HashTable } from "./hash-table.ts";

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

  /**
   * @param englishFile path or URL of `english.bin`; throws where it cannot be read or is not whole, which only a damaged
   *   installation can bring about
   * @param glossary the bytes of `filipino.tsv`
   */
  constructor(englishFile: string | URL, glossary: Uint8Array) {
    const entries = glossary.reduce((count, byte) => (byte === LINE_END ? count + 1 : count), 1);
    const english = readEnglish(englishFile, entries);
    const { dimensions, words } = english;
    this.dimensions = dimensions;
    this.version = `${english.id}-${createHash("sha256").update(glossary).digest("hex").slice(0, 12)}`;
    this.#rows = english.rows;
    this.#rowOf = new HashTable(words + entries);
    english.hashes.forEach((hash, row) => {
      this.#rowOf.set(hash, row);
    });
    // Told to the table only afterwards: no translation is looked up by way of another.
    const translated = new Uint32Array(entries);
    let count = 0;
    visitGlossary(glossary, (word, translations) => {
      const known = this.#rowOf.get(word);
      if (known >= 0 && known < COMMON_ENGLISH) return;
      const meanings = translations.map((hash) => this.#rowOf.get(hash)).filter((row) => row >= 0);
      if (meanings.length === 0) return;
      const at = (words + count) * dimensions;
      for (let d = 0; d < dimensions; d += 1) {
        const sum = meanings.reduce((total, row) => total + (this.#rows[row * dimensions + d] ?? 0), 0);
        this.#rows[at + d] = Math.round(sum / meanings.length);
      }
      translated[count] = word;
      count += 1;
    });
    for (let i = 0; i < count; i += 1) this.#rowOf.set(translated[i] ?? 0, words + i);
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

const LINE_END = 10;
const headerSchema = z.object({
  id: z.string(),
  words: z.int().positive(),
  dimensions: z.int().positive(),
});
/** The first two lines are shorter than this, bytes. */
const LONGEST_HEADER = 400;

/**
 * Reads `english.bin`: the line `kumusta word vectors 1`, a line of JSON, a word a line, an empty line, then the vectors, a
 * byte a number.
 * @param more so many rows are left free after those of the file
 */
function readEnglish(path: string | URL, more: number) {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const start = bytesOf(file, 0, Math.min(size, LONGEST_HEADER));
    const titleEnd = start.indexOf(LINE_END);
    const headerEnd = start.indexOf(LINE_END, titleEnd + 1);
    const header = headerSchema.parse(JSON.parse(start.toString("utf8", titleEnd + 1, headerEnd)));
    const vectorBytes = header.words * header.dimensions;
    const listed = bytesOf(file, headerEnd + 1, size - vectorBytes - headerEnd - 1);
    const hashes = new Uint32Array(header.words);
    for (let row = 0, at = 0; row < header.words; row += 1) {
      const end = listed.indexOf(LINE_END, at);
      hashes[row] = hashOfBytes(listed, at, end);
      at = end + 1;
    }
    const rows = new Int8Array((header.words + more) * header.dimensions);
    readSync(file, rows, 0, vectorBytes, size - vectorBytes);
    return { ...header, hashes, rows };
  } finally {
    closeSync(file);
  }
}

function bytesOf(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, from);
  return bytes;
}

/** The vectors that ship with the program. */
export const wordVectors = new WordVectors(
  new URL("./english.bin", import.meta.url),
  readFileSync(new URL("./filipino.tsv", import.meta.url)),
);
