/**
 * Processor time of one line on the path of a message, by what takes it: the model's scores, what is named in the line, its
 * language, and all together; the least of several rounds, because other programs on a machine only add to it.
 * `node bench/recognition/line-time.ts FILE.tsv [MODEL_FILE]`: trains on the rows of `train`, reads those of `val` (else of
 * `train`); a model file saves the training of a second run.
 */
import { readFile } from "node:fs/promises";
import { cpuUsage } from "node:process";
import { systemClock } from "../../src/basics/time.ts";
import { entityFinder } from "../../src/recognition/entities/entity-finder.ts";
import { utteranceLanguage } from "../../src/recognition/language/utterance-language.ts";
import { tokensOf } from "../../src/recognition/linear/tokens.ts";
import { openLinearRecognizer } from "../../src/recognition/open-recognizer.ts";
import { readLabelledRows } from "../../src/workbench/evaluation/labelled-rows.ts";

const ROUNDS = 12;
const [file, modelFile] = process.argv.slice(2);
if (file === undefined) {
  console.error("Name a file: node bench/recognition/line-time.ts FILE.tsv [MODEL_FILE]");
  process.exit(2);
}
const { rows } = readLabelledRows(await readFile(file));
const train = rows.filter(({ split }) => split === "train");
const recognizer = await openLinearRecognizer({
  trainingSet: {
    utterances: train.flatMap(({ text, intent }) => (intent === null ? [] : [{ text, intent }])),
    negatives: train.flatMap(({ text, intent }) => (intent === null ? [text] : [])),
  },
  clock: systemClock,
  modelFile,
});
const val = rows.filter(({ split }) => split === "val");
const lines = (val.length > 0 ? val : train).map(({ text }) => text);
const findEntities = entityFinder({ now: () => systemClock.now() });

/** Least microseconds of processor time a line. */
function least(run: (line: string) => unknown): number {
  let fewest = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = cpuUsage();
    for (const line of lines) run(line);
    const { user, system } = cpuUsage(before);
    fewest = Math.min(fewest, (user + system) / lines.length);
  }
  return fewest;
}

const figures = {
  lines: lines.length,
  tokens: least(tokensOf),
  entities: least(findEntities),
  language: least(utteranceLanguage),
  oneRequest: least((line) => recognizer.recognize(line, { oneRequest: true })),
  whole: least((line) => recognizer.recognize(line, {})),
};
console.log(JSON.stringify(figures));
