import type { ContentFiles } from "../content-files.ts";
import { didYouMean } from "../did-you-mean.ts";
import type { Fault } from "../fault.ts";
import { faultAt, twice } from "./fault-at.ts";

/** With fewer lines the recognizer learns words by chance, not an intent. */
const FEWEST_LINES = 3;

/** Every intent has a stage, a dialog, and lines to learn from. */
export function intentFaults({ journey, intents, dialogs, unreadIds }: ContentFiles): Fault[] {
  const stages = new Set(journey.value.stages.map(({ id }) => id));
  const known = new Set(dialogs.map(({ value }) => value.id));
  return [
    ...twice(intents, "intent"),
    ...intents.flatMap((file): Fault[] => {
      const { stage, dialog, utterances } = file.value;
      const faults: Fault[] = [];
      if (!stages.has(stage)) {
        faults.push(
          faultAt(
            file,
            [],
            "name.unknown",
            `lies in the folder ${stage}, which is no stage of intents/journey.yaml`,
            didYouMean(stage, stages, "move the file into the folder of a stage, or add the stage"),
          ),
        );
      }
      if (!known.has(dialog) && !unreadIds.has(dialog)) {
        faults.push(
          faultAt(
            file,
            ["dialog"],
            "name.unknown",
            `dialog ${dialog} is in no file below dialogs/`,
            didYouMean(
              dialog,
              known,
              `write dialogs/${stage}/${dialog.split(".").at(-1) ?? ""}.yaml with this id`,
            ),
          ),
        );
      }
      const lines = utterances.en.length + utterances.fil.length;
      if (lines < FEWEST_LINES) {
        faults.push(
          faultAt(
            file,
            ["utterances"],
            "lines.none",
            `has ${lines === 0 ? "no line" : `only ${String(lines)}`} to learn from`,
            "add what customers say, as they type it: 15 lines in English and 10 in Filipino are a good number",
          ),
        );
      }
      return faults;
    }),
  ];
}
