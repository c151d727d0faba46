/**
 * Makes the vectors of English words that ship with the program (`src/recognition/words/english.bin`); of what and why is
 * told in docs/decisions/0006-word-vectors.md. `node bench/recognition/word-vectors/build.ts FOLDER OUT [--sentences N]`:
 * FOLDER holds the packages of `packages.ts`, OUT is the file to write, N makes a trial of only so many sentences.
 */
import { access, constants, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { progressBar } from "../../../src/cli/progress-bar.ts";
import { seededChance, shuffled } from "../../../src/recognition/linear/chance.ts";
import { commonWords } from "./common-words.ts";
import { distil } from "./distil.ts";
import { SentenceEncoder } from "./encoder.ts";
import { PackageFolder } from "./packages.ts";
import { principalDirections, project } from "./principal-directions.ts";
import { questions } from "./questions.ts";
import { meanCosine, SentenceMeans } from "./sentence-means.ts";
import { roundToBytes, vectorFile } from "./vector-file.ts";
import { vocabularyOf } from "./vocabulary.ts";
import { WordNet } from "./wordnet.ts";

const SEED = 1;
/** Numbers of a vector, each a byte of the file. */
const DIMENSIONS = 96;
const QUESTIONS = 70_000;

const { values, positionals } = parseArgs({
  options: { sentences: { type: "string", default: "Infinity" } },
  allowPositionals: true,
});
const [folder, out] = positionals;
const most = Number(values.sentences);
if (folder === undefined || out === undefined || !(most >= 1)) {
  console.error("Usage: node bench/recognition/word-vectors/build.ts FOLDER OUT [--sentences N]");
  process.exit(2);
}
const packages = new PackageFolder(folder);
const fault = packages.fault();
if (fault !== undefined) {
  console.error(fault);
  process.exit(2);
}

// Found out now rather than after the minutes that the encodings take.
await access(dirname(out), constants.W_OK);

const chance = seededChance(SEED);
const words = commonWords(packages);
const wordNet = new WordNet(packages);
const all = [...wordNet.examples, ...questions(words, wordNet, QUESTIONS, chance)];
const sentences = all.length > most ? shuffled(all, chance).slice(0, most) : all;
const vocabulary = vocabularyOf(words, wordNet.examples);
console.log(`${sentences.length} sentences, ${vocabulary.length} words`);

const bar = progressBar();
const { vectors, kept, cosine } = await distilled().finally(bar.stop);
await writeFile(out, vectorFile(vocabulary, DIMENSIONS, vectors));
console.log(`${(100 * kept).toFixed(1)} % of the encodings' variance lies in ${DIMENSIONS} directions`);
console.log(`mean cosine of a sentence's words and its encoding: ${cosine.toFixed(4)}`);

async function distilled() {
  const encoder = await SentenceEncoder.open(packages);
  const encodings = await encoder.encode(sentences, "encodings of the sentences", bar.show);
  const ownEncodings = await encoder.encode(vocabulary, "encodings of the words", bar.show);
  const { directions, kept } = principalDirections(encodings, DIMENSIONS, chance, bar.show);
  const targets = project(encodings, directions);
  const means = new SentenceMeans(vocabulary, sentences, DIMENSIONS);
  const vectors = roundToBytes(distil(means, targets, project(ownEncodings, directions), bar.show));
  return { vectors, kept, cosine: meanCosine(means, vectors, targets.values) };
}
