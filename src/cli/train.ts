import { join } from "node:path";
import { Command } from "commander";
import { systemClock } from "../basics/time.ts";
import { readConfig } from "../config/read-config.ts";
import { openRecognizer } from "../recognition/open-recognizer.ts";
import { trainingSetOf } from "../workbench/training-set-of.ts";
import { contentAt } from "./content-at.ts";
import { progressBar } from "./progress-bar.ts";
import { endCommand, orCannotRun } from "./command-end.ts";
import { exitCodes } from "./run-command.ts";

/** `kumusta train`: makes the model file that `start` would otherwise make before it is ready. */
export function trainCommand(): Command {
  return new Command("train")
    .description("Train the recognizer on the content and keep its model, so that the next start is quick")
    .option("--json", "print one JSON object")
    .exitOverride(endCommand)
    .action(async ({ json }: { json?: boolean }) => {
      await orCannotRun(async () => {
        const config = readConfig(process.env);
        const modelFile = join(config.dataDir, `model-${config.recognizer}`);
        const bar = progressBar();
        try {
          const recognizer = await openRecognizer(config.recognizer, {
            trainingSet: trainingSetOf(contentAt(config.contentDir)),
            clock: systemClock,
            modelFile,
            onProgress: bar.show,
            onNotice: (sentence) => {
              console.error(sentence);
            },
          });
          await recognizer.close();
          bar.stop();
          const { modelVersion, modelBytes, trainSeconds, thresholds } = recognizer;
          if (json === true)
            console.log(JSON.stringify({ modelFile, modelVersion, modelBytes, trainSeconds, thresholds }));
          else if (trainSeconds === null)
            console.log(`${modelFile} is already trained from this content (${modelVersion}).`);
          else
            console.log(
              `Trained ${modelVersion} in ${trainSeconds.toFixed(1)} s: ${modelFile}, ${(modelBytes / 1e6).toFixed(2)} MB.`,
            );
          return exitCodes.fine;
        } finally {
          bar.stop();
        }
      });
    });
}
