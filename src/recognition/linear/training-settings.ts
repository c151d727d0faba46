import type { OperatingPoint } from "./rejector.ts";

export interface TrainingSettings {
  /** Hidden units of each network, by how many rows there are: where training is short, another network is worth its time. */
  readonly hidden: {
    readonly few: readonly number[];
    readonly some: readonly number[];
    readonly many: readonly number[];
  };
  /** Passes over the rows; of the networks by how many rows there are. */
  readonly epochs: {
    readonly margins: number;
    readonly few: number;
    readonly some: number;
    readonly many: number;
  };
  readonly operatingPoint: OperatingPoint;
  readonly seed: number;
}

/** Chosen on the validation splits of CLINC150 and BANKING77; docs/recognition.md has the figures. */
export const defaultSettings: TrainingSettings = {
  hidden: { few: [128, 128, 128], some: [96, 96], many: [96, 96] },
  epochs: { margins: 7, few: 18, some: 12, many: 12 },
  operatingPoint: { kind: "joint" },
  seed: 1,
};
