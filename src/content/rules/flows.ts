import type { CallStep } from "../content.ts";
import type { ContentFiles } from "../content-files.ts";
import { didYouMean } from "../did-you-mean.ts";
import type { Fault } from "../fault.ts";
import { filledBy, jumpsOf } from "../flow-ways.ts";
import { faultAt, twice } from "./fault-at.ts";

type DialogFile = ContentFiles["dialogs"][number];

/** Every flow goes on to steps that are there, calls what the business can do, and shows nobody another's data. */
export function flowFaults(files: ContentFiles): Fault[] {
  return [...twice(files.dialogs, "dialog"), ...files.dialogs.flatMap((dialog) => stepFaults(dialog, files))];
}

function stepFaults(dialog: DialogFile, files: ContentFiles): Fault[] {
  if (dialog.value.type !== "flow") return [];
  const { steps } = dialog.value;
  const teams = new Set(files.teams.value.teams.map(({ id }) => id));
  const ids = new Set<string>();
  const faults: Fault[] = [];
  for (const [index, { id }] of steps.entries()) {
    if (ids.has(id)) {
      faults.push(
        faultAt(
          dialog,
          ["steps", index, "id"],
          "id.twice",
          `step ${id} stands above already`,
          "give one of them another id",
        ),
      );
    }
    ids.add(id);
  }
  const gives = (action: string) => files.actions?.value.actions[action]?.gives ?? [];
  const slots = new Set(steps.flatMap((step) => filledBy(step, gives)));
  for (const [index, step] of steps.entries()) {
    const path = ["steps", index];
    for (const jump of jumpsOf(step)) {
      if (ids.has(jump.to)) continue;
      faults.push(
        faultAt(
          dialog,
          [...path, ...jump.path],
          "name.unknown",
          `step ${jump.to} is not in this flow`,
          didYouMean(
            jump.to,
            ids,
            "name a step of this file, or leave the line out to go on with the step below",
          ),
        ),
      );
    }
    if (step.type === "call") faults.push(...callFaults(dialog, path, step, slots, files));
    if (step.type === "handOff" && step.team !== undefined && !teams.has(step.team)) {
      faults.push(
        faultAt(
          dialog,
          [...path, "team"],
          "name.unknown",
          `team ${step.team} is not in dialogs/teams.yaml`,
          didYouMean(step.team, teams, "name one of its teams"),
        ),
      );
    }
  }
  return faults;
}

function callFaults(
  dialog: DialogFile,
  path: readonly PropertyKey[],
  step: CallStep,
  slots: ReadonlySet<string>,
  { actions }: ContentFiles,
): Fault[] {
  const known = actions?.value.actions ?? {};
  const action = known[step.action];
  const faults = step.with
    .filter((slot) => !slots.has(slot))
    .map((slot) =>
      faultAt(
        dialog,
        [...path, "with"],
        "name.unknown",
        `no step of this flow asks for ${slot}`,
        didYouMean(slot, slots, "add a step of type ask with this slot before it"),
      ),
    );
  if (action === undefined) {
    return [
      ...faults,
      faultAt(
        dialog,
        [...path, "action"],
        "name.unknown",
        `action ${step.action} is not in dialogs/actions.yaml`,
        didYouMean(
          step.action,
          Object.keys(known),
          "let whoever connects it declare it there: what it takes and gives, and whether it is personal",
        ),
      ),
    ];
  }
  for (const slot of step.with) {
    if (!slots.has(slot) || action.takes.includes(slot)) continue;
    faults.push(
      faultAt(
        dialog,
        [...path, "with"],
        "name.unknown",
        `action ${step.action} takes no ${slot}`,
        didYouMean(slot, action.takes, `leave it out, or add it to takes in dialogs/actions.yaml`),
      ),
    );
  }
  if (action.personal !== "none" && step.needs !== "verified") {
    faults.push(
      faultAt(
        dialog,
        [...path, "needs"],
        "action.unproven",
        `action ${step.action} ${action.personal} personal data, and this step asks for no proof of who the customer is`,
        "write needs: verified",
      ),
    );
  }
  return faults;
}
