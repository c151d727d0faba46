import { concentration, type FourCounts } from "../statistics/concentration.ts";
import { holm } from "../statistics/holm.ts";
import type { Figures } from "./figures.ts";
import type { FoundShifts, Part, Shift } from "./find-shifts.ts";
import type { Finding } from "./report.ts";

/** Fewer concerns of the finding at a place in both periods are not looked at by themselves. */
const fewest = 20;

interface Row extends Part {
  readonly value: string;
  readonly n: number;
}

type Dimension = readonly [name: string, now: readonly Row[], before: readonly Row[]];

type Places = Pick<Figures, "devices" | "channels" | "languages" | "fates">;

function dimensionsOf({ devices, channels, languages, fates }: Places): Dimension[] {
  const by = <Sum extends Part & { readonly n: number }>(rows: readonly Sum[], value: (row: Sum) => string) =>
    rows.map((row) => ({ ...row, value: value(row) }));
  return [
    ["device", by(devices.now, ({ k2 }) => k2), by(devices.before, ({ k2 }) => k2)],
    ["channel", by(channels.now, ({ k1 }) => k1), by(channels.before, ({ k1 }) => k1)],
    ["language", by(languages.now, ({ k3 }) => k3), by(languages.before, ({ k3 }) => k3)],
    ["lifecycle", by(fates.now, ({ k2 }) => k2), by(fates.before, ({ k2 }) => k2)],
  ];
}

/**
 * Where a shift is stronger than elsewhere by more than chance: at each device, channel, language and lifecycle it is
 * compared with all other places together, all places of all dimensions controlled at `rate`. The strongest first.
 */
export function whereStrongest(
  shift: Shift,
  { parts, steady }: Pick<FoundShifts, "parts" | "steady">,
  figures: Places,
  rate: number,
): Finding["where"] {
  const keyOf = ({ kind, stage, intent }: Part) => `${kind}/${stage}/${intent}`;
  const own = new Set(shift.parts.flatMap((at) => parts[at] ?? []).map(keyOf));
  const rest = new Set(
    [...steady].flatMap((at) => (shift.parts.includes(at) ? [] : (parts[at] ?? []))).map(keyOf),
  );
  const rising = shift.judgement.judged.ratio.value > 1 ? 1 : -1;
  const tested = dimensionsOf(figures).flatMap(([dimension, now, before]) => {
    const sum = (rows: readonly Row[], of: ReadonlySet<string>, keep: (value: string) => boolean) =>
      rows.reduce((total, row) => total + (of.has(keyOf(row)) && keep(row.value) ? row.n : 0), 0);
    const counts = (keep: (value: string) => boolean): FourCounts => ({
      now: sum(now, own, keep),
      restNow: sum(now, rest, keep),
      before: sum(before, own, keep),
      restBefore: sum(before, rest, keep),
    });
    return [...new Set(now.map(({ value }) => value))].flatMap((value) => {
      const inside = counts((one) => one === value);
      const outside = counts((one) => one !== value);
      const enough = [inside, outside].every((one) => one.now + one.before >= fewest);
      return value !== "" && enough
        ? [{ dimension, value, ...concentration(inside, outside, shift.judgement.dispersion) }]
        : [];
    });
  });
  const named = holm(
    tested.map(({ p }) => p),
    rate,
  );
  return tested
    .filter(
      ({ excess, ratio }, at) =>
        named[at] === true && excess * rising > 0 && Math.log(ratio.value) * rising > 0,
    )
    .sort((a, b) => a.p - b.p)
    .map(({ dimension, value, ratio }) => ({ dimension, value, ratio }));
}
