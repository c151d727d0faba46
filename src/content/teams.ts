import type { z } from "zod";
import { holidaysOf } from "./holidays.ts";
import type { teamsFile } from "./teams-schema.ts";
import { weekOf, type WorkingHours } from "./working-hours.ts";

export interface Team {
  readonly id: string;
  readonly name: string;
  /** How long a customer waits at most for the first human answer, in minutes of the team's working time. */
  readonly answersWithinMinutes: number;
  readonly hours: WorkingHours;
  readonly skills: readonly string[];
}

/** The teams of dialogs/teams.yaml, each with its hours and days off laid out. */
export function teamsOf({ timeZone, hours, holidays, teams }: z.output<typeof teamsFile>): Team[] {
  const { country, extra, removed } = holidays;
  const known = country === undefined ? [] : holidaysOf(country);
  const off = new Set([...known, ...extra.map(({ date }) => date)]);
  for (const date of removed) off.delete(date);
  const none: ReadonlySet<string> = new Set();
  return teams.map(({ id, name, answersWithinMinutes, hours: own, worksOnHolidays, skills }) => ({
    id,
    name,
    answersWithinMinutes,
    hours: { timeZone, week: weekOf(own ?? hours), daysOff: worksOnHolidays ? none : off },
    skills,
  }));
}
