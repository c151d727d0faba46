import { dispersions, type Dispersion } from "./dispersion.ts";
import { driftOf } from "./drift.ts";
import { holm } from "./holm.ts";
import { isEnough, judgeShift, type JudgedShift } from "./judge-shift.ts";
import { shareShift, type DayFrame } from "./share-shift.ts";

/**
 * A sum of parts (by their places) whose shift against the rest is judged. `alone`: disjoint from all others of that
 * role, they say together how much is usual. `sum`: of some of them. `aside`: judged to explain what was found, no
 * comparison of its own; never moved.
 */
export interface Group {
  readonly parts: readonly number[];
  readonly role: "alone" | "sum" | "aside";
}

/** What is compared in one report. Counts stand day by day, as the frame has the days. */
export interface Comparisons {
  readonly frame: DayFrame;
  /** Disjoint parts of all that is counted. */
  readonly parts: readonly (readonly number[])[];
  readonly groups: readonly Group[];
  /** Shares of their own denominator: rates. */
  readonly shares: readonly { readonly counts: readonly number[]; readonly rest: readonly number[] }[];
  /** At most this often a report without a shift names one. */
  readonly falseAlarmRate: number;
}

export interface Judgement {
  readonly judged: JudgedShift;
  readonly dispersion: Dispersion;
  readonly moved: boolean;
}

export interface Judgements {
  /** As the groups; null where there is too little to compare. */
  readonly groups: readonly (Judgement | null)[];
  readonly shares: readonly (Judgement | null)[];
  /** Tests made. */
  readonly comparisons: number;
  /** Places of the parts that others are held against: those that did not move. */
  readonly steady: ReadonlySet<number>;
}

/** The rest keeps at least this part of all that is counted, however much moved. */
const leastSteady = 1 / 3;

function sumOf(parts: readonly (readonly number[])[], days: number): number[] {
  const sums = new Array<number>(days).fill(0);
  for (const part of parts) for (const [day, n] of part.entries()) sums[day] = (sums[day] ?? 0) + n;
  return sums;
}

/**
 * Which groups moved against the rest of the traffic, and which shares moved, by more than chance, all tests controlled
 * together (holm.ts). One thing that doubles makes the share of everything else fall: so what moved most is taken out
 * of the rest, and all is judged anew, until nothing else is found. Without a shift the rest is simply everything else.
 */
export function judgeShifts(comparisons: Comparisons): Judgements {
  const { parts, groups } = comparisons;
  const weight = parts.map((part) => part.reduce((sum, n) => sum + n, 0));
  const least = leastSteady * weight.reduce((sum, n) => sum + n, 0);
  const steady = new Set(parts.keys());
  const taken = new Set<number>();
  for (;;) {
    const found = judgeAgainst(comparisons, steady);
    const [next] = found.groups
      .flatMap((judgement, group) =>
        judgement?.moved === true && !taken.has(group) ? [{ group, p: judgement.judged.p }] : [],
      )
      .sort((x, y) => x.p - y.p);
    if (next === undefined) return found;
    taken.add(next.group);
    const left = [...steady].filter((part) => groups[next.group]?.parts.includes(part) !== true);
    if (left.reduce((sum, part) => sum + (weight[part] ?? 0), 0) < least) return found;
    for (const part of groups[next.group]?.parts ?? []) steady.delete(part);
  }
}

function judgeAgainst(
  { frame, parts, groups, shares, falseAlarmRate }: Comparisons,
  steady: ReadonlySet<number>,
): Judgements {
  const days = frame.now.length;
  const added = (places: Iterable<number>) =>
    sumOf(
      [...places].map((place) => parts[place] ?? []),
      days,
    );
  const rest = added(steady);
  const shifts = [
    ...groups.map((group) => {
      const within = added(group.parts.filter((place) => steady.has(place)));
      return shareShift(
        frame,
        added(group.parts),
        rest.map((n, day) => n - (within[day] ?? 0)),
      );
    }),
    ...shares.map((share) => shareShift(frame, share.counts, share.rest)),
  ];
  const told = dispersions(shifts);
  // What was found already says nothing of what is usual.
  const driftAmong = (role: Group["role"]) =>
    driftOf(
      shifts.flatMap((shift, at) =>
        groups[at]?.role === role && groups[at].parts.every((part) => steady.has(part)) && isEnough(shift)
          ? [{ logRatio: shift.logRatio, variance: (told[at]?.phi ?? 1) * shift.variance }]
          : [],
      ),
    );
  const ofParts = driftAmong("alone") ?? 0;
  const ofSums = Math.min(driftAmong("sum") ?? ofParts, ofParts);
  const judgements = shifts.map((shift, at): Judgement | null => {
    const dispersion = told[at];
    return dispersion !== undefined && isEnough(shift)
      ? {
          judged: judgeShift(shift, dispersion, groups[at]?.role === "alone" ? ofParts : ofSums),
          dispersion,
          moved: false,
        }
      : null;
  });
  const tested = judgements.flatMap((judgement, at) =>
    judgement === null || groups[at]?.role === "aside" ? [] : [{ judgement, at }],
  );
  const named = holm(
    tested.map(({ judgement }) => judgement.judged.p),
    falseAlarmRate,
  );
  const moved = new Set(tested.flatMap(({ at }, i) => (named[i] === true ? [at] : [])));
  const all = judgements.map((judgement, at) =>
    judgement === null ? null : { ...judgement, moved: moved.has(at) },
  );
  return {
    groups: all.slice(0, groups.length),
    shares: all.slice(groups.length),
    comparisons: tested.length,
    steady: new Set(steady),
  };
}
