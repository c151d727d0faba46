import type { Intent } from "../../content/content.ts";
import type { Placement } from "./traffic-mix.ts";

/** A change that the made-up traffic holds on purpose, from the beginning of its last month. */
export interface PlantedShift {
  readonly stage: string;
  readonly kind: Intent["kind"];
  /** Only this one of the cell. */
  readonly intent?: string;
  /** Only there; everywhere where absent. */
  readonly device?: "mobile" | "desktop";
  /** Times as much as before. */
  readonly factor: number;
}

/**
 * What happened in the last month, as the shop would tell it: the sign-up page was changed and suits phones badly; a new
 * courier has rude riders.
 */
export const plantedShifts: readonly PlantedShift[] = [
  { stage: "account-creation", kind: "question", device: "mobile", factor: 2.6 },
  { stage: "delivery", kind: "problem", intent: "delivery.courier-complaint", factor: 2.8 },
];

/** How much more, or less, of this intent is asked there in the last month. */
export function shiftFactor(
  shifts: readonly PlantedShift[],
  { id, stage, kind }: Pick<Intent, "id" | "stage" | "kind">,
  { device }: Placement,
): number {
  return shifts
    .filter(
      (shift) =>
        shift.stage === stage &&
        shift.kind === kind &&
        (shift.intent === undefined || shift.intent === id) &&
        (shift.device === undefined || shift.device === device),
    )
    .reduce((product, { factor }) => product * factor, 1);
}
