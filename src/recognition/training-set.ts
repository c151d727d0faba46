import { createHash } from "node:crypto";
import { nextTurn } from "./next-turn.ts";

/** One line of a customer and what it asks for. */
export interface LabelledLine {
  readonly text: string;
  readonly intent: string;
  readonly locale?: string;
}

/** What is known of an intent beside its lines: used to re-rank by context, to group reports and to learn from. */
export interface IntentTraits {
  readonly stage?: string;
  readonly kind?: string;
  /** What customers see it called; its id says so otherwise. */
  readonly titles?: readonly string[];
}

/** All that a recognizer is trained from. Independent of how content is written; an adapter makes one from content. */
export interface TrainingSet {
  readonly utterances: readonly LabelledLine[];
  /** Lines that no intent answers ("out of scope"). May be empty. */
  readonly negatives?: readonly string[];
  /** Never trained on: thresholds and calibration are fitted on these, else on cross-validated predictions of the above. */
  readonly heldOut?: readonly LabelledLine[];
  readonly heldOutNegatives?: readonly string[];
  readonly intents?: Readonly<Record<string, IntentTraits>>;
}

/** Lines taken at a time, so that the event loop never waits more than a few milliseconds. */
const CHUNK = 5_000;

/** Identifies a training set's exact content: SHA-256, hexadecimal. Lets the event loop go round every few thousand lines. */
export async function trainingSetHash(set: TrainingSet): Promise<string> {
  const hash = createHash("sha256");
  for (const lines of [set.utterances, set.heldOut ?? []]) {
    for (let from = 0; from < lines.length; from += CHUNK) {
      const chunk = lines.slice(from, from + CHUNK);
      hash.update(chunk.map(({ text, intent }) => `${intent}\t${text}\n`).join(""));
      await nextTurn();
    }
    hash.update("\f");
  }
  for (const lines of [set.negatives ?? [], set.heldOutNegatives ?? []]) hash.update(`${lines.join("\n")}\f`);
  const traits = Object.entries(set.intents ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  hash.update(
    traits
      .map(([intent, { stage, kind, titles }]) =>
        [intent, stage ?? "", kind ?? "", ...(titles ?? [])].join("\t"),
      )
      .join("\n"),
  );
  return hash.digest("hex");
}

/** The distinct intents that have at least one line to train on, in alphabetical order. */
export function intentsOf(set: TrainingSet): string[] {
  return [...new Set(set.utterances.map((line) => line.intent))].sort();
}

/** A training set as a few long strings: copying those to a worker takes a tenth of the time that 100,000 objects take. */
export interface PackedTrainingSet {
  readonly utterances: PackedLines;
  readonly heldOut: PackedLines;
  readonly negatives: string;
  readonly heldOutNegatives: string;
  readonly intents: NonNullable<TrainingSet["intents"]>;
}
interface PackedLines {
  readonly texts: string;
  readonly intents: string;
}

/** Packs, letting the event loop go round every few thousand lines. */
export async function packTrainingSet(set: TrainingSet): Promise<PackedTrainingSet> {
  return {
    utterances: await packLines(set.utterances),
    heldOut: await packLines(set.heldOut ?? []),
    negatives: packTexts(set.negatives ?? []),
    heldOutNegatives: packTexts(set.heldOutNegatives ?? []),
    intents: set.intents ?? {},
  };
}

export function unpackTrainingSet(packed: PackedTrainingSet): TrainingSet {
  return {
    utterances: unpackLines(packed.utterances),
    heldOut: unpackLines(packed.heldOut),
    negatives: unpackTexts(packed.negatives),
    heldOutNegatives: unpackTexts(packed.heldOutNegatives),
    intents: packed.intents,
  };
}

// Line ends inside a text mean no more than a space to a recognizer, and each text is followed by one of ours.
const packTexts = (texts: readonly string[]): string =>
  texts.map((text) => `${text.replaceAll("\n", " ")}\n`).join("");
const unpackTexts = (packed: string): string[] => packed.split("\n").slice(0, -1);

async function packLines(lines: readonly LabelledLine[]): Promise<PackedLines> {
  const texts: string[] = [];
  const intents: string[] = [];
  for (let from = 0; from < lines.length; from += CHUNK) {
    const chunk = lines.slice(from, from + CHUNK);
    texts.push(packTexts(chunk.map(({ text }) => text)));
    intents.push(packTexts(chunk.map(({ intent }) => intent)));
    await nextTurn();
  }
  return { texts: texts.join(""), intents: intents.join("") };
}

function unpackLines(packed: PackedLines): LabelledLine[] {
  const intents = unpackTexts(packed.intents);
  return unpackTexts(packed.texts).map((text, i) => ({ text, intent: intents[i] ?? "" }));
}
