import { ladderThresholds } from "../../conversation/decide/ladder-thresholds.ts";
import type { Clock } from "../../basics/time.ts";
import type { ContentFiles } from "../../content/content-files.ts";
import type { Fault } from "../../content/fault.ts";
import { genericNegatives } from "../../recognition/generic-negatives.ts";
import { openRecognizer, type RecognizerKind } from "../../recognition/open-recognizer.ts";
import type { LabelledLine, TrainingSet } from "../../recognition/training-set.ts";
import type { TrainedRecognizer } from "../../recognition/trained-recognizer.ts";
import { placedLines, type PlacedLine } from "./placed-lines.ts";

export interface RecognizeOptions {
  readonly recognizer: RecognizerKind;
  readonly clock: Clock;
  readonly onProgress?: ((done: number, total: number, what: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** From this confidence on, the other intent is likelier than all others together, the line's own among them. */
const SURE = 0.5;
/** Parts of cross-validation: each line is judged by a model that learnt from the four fifths without it. */
const PARTS = 5;
/** From so many lines on. */
const MANY = 1_000;

interface Best {
  readonly intent: string;
  readonly confidence: number;
  /** Confidence of the line's own intent; 0 where it is not among the candidates. */
  readonly own: number;
  /** The bot would answer without asking. */
  readonly answered: boolean;
}

/**
 * What shows only by learning: lines that would surely be answered as another intent if they were not learnt by heart, and
 * counterexamples that are taken for the intent. Trains six times; seconds for the sample shop.
 */
export async function recognizedLineFindings(
  files: ContentFiles,
  options: RecognizeOptions,
): Promise<Fault[]> {
  const lines = placedLines(files, ["utterances"]);
  const counterexamples = placedLines(files, ["counterexamples"]);
  if (new Set(lines.map(({ intent }) => intent)).size < 2) return [];
  const trainings = PARTS + (counterexamples.length > 0 ? 1 : 0);
  const found: Fault[] = [];
  for (let part = 0; part < PARTS; part += 1) {
    const apart = lines.filter((_, index) => index % PARTS === part);
    const learnt = lines.filter((_, index) => index % PARTS !== part);
    const best = await judge(withoutThese(learnt, apart), apart, {
      ...options,
      ...steps(options, part, trainings),
    });
    apart.forEach((line, i) => {
      const judged = best[i];
      if (judged?.answered === true && judged.intent !== line.intent && judged.confidence >= SURE)
        found.push(misread(line, judged));
    });
  }
  if (counterexamples.length > 0) {
    // As trained for customers.
    const whole: TrainingSet = {
      utterances: labelled(lines),
      negatives: genericNegatives,
      heldOut: labelled(placedLines(files, ["tests"])),
    };
    const best = await judge(whole, counterexamples, { ...options, ...steps(options, PARTS, trainings) });
    counterexamples.forEach((line, i) => {
      const judged = best[i];
      if (judged?.answered === true && judged.intent === line.intent) found.push(taken(line, judged));
    });
  }
  return found;
}

function steps(
  { onProgress }: RecognizeOptions,
  done: number,
  all: number,
): Pick<RecognizeOptions, "onProgress"> {
  return {
    onProgress: (step, total) =>
      onProgress?.(done * total + step, all * total, `model ${String(done + 1)} of ${String(all)}`),
  };
}

async function judge(
  trainingSet: TrainingSet,
  judged: readonly PlacedLine[],
  options: RecognizeOptions,
): Promise<Best[]> {
  const model = await openRecognizer(options.recognizer, {
    trainingSet,
    clock: options.clock,
    onProgress: options.onProgress,
    signal: options.signal,
  });
  try {
    const best: Best[] = [];
    for (const line of judged) best.push(await bestOf(model, line));
    return best;
  } finally {
    await model.close();
  }
}

const labelled = (lines: readonly PlacedLine[]): LabelledLine[] =>
  lines.map(({ text, intent, locale }) => ({ text, intent, locale }));

/** The lines apart, of many, tell the threshold well enough; of few, the recognizer finds it within what it learns. */
function withoutThese(learnt: readonly PlacedLine[], apart: readonly PlacedLine[]): TrainingSet {
  if (learnt.length < MANY) return { utterances: labelled(learnt), negatives: genericNegatives };
  return {
    utterances: labelled(learnt),
    negatives: genericNegatives.filter((_, index) => index % PARTS !== 0),
    heldOut: labelled(apart),
    heldOutNegatives: genericNegatives.filter((_, index) => index % PARTS === 0),
  };
}

async function bestOf(model: TrainedRecognizer, line: PlacedLine): Promise<Best> {
  const { parts } = await model.recognize(line.text, {});
  // A line that is taken for two questions gets both answers: its own may be the second.
  const candidates = parts.flatMap((part) => part.candidates.slice(0, parts.length > 1 ? 1 : undefined));
  const own = Math.max(0, ...candidates.filter(({ intent }) => intent === line.intent).map(confidenceOf));
  const top = candidates.reduce<(typeof candidates)[number] | undefined>(
    (best, one) => (best === undefined || one.confidence > best.confidence ? one : best),
    undefined,
  );
  const confidence = top?.confidence ?? 0;
  const { accept } = ladderThresholds(model.thresholds);
  const answered = confidence >= accept && (own < accept || own === confidence);
  return { intent: top?.intent ?? "", confidence, own, answered };
}

const confidenceOf = ({ confidence }: { readonly confidence: number }): number => confidence;
const percent = (share: number): string => `${String(Math.round(100 * share))} %`;

function misread(line: PlacedLine, best: Best): Fault {
  return {
    kind: "lines.misread",
    file: line.file,
    line: line.line(),
    message: `“${line.text}” is nearer to ${best.intent} (${percent(best.confidence)}) than to its own ${line.intent} (${percent(best.own)}) for a model that has not learnt it`,
    weight: best.confidence,
    mend: `if customers mean ${best.intent} by it, move it there; else add lines like it here`,
  };
}

function taken(line: PlacedLine, best: Best): Fault {
  return {
    kind: "counterexample.taken",
    file: line.file,
    line: line.line(),
    message: `counterexample “${line.text}” is recognized as ${line.intent} (${percent(best.confidence)})`,
    weight: best.confidence,
    mend: "add lines like it to the intent that it does mean, and remove lines from here that teach its words",
  };
}
