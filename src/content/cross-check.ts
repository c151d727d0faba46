import { factsIn, textsOf } from "./facts.ts";
import type { Fault } from "./fault.ts";
import type { ContentFiles } from "./content-files.ts";
import { sayingsOfDialog, sayingsOfShared } from "./sayings.ts";

/** What no single file can know: that names used in one stand in another, once. */
export function crossCheck(files: ContentFiles): Fault[] {
  const stages = new Set(files.journey.value.stages.map(({ id }) => id));
  const teams = new Set(files.teams.value.teams.map(({ id }) => id));
  const intents = new Set(files.intents.map(({ value }) => value.id));
  const dialogs = new Set(files.dialogs.map(({ value }) => value.id));
  const faults: Fault[] = [...twice(files.intents, "intent"), ...twice(files.dialogs, "dialog")];

  for (const [index, stage] of files.journey.value.stages.entries()) {
    if (!teams.has(stage.owner))
      faults.push(
        at(files.journey, ["stages", index, "owner"], `team ${stage.owner} is not in dialogs/teams.yaml`),
      );
  }
  for (const intent of files.intents) {
    const { stage, dialog, utterances } = intent.value;
    if (!stages.has(stage))
      faults.push(at(intent, [], `lies in the folder ${stage}, which is no stage of intents/journey.yaml`));
    if (!dialogs.has(dialog))
      faults.push(at(intent, ["dialog"], `dialog ${dialog} is in no file below dialogs/`));
    if (utterances.en.length + utterances.fil.length === 0)
      faults.push(at(intent, ["utterances"], "has no line to learn from: add what customers say"));
  }
  for (const dialog of files.dialogs) {
    if (dialog.value.type === "flow") faults.push(...stepFaults(dialog, teams));
  }
  const said = [
    ...files.dialogs.flatMap((file) => sayingsOfDialog(file.value).map((placed) => ({ file, ...placed }))),
    ...sayingsOfShared(files.shared.value).map((placed) => ({ file: files.shared, ...placed })),
  ];
  for (const { file, path, saying } of said) {
    for (const [index, choice] of saying.choices.entries()) {
      if (!intents.has(choice.intent))
        faults.push(
          at(
            file,
            [...path, "choices", index, "intent"],
            `intent ${choice.intent} is in no file below intents/`,
          ),
        );
    }
    const unknown = textsOf(saying)
      .flatMap(factsIn)
      .filter((name) => files.facts.value.facts[name] === undefined);
    for (const name of new Set(unknown))
      faults.push(at(file, path, `fact ${name} is not in dialogs/facts.yaml`));
  }
  if (!teams.has(files.shared.value.defaultTeam)) {
    faults.push(
      at(
        files.shared,
        ["defaultTeam"],
        `team ${files.shared.value.defaultTeam} is not in dialogs/teams.yaml`,
      ),
    );
  }
  return faults;
}

function at(
  file:
    | ContentFiles["shared"]
    | ContentFiles["journey"]
    | ContentFiles["intents"][number]
    | ContentFiles["dialogs"][number],
  path: readonly PropertyKey[],
  message: string,
): Fault {
  return { file: file.file, line: file.lineOf(path), message };
}

function twice(files: ContentFiles["intents"] | ContentFiles["dialogs"], what: string): Fault[] {
  const first = new Map<string, string>();
  return files.flatMap((file) => {
    const { id } = file.value;
    const other = first.get(id);
    if (other === undefined) first.set(id, file.file);
    return other === undefined
      ? []
      : [at(file, ["id"], `${what} ${id} stands in ${other} already: give one of them another id`)];
  });
}

function stepFaults(dialog: ContentFiles["dialogs"][number], teams: ReadonlySet<string>): Fault[] {
  if (dialog.value.type !== "flow") return [];
  const { steps } = dialog.value;
  const ids = new Set(steps.map(({ id }) => id));
  const slots = new Set(steps.flatMap((step) => (step.type === "ask" ? [step.slot] : [])));
  return steps.flatMap((step, index) => {
    const faults: Fault[] = [];
    const missing = (field: string, target: string) => {
      faults.push(at(dialog, ["steps", index, field], `step ${target} is not in this flow`));
    };
    if ("next" in step && step.next !== undefined && !ids.has(step.next)) missing("next", step.next);
    if (step.type === "call" && step.failed !== undefined && !ids.has(step.failed))
      missing("failed", step.failed);
    if (step.type === "call") {
      for (const slot of step.with)
        if (!slots.has(slot))
          faults.push(at(dialog, ["steps", index, "with"], `no step of this flow asks for ${slot}`));
    }
    if (step.type === "handOff" && step.team !== undefined && !teams.has(step.team)) {
      faults.push(at(dialog, ["steps", index, "team"], `team ${step.team} is not in dialogs/teams.yaml`));
    }
    return faults;
  });
}
