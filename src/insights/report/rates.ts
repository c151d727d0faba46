import type { CaseFacts } from "../../store/sql/insight-store.ts";
import type { Judgement } from "../statistics/judge-shifts.ts";
import { differenceOfShares, wilson } from "../statistics/shares.ts";
import type { Figures } from "./figures.ts";
import { isMatter } from "./matter.ts";
import type { RateLine } from "./report.ts";

/** A rate with its numerator and denominator by day. */
export interface DailyRate extends Pick<
  RateLine,
  "id" | "title" | "definition" | "denominator" | "exclusions"
> {
  readonly counts: readonly number[];
  readonly of: readonly number[];
}

interface Given {
  readonly figures: Pick<Figures, "fatesByDay" | "followUpsByDay" | "turnsByDay">;
  readonly cases: readonly CaseFacts[];
  /** Days of both periods, in order. */
  readonly days: readonly string[];
  readonly dayOf: (at: number) => string;
  /** Whether so many whole days have passed since this day, all of them counted. */
  readonly isPast: (day: string, days: number) => boolean;
}

/** The rates of a report, each with what it is a rate of. */
export function dailyRates({ figures, cases, days, dayOf, isPast }: Given): DailyRate[] {
  const place = new Map(days.map((day, i) => [day, i]));
  const byDay = <Row>(rows: readonly Row[], day: (row: Row) => string, n: (row: Row) => number) => {
    const sums = days.map(() => 0);
    for (const row of rows) {
      const at = place.get(day(row));
      if (at !== undefined) sums[at] = (sums[at] ?? 0) + n(row);
    }
    return sums;
  };
  type Fate = Figures["fatesByDay"][number];
  const concerns = (keep: (row: Fate) => boolean) =>
    byDay(
      figures.fatesByDay.filter((row) => isMatter(row) && keep(row)),
      ({ day }) => day,
      ({ n }) => n,
    );
  const turns = (outcomes: readonly string[]) =>
    byDay(
      figures.turnsByDay.filter(({ k1 }) => outcomes.includes(k1)),
      ({ day }) => day,
      ({ n }) => n,
    );
  // Looked up once for each case, not once for each rate.
  const opened = cases.map((one) => ({ one, day: dayOf(one.opened_at) }));
  const casesWhere = (keep: (one: CaseFacts) => boolean) =>
    byDay(
      opened.filter(({ one }) => keep(one)),
      ({ day }) => day,
      () => 1,
    );
  const all = concerns(() => true);
  const allConcerns = {
    denominator:
      "Concerns opened in the period but for greetings and thanks. A concern is one matter (intent) of one visit.",
    of: all,
  };
  const heard = turns(["answered", "clarified", "fellBack", "handedOff"]);
  const settled = ({ first_replied_at, broken }: CaseFacts) => first_replied_at !== null || broken > 0;
  const ended = ({ status }: CaseFacts) => status === "closed" || status === "returned";
  return [
    {
      id: "containment",
      title: "Contained by the bot",
      definition:
        "Never handed to a person, and the last thing the bot said about it was an answer. Silence afterwards is not proof that the customer was helped.",
      ...allConcerns,
      exclusions: "Messages about nothing that is known belong to no concern.",
      counts: concerns(({ k1 }) => k1 === "contained"),
    },
    {
      id: "handoff",
      title: "Handed to a person",
      definition: "Handed over at least once, for whatever reason.",
      ...allConcerns,
      exclusions:
        "A customer who asks for a person before any matter is known opens a case without a concern.",
      counts: concerns(({ k1 }) => k1 === "handedOff"),
    },
    {
      id: "not-solved",
      title: "Neither answered nor handed over",
      definition: "Ended with a question of the bot or words that it did not understand.",
      ...allConcerns,
      exclusions: "None.",
      counts: concerns(({ k1 }) => k1 === "notSolved"),
    },
    ...[1, 7, 30].map((within) => ({
      id: `repeat-${String(within)}`,
      title: `Back about the same within ${within === 1 ? "a day" : `${String(within)} days`}`,
      definition: `The same customer opened the same matter again in a later visit, at most ${String(within * 24)} hours later.`,
      denominator: `Concerns but for greetings and thanks, opened at least ${within === 1 ? "a day" : `${String(within)} days`} ago: for younger ones it is not known yet.`,
      exclusions:
        "A customer who comes back on another channel is known again only where both name the same contact.",
      counts: concerns(({ day, k3 }) => k3 !== "" && Number(k3) <= within && isPast(day, within)),
      of: concerns(({ day }) => isPast(day, within)),
    })),
    {
      id: "follow-up",
      title: "Follow-ups",
      definition: "Concerns in which the customer asked for news of an earlier visit's matter.",
      ...allConcerns,
      exclusions: "None.",
      counts: byDay(
        figures.followUpsByDay.filter(isMatter),
        ({ day }) => day,
        ({ n }) => n,
      ),
    },
    {
      id: "not-understood",
      title: "Messages not understood",
      definition: "The bot said that it had not understood, or offered a person because of it.",
      denominator: "Customers' turns to which the bot said something. A burst of messages is one turn.",
      exclusions: "Turns while a person has the conversation: the bot does not read along.",
      counts: turns(["fellBack"]),
      of: heard,
    },
    {
      id: "asked-back",
      title: "Asked what was meant",
      definition: "The bot was not sure and offered meanings to choose from.",
      denominator: "Customers' turns to which the bot said something. A burst of messages is one turn.",
      exclusions: "Turns while a person has the conversation.",
      counts: turns(["clarified"]),
      of: heard,
    },
    {
      id: "promise-kept",
      title: "Promises kept",
      definition:
        "No promised time passed without the words of a person, as the customer was told it, in working time.",
      denominator: "Cases opened in the period that a person answered, or whose promise was broken.",
      exclusions:
        "Cases that still wait within their promise, and those that ended before it without an answer.",
      counts: casesWhere((one) => settled(one) && one.broken === 0),
      of: casesWhere(settled),
    },
    {
      id: "case-unanswered",
      title: "Cases that ended without a person's words",
      definition: "Closed or given back to the bot, and nobody had written to the customer.",
      denominator: "Cases opened in the period that have ended.",
      exclusions: "Cases still open.",
      counts: casesWhere((one) => ended(one) && one.first_replied_at === null),
      of: casesWhere(ended),
    },
  ];
}

/** A rate of both periods with its intervals, and whether it moved beyond chance. */
export function rateLine(
  { counts, of, ...said }: DailyRate,
  isNow: readonly boolean[],
  judgement: Judgement | null,
): RateLine {
  const sum = (values: readonly number[], now: boolean) =>
    values.reduce((total, n, day) => total + (isNow[day] === now ? n : 0), 0);
  const now = wilson(sum(counts, true), sum(of, true));
  const before = wilson(sum(counts, false), sum(of, false));
  return {
    ...said,
    count: sum(counts, true),
    of: sum(of, true),
    now,
    before,
    difference: now === null || before === null ? null : differenceOfShares(now, before),
    change:
      judgement === null
        ? "tooFew"
        : !judgement.moved
          ? "withinNoise"
          : judgement.judged.ratio.value > 1
            ? "rose"
            : "fell",
  };
}
