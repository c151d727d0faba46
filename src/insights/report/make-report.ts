import { isoTime, type Clock } from "../../basics/time.ts";
import type { Content } from "../../content/content.ts";
import type { InsightStore } from "../../store/sql/insight-store.ts";
import { businessDays } from "../../turn/counting/business-day.ts";
import { calendarOf, daysFrom } from "./calendar.ts";
import { dayAmong } from "./day-among.ts";
import { readFigures, type Figures } from "./figures.ts";
import { findShifts, type FoundShifts } from "./find-shifts.ts";
import { findingsOf, kinds } from "./findings.ts";
import { cellsOf, intentLinesOf, newestLookedAt } from "./matrix.ts";
import { missesOf, mostMissesLookedAt } from "./misses.ts";
import { mixOf } from "./mix.ts";
import { lastMonth, periodsOf } from "./periods.ts";
import { overPromiseOf } from "./promises.ts";
import { dailyRates, rateLine } from "./rates.ts";
import type { Change, Report } from "./report.ts";
import { botTimes, peopleTimes } from "./response-times.ts";
import { movedBy } from "./sentence.ts";
import { teamPagesOf } from "./team-pages.ts";

/** A report without any shift names one in at most one of twenty months. */
export const falseAlarmRate = 0.05;

export interface ReportGiven {
  /** 2026-10; the last month that is over where it is not given. */
  readonly month?: string | undefined;
  readonly store: Pick<
    InsightStore,
    "sums" | "spread" | "concerns" | "missedTurns" | "casesBetween" | "uncounted"
  >;
  readonly content: Content;
  readonly clock: Clock;
  /** Set where the traffic is made up. */
  readonly demo?: { readonly seed: number; readonly to: string } | undefined;
}

/**
 * The report of a business month against the month before. Reads sums of the two months, their cases and the newest
 * misses; nothing in it grows with the log before them.
 * @throws KumustaError `request.malformed` for what is no month, or lies ahead
 */
export async function makeReport({ month, store, content, clock, demo }: ReportGiven): Promise<Report> {
  const now = clock.now();
  const days = businessDays(content.timeZone);
  const natureOf = calendarOf(content);
  const { period, before, running } = periodsOf(month ?? lastMonth(now, days), now, days, natureOf);
  const [earlier, current] = [daysFrom(before.from, before.to), daysFrom(period.from, period.to)];
  const all = [...earlier, ...current];
  const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
  const span = ({ from, to }: { readonly from: string; readonly to: string }) => ({
    fromAt: days.startOf(from),
    toAt: days.startOf(dayAfter(to)),
  });

  const dayEnds = new Map(all.map((day) => [day, days.startOf(dayAfter(day))]));

  const uncounted = await store.uncounted();
  // Made-up traffic ends with its last day: nobody can be back after that.
  const ended = demo === undefined ? now : days.startOf(dayAfter(demo.to));
  const seenUntil = Math.min(now, uncounted.oldestAt ?? now, ended);
  const figures = await readFigures(store, period, before);
  const cases = {
    now: await store.casesBetween(span(period)),
    before: await store.casesBetween(span(before)),
  };
  const missed = await store.missedTurns({ ...span(period), limit: mostMissesLookedAt });

  const rates = dailyRates({
    figures,
    cases: [...cases.before, ...cases.now],
    days: all,
    dayOf: dayAmong(all, days),
    isPast: (day, past) => (dayEnds.get(day) ?? Infinity) + past * 86_400_000 <= seenUntil,
  });
  const found = findShifts({
    before: earlier,
    now: current,
    concerns: figures.concernsByDay,
    rates,
    content,
    falseAlarmRate,
  });
  const newest = await store.concerns({ ...span(period), limit: newestLookedAt });
  const given = { figures, found, content, days: all, newest };
  const cells = cellsOf(given);
  const intents = intentLinesOf(given);
  const findings = await findingsOf({
    ...{ found, figures, content, store, falseAlarmRate },
    ...span(period),
    teamOf: ({ kind, stage }) =>
      cells.find((cell) => cell.kind === kind && cell.stage === stage)?.team ?? null,
  });
  const isNow = all.map((_, at) => at >= earlier.length);
  const missedTurns = figures.turnsByDay.filter(({ day, k1 }) => k1 === "fellBack" && day >= period.from);
  return {
    title: `${content.shared.name}: ${monthName(period.from)}`,
    period,
    before,
    timeZone: content.timeZone,
    madeAt: isoTime(now),
    countedThrough: isoTime(Math.min(span(period).toAt, seenUntil)),
    running,
    demo: demo === undefined ? null : { seed: demo.seed },
    falseAlarmRate,
    comparisons: found.comparisons,
    totals: totalsOf(figures, found, all, period.from, natureOf),
    kinds,
    stages: stagesOf(content, cells),
    cells,
    findings,
    intents,
    rates: rates.map((rate, at) => rateLine(rate, isNow, found.ofRates[at] ?? null)),
    responseTimes: [botTimes(figures.botWaits), peopleTimes(cases)],
    mix: {
      channels: mixOf(figures.channels, ({ k1 }) => k1),
      devices: mixOf(figures.devices, ({ k2 }) => k2),
      languages: mixOf(figures.languages, ({ k3 }) => k3),
      pages: mixOf(figures.pages, ({ k1 }) => k1),
      campaigns: mixOf(figures.campaigns, ({ k1 }) => k1),
      hours: mixOf(figures.hours, ({ k1 }) => k1).toSorted((a, b) => (a.value < b.value ? -1 : 1)),
      wishedChannels: mixOf(figures.wishes, ({ k1 }) => k1),
    },
    misses: missesOf(
      missed,
      missedTurns.reduce((sum, { n }) => sum + n, 0),
    ),
    withoutOwner: withoutOwner(figures),
    overPromise: overPromiseOf(cases.now),
    teams: teamPagesOf({ content, figures, cases, findings, intents }),
  };
}

function monthName(day: string): string {
  return new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    Date.parse(day),
  );
}

function totalsOf(
  { concernsByDay, turnsByDay }: Figures,
  { total }: FoundShifts,
  days: readonly string[],
  firstNow: string,
  natureOf: (day: string) => { readonly off: boolean },
): Report["totals"] {
  const sum = (rows: readonly { readonly day: string; readonly n: number }[], now: boolean) =>
    rows.reduce((all, { day, n }) => all + (day >= firstNow === now ? n : 0), 0);
  const perDay = new Map<string, number>();
  for (const { day, n } of concernsByDay) perDay.set(day, (perDay.get(day) ?? 0) + n);
  const change = totalChange(total);
  return {
    concerns: sum(concernsByDay, true),
    concernsBefore: sum(concernsByDay, false),
    customerTurns: sum(turnsByDay, true),
    customerTurnsBefore: sum(turnsByDay, false),
    change,
    sentence: totalSentence(change),
    daily: days.map((day) => ({ day, concerns: perDay.get(day) ?? 0, off: natureOf(day).off })),
  };
}

/** One test of its own, at the rate of all others together. */
function totalChange(total: FoundShifts["total"]): Change {
  if (total === null) return { verdict: "tooFew", ratio: null, p: null };
  const moved = total.ratio.value > 1 ? "rose" : "fell";
  return { ...total, verdict: total.p <= falseAlarmRate ? moved : "withinNoise" };
}

function totalSentence({ verdict, ratio }: Change): string {
  if (ratio === null) return "All concerns together: too few to compare.";
  if (verdict === "rose" || verdict === "fell")
    return `All concerns together ${movedBy(ratio, verdict)}, day for day.`;
  const percent = (value: number) =>
    `${value < 1 ? "−" : "+"}${String(Math.round(Math.abs(value - 1) * 100))} %`;
  return `All concerns together did not move beyond chance, day for day (${percent(ratio.low)} to ${percent(ratio.high)}).`;
}

/** Stages of the content, and those that the log still has, or has none for. */
function stagesOf(content: Pick<Content, "stages">, cells: Report["cells"]): Report["stages"] {
  const gone = [...new Set(cells.map(({ stage }) => stage))].filter((stage) => !content.stages.has(stage));
  return [
    ...[...content.stages.values()].map(({ id, title }) => ({ id, title })),
    ...gone.map((id) => ({ id, title: id === "" ? "No stage" : id })),
  ];
}

function withoutOwner({ owners }: Figures): Report["withoutOwner"] {
  const sums = new Map<string, { stage: string | null; channel: string; count: number }>();
  for (const { stage, k1, k2, n } of owners.now) {
    if (k1 !== "") continue;
    const key = JSON.stringify([stage, k2]);
    const known = sums.get(key) ?? { stage: stage === "" ? null : stage, channel: k2, count: 0 };
    sums.set(key, { ...known, count: known.count + n });
  }
  return [...sums.values()].sort((a, b) => b.count - a.count);
}
