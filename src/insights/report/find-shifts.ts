import type { Content } from "../../content/content.ts";
import { judgeShifts, type Group, type Judgement, type Judgements } from "../statistics/judge-shifts.ts";
import { totalShift } from "../statistics/total-shift.ts";
import { calendarOf, dayClass } from "./calendar.ts";
import type { Change } from "./report.ts";

/** Concerns of one day about one intent, filed under one kind and stage. */
export interface CountedDay {
  readonly day: string;
  readonly kind: string;
  readonly stage: string;
  readonly intent: string;
  readonly n: number;
}

export interface ShiftQuestion {
  /** Days of the period before and of this one, in order. */
  readonly before: readonly string[];
  readonly now: readonly string[];
  readonly concerns: readonly CountedDay[];
  /** Numerators and denominators of rates by day, judged along with the rest. */
  readonly rates: readonly { readonly counts: readonly number[]; readonly of: readonly number[] }[];
  readonly content: Pick<Content, "teams">;
  readonly falseAlarmRate: number;
}

/** What is filed under one kind, stage and intent. */
export type Part = Pick<CountedDay, "kind" | "stage" | "intent">;

/** A shift beyond chance: of a whole cell of the matrix (`intent` null), or of an intent. */
export interface Shift {
  readonly parts: readonly number[];
  readonly kind: string;
  readonly stage: string;
  readonly intent: string | null;
  readonly judgement: Judgement;
  /** Intents of the cell that moved the same way by themselves. */
  readonly intents: readonly { readonly intent: string; readonly judgement: Judgement }[];
}

export interface FoundShifts {
  readonly parts: readonly Part[];
  readonly steady: ReadonlySet<number>;
  readonly comparisons: number;
  readonly shifts: readonly Shift[];
  readonly ofCell: (kind: string, stage: string) => Judgement | null;
  readonly ofIntent: (intent: string) => Judgement | null;
  readonly ofRates: readonly (Judgement | null)[];
  readonly total: ReturnType<typeof totalShift>;
}

interface Named {
  readonly kind: string;
  readonly stage: string;
  readonly intent: string | null;
}

type Direction = 1 | -1;
const directionOf = ({ judged }: Judgement): Direction => (judged.ratio.value > 1 ? 1 : -1);

/**
 * Finds what moved by more than chance: cells of the matrix, intents and rates, judged together against the rest of the
 * traffic (statistics/judge-shifts.ts). A cell tells the story of its intents; where one intent alone moved and the
 * rest of its cell did not, the story is the intent's. Pure.
 */
export function findShifts(question: ShiftQuestion): FoundShifts {
  const days = [...question.before, ...question.now];
  const natureOf = calendarOf(question.content);
  const natures = days.map(natureOf);
  const isNow = days.map((_, at) => at >= question.before.length);
  const frame = { now: isNow, stratum: natures.map((nature) => dayClass(nature, "shares")) };
  const { parts, counts } = partsOf(question.concerns, days);
  const places = (keep: (part: Part) => boolean) => parts.flatMap((part, at) => (keep(part) ? [at] : []));

  const intents = [...new Set(parts.map(({ intent }) => intent))].map((intent) => ({
    intent,
    parts: places((part) => part.intent === intent),
  }));
  const cells = cellsOf(parts).map(({ kind, stage }) => ({
    kind,
    stage,
    parts: places((part) => part.kind === kind && part.stage === stage),
  }));
  // A cell with one part says what its intent says, once.
  const whole = cells.filter((cell) => cell.parts.length > 1);
  const without = whole.flatMap((cell) =>
    cell.parts.map((left) => ({ cell, left, parts: cell.parts.filter((part) => part !== left) })),
  );
  const groups: Group[] = [
    ...intents.map((group): Group => ({ parts: group.parts, role: "alone" })),
    ...whole.map((group): Group => ({ parts: group.parts, role: "sum" })),
    ...without.map((group): Group => ({ parts: group.parts, role: "aside" })),
  ];
  const judgements = judgeShifts({
    frame,
    parts: counts,
    groups,
    shares: question.rates.map((rate) => ({
      counts: rate.counts,
      rest: rate.of.map((n, day) => n - (rate.counts[day] ?? 0)),
    })),
    falseAlarmRate: question.falseAlarmRate,
  });
  const intentJudgement = new Map(intents.map(({ intent }, at) => [intent, judgements.groups[at] ?? null]));
  const cellJudgement = new Map(
    whole.map((cell, at) => [keyOf(cell), judgements.groups[intents.length + at] ?? null]),
  );
  const remainder = (cell: (typeof whole)[number], intent: string) => {
    const at = without.findIndex((group) => group.cell === cell && parts[group.left]?.intent === intent);
    return judgements.groups[intents.length + whole.length + at] ?? null;
  };
  const movedIntents = intents.flatMap(({ intent, parts: own }) => {
    const judgement = intentJudgement.get(intent) ?? null;
    return judgement?.moved === true ? [{ intent, parts: own, judgement }] : [];
  });

  const shifts: Shift[] = [];
  const told = new Set<string>();
  for (const cell of whole) {
    const judgement = cellJudgement.get(keyOf(cell)) ?? null;
    if (judgement?.moved !== true) continue;
    const same = movedIntents.filter(
      (moved) =>
        moved.parts.every((part) => cell.parts.includes(part)) &&
        directionOf(moved.judgement) === directionOf(judgement),
    );
    const [only, ...more] = same;
    if (only !== undefined && more.length === 0 && !movedToo(remainder(cell, only.intent), judgement))
      continue;
    for (const { intent } of same) told.add(intent);
    shifts.push({ ...cell, intent: null, judgement, intents: same });
  }
  for (const { intent, parts: own, judgement } of movedIntents) {
    const main = mainPart(own, counts, parts);
    if (!told.has(intent) && main !== undefined)
      shifts.push({ ...main, intent, parts: own, judgement, intents: [] });
  }

  return {
    parts,
    steady: judgements.steady,
    comparisons: judgements.comparisons,
    shifts: shifts.sort((a, b) => a.judgement.judged.p - b.judgement.judged.p),
    ofCell: (kind, stage) => {
      const found = cells.find((cell) => cell.kind === kind && cell.stage === stage);
      const [only, ...more] = found?.parts ?? [];
      const single = only === undefined || more.length > 0 ? undefined : parts[only]?.intent;
      return single === undefined
        ? (cellJudgement.get(keyOf({ kind, stage })) ?? null)
        : (intentJudgement.get(single) ?? null);
    },
    ofIntent: (intent) => intentJudgement.get(intent) ?? null,
    ofRates: judgements.shares,
    total: totalShift(
      { now: isNow, stratum: natures.map((nature) => dayClass(nature, "traffic")) },
      days.map((_, day) => counts.reduce((sum, part) => sum + (part[day] ?? 0), 0)),
    ),
  };
}

/** Without the control for many comparisons: asked only where something was found already. */
function movedToo(remainder: Judgements["groups"][number], like: Judgement): boolean {
  return remainder !== null && remainder.judged.p < 0.05 && directionOf(remainder) === directionOf(like);
}

function keyOf({ kind, stage }: Pick<Named, "kind" | "stage">): string {
  return `${kind}/${stage}`;
}

function cellsOf(parts: readonly Part[]): Pick<Named, "kind" | "stage">[] {
  return [...new Map(parts.map((part) => [keyOf(part), part])).values()];
}

function partsOf(
  concerns: readonly CountedDay[],
  days: readonly string[],
): { parts: Part[]; counts: number[][] } {
  const place = new Map(days.map((day, at) => [day, at]));
  const parts: Part[] = [];
  const counts: number[][] = [];
  const known = new Map<string, number[]>();
  for (const { day, kind, stage, intent, n } of concerns) {
    const at = place.get(day);
    if (at === undefined) continue;
    const key = `${keyOf({ kind, stage })}/${intent}`;
    let own = known.get(key);
    if (own === undefined) {
      own = days.map(() => 0);
      known.set(key, own);
      parts.push({ kind, stage, intent });
      counts.push(own);
    }
    own[at] = (own[at] ?? 0) + n;
  }
  return { parts, counts };
}

/** Where an intent is mostly filed: its content may have been moved within the two periods. */
function mainPart(
  own: readonly number[],
  counts: readonly (readonly number[])[],
  parts: readonly Part[],
): Part | undefined {
  const size = (part: number) => (counts[part] ?? []).reduce((sum, n) => sum + n, 0);
  const [largest] = own.toSorted((a, b) => size(b) - size(a));
  return largest === undefined ? undefined : parts[largest];
}

/** How a report shows a judgement. */
export function changeOf(judgement: Judgement | null, before: number): Change {
  if (judgement === null) return { verdict: "tooFew", ratio: null, p: null };
  const { judged, moved } = judgement;
  return {
    verdict: !moved ? "withinNoise" : directionOf(judgement) === 1 ? "rose" : "fell",
    ratio: before === 0 ? null : judged.ratio,
    p: judged.p,
  };
}
