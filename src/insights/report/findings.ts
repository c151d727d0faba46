import type { Content, Kind } from "../../content/content.ts";
import type { InsightStore } from "../../store/sql/insight-store.ts";
import { exampleOf } from "./examples.ts";
import type { Figures } from "./figures.ts";
import type { FoundShifts, Part, Shift } from "./find-shifts.ts";
import type { Example, Finding } from "./report.ts";
import { movedBy, placeWords, subjectOf } from "./sentence.ts";
import { whereStrongest } from "./where.ts";

/** Examples that stand for one finding. */
const examplesShown = 5;

export interface FindingsGiven {
  readonly found: FoundShifts;
  readonly figures: Figures;
  readonly content: Pick<Content, "stages" | "intents">;
  readonly store: Pick<InsightStore, "concerns">;
  /** Of this period, epoch ms: from inclusive, to exclusive. */
  readonly fromAt: number;
  readonly toAt: number;
  readonly teamOf: (part: Pick<Part, "kind" | "stage">) => string | null;
  readonly falseAlarmRate: number;
}

/** The shifts as people read them: a sentence, where it is strongest, whom it concerns, what customers wrote. */
export async function findingsOf(given: FindingsGiven): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const shift of given.found.shifts) findings.push(await findingOf(shift, given));
  return findings;
}

async function findingOf(shift: Shift, given: FindingsGiven): Promise<Finding> {
  const { found, figures, content, teamOf } = given;
  const { ratio, p } = shift.judgement.judged;
  const direction = ratio.value > 1 ? "rose" : "fell";
  const own = new Set(shift.parts.flatMap((at) => found.parts[at] ?? []).map(keyOf));
  const sum = (rows: readonly (Part & { readonly n: number })[]) =>
    rows.reduce((total, row) => total + (own.has(keyOf(row)) ? row.n : 0), 0);
  const [count, before] = [sum(figures.channels.now), sum(figures.channels.before)];
  const where = whereStrongest(shift, found, figures, given.falseAlarmRate);
  const titleOf = (intent: string) => content.intents.get(intent)?.title.en ?? intent;
  const subject = subjectOf(
    shift.kind,
    content.stages.get(shift.stage)?.title ?? shift.stage,
    shift.intent === null ? null : titleOf(shift.intent),
  );
  const [strongest] = where;
  const place = strongest === undefined ? "" : `, most ${placeWords(strongest.dimension, strongest.value)}`;
  return {
    sentence:
      before === 0
        ? `${subject}: new, ${String(count)} where the period before had none${place}.`
        : `${subject} ${movedBy(ratio, direction)} against the rest of the traffic${place}.`,
    direction,
    about: { kind: kindOf(shift.kind), stage: shift.stage, intent: shift.intent },
    ratio,
    p,
    before,
    count,
    where,
    team: teamOf(shift),
    intents: shift.intents.map(({ intent, judgement }) => ({
      intent,
      title: titleOf(intent),
      ratio: judgement.judged.ratio,
    })),
    examples: await examplesOf(shift, strongest, given),
  };
}

function keyOf({ kind, stage, intent }: Part): string {
  return `${kind}/${stage}/${intent}`;
}

export const kinds: readonly Kind[] = ["problem", "task", "question", "other"];

/** What the log calls the kind; "other" for what this version does not know. */
export function kindOf(text: string): Kind {
  return kinds.find((kind) => kind === text) ?? "other";
}

async function examplesOf(
  shift: Shift,
  strongest: Finding["where"][number] | undefined,
  { store, fromAt, toAt }: FindingsGiven,
): Promise<Example[]> {
  const found = await store.concerns({
    fromAt,
    toAt,
    limit: examplesShown,
    ...(shift.intent === null
      ? { kind: shift.kind, stage: shift.stage === "" ? null : shift.stage }
      : { intent: shift.intent }),
    ...(strongest?.dimension === "device" ? { device: strongest.value } : {}),
    ...(strongest?.dimension === "channel" ? { channel: strongest.value } : {}),
  });
  return found.map(exampleOf);
}
