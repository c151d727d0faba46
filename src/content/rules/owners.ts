import type { ContentFiles } from "../content-files.ts";
import { didYouMean } from "../did-you-mean.ts";
import type { Fault } from "../fault.ts";
import { faultAt } from "./fault-at.ts";

/** Every stage and touchpoint has a team that is there; so has what no stage owns. */
export function ownerFaults({ journey, teams, shared }: ContentFiles): Fault[] {
  const stages = new Set(journey.value.stages.map(({ id }) => id));
  const known = new Set(teams.value.teams.map(({ id }) => id));
  const unknownTeam = (file: typeof journey | typeof shared, path: readonly PropertyKey[], team: string) =>
    known.has(team)
      ? []
      : [
          faultAt(
            file,
            path,
            "name.unknown",
            `team ${team} is not in dialogs/teams.yaml`,
            didYouMean(team, known, "add the team there, or name one of its teams here"),
          ),
        ];
  return [
    ...journey.value.stages.flatMap(({ owner }, index) =>
      unknownTeam(journey, ["stages", index, "owner"], owner),
    ),
    ...journey.value.touchpoints.flatMap(({ stage, owner }, index) => [
      ...(stages.has(stage)
        ? []
        : [
            faultAt(
              journey,
              ["touchpoints", index, "stage"],
              "name.unknown",
              `stage ${stage} is not in the list of stages`,
              didYouMean(stage, stages, "add the stage above, or name one of them here"),
            ),
          ]),
      ...unknownTeam(journey, ["touchpoints", index, "owner"], owner),
    ]),
    ...unknownTeam(shared, ["defaultTeam"], shared.value.defaultTeam),
  ];
}
