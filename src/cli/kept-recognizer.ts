import { join } from "node:path";
import { systemClock } from "../basics/time.ts";
import type { Config } from "../config/read-config.ts";
import type { Content } from "../content/content.ts";
import { openRecognizer } from "../recognition/open-recognizer.ts";
import type { TrainedRecognizer } from "../recognition/trained-recognizer.ts";
import { trainingSetOf } from "../workbench/training-set-of.ts";
import { progressBar } from "./progress-bar.ts";

/** The recognizer of this content, as `start` keeps it in the data folder; trained behind a progress bar where it is not there. */
export async function keptRecognizer(
  { dataDir, recognizer }: Pick<Config, "dataDir" | "recognizer">,
  content: Content,
): Promise<TrainedRecognizer> {
  const bar = progressBar();
  try {
    return await openRecognizer(recognizer, {
      trainingSet: trainingSetOf(content),
      clock: systemClock,
      modelFile: join(dataDir, `model-${recognizer}`),
      onProgress: bar.show,
    });
  } finally {
    bar.stop();
  }
}
