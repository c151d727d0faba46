import { z } from "zod";
import { holidayCountries } from "./holidays.ts";
import { lifecycles } from "./ownership.ts";
import { dayNames, daysIn, type DayName } from "./working-hours.ts";

/* Who answers, when, and where: dialogs/teams.yaml and intents/journey.yaml. Descriptions are what an editor shows. */

const id = z
  .string()
  .regex(
    /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/u,
    "use small letters, digits, dots and hyphens, as in customer-care",
  );
const text = z.string().trim().min(1, "must not be empty").max(4_000);
const minutes = z.int().min(1).max(10_080);

const timeOfDay = (last: RegExp) =>
  z
    .string()
    .regex(last, 'write hours and minutes between quotes, as in "09:00"')
    .transform((written) => Number(written.slice(0, 2)) * 60 + Number(written.slice(3)));
const days = z.union([
  z
    .string()
    .refine(
      (written) => daysIn(written) !== undefined,
      `write a day or a stretch of days, as in mon or mon-sat`,
    )
    .transform((written): readonly DayName[] => daysIn(written) ?? []),
  z.array(z.enum(dayNames)).min(1),
]);
const hours = z
  .array(
    z
      .strictObject({
        days: days.describe("mon, mon-sat, or a list: [mon, wed, fri]."),
        from: timeOfDay(/^(?:[01]\d|2[0-3]):[0-5]\d$/u).describe('Beginning, as in "09:00".'),
        to: timeOfDay(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/u).describe(
          'End, as in "18:00"; "24:00" is midnight. Earlier than from: it ends the next day.',
        ),
      })
      .refine(({ from, to }) => from !== to, "from and to are the same: nobody would work"),
  )
  .min(1)
  .describe("Working hours. Two lines for the same days are a split shift.");

const date = z.iso.date("write a date of the calendar, as in 2026-11-30");

export const teamsFile = z.strictObject({
  timeZone: z
    .string()
    .refine(isTimeZone, "is not a time zone that is known: write its IANA name, as in Asia/Manila")
    .describe("Time zone of all hours and of every promise."),
  hours: hours.describe("Hours of every team that has none of its own."),
  holidays: z
    .strictObject({
      country: z.enum(holidayCountries).optional().describe("Whose public holidays are days off."),
      extra: z
        .array(z.strictObject({ date, name: text }))
        .default([])
        .describe("Days off besides: proclaimed holidays, outings, stock-taking."),
      removed: z.array(date).default([]).describe("Public holidays on which the teams do work."),
    })
    .default({ extra: [], removed: [] }),
  teams: z
    .array(
      z.strictObject({
        id,
        name: text.describe("As customers read it, in {team}."),
        answersWithinMinutes: minutes.describe(
          "The promise given to the customer, in minutes of the team's working time: said as {when}.",
        ),
        hours: hours.optional(),
        worksOnHolidays: z.boolean().default(false).describe("true: holidays are days like any other."),
        skills: z.array(id).default([]).describe("What the team knows, for people who assign cases."),
      }),
    )
    .min(1),
});

export const journeyFile = z.strictObject({
  stages: z
    .array(
      z.strictObject({
        id: id.describe("Name of the stage's folder below intents/."),
        title: text,
        owner: id.describe("Team of dialogs/teams.yaml that answers for this stage."),
      }),
    )
    .min(1),
  touchpoints: z
    .array(
      z.strictObject({
        stage: id.describe("A stage of the list above."),
        lifecycle: z.enum(lifecycles).optional().describe("Only for customers who are so far."),
        channel: id.optional().describe("Only on this channel, as in webchat."),
        owner: id.describe("Team that answers here instead of the stage's owner."),
        answersWithinMinutes: minutes
          .optional()
          .describe("The promise made here, in minutes of working time; without it the team's own."),
      }),
    )
    .default([])
    .describe(
      "Where another team answers than the stage's owner, or with another promise. The closest one counts.",
    ),
});

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
