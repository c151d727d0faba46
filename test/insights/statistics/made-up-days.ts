import { seededChance, type Chance } from "../../../src/recognition/linear/chance.ts";
import type { DayFrame } from "../../../src/insights/statistics/share-shift.ts";

// Taken once: in jest's sandbox each look at a global costs more than what it does.
const { sqrt, log, cos, exp, max, round, PI } = Math;

function normal(chance: Chance): number {
  return sqrt(-2 * log(1 - chance())) * cos(2 * PI * chance());
}

function poisson(chance: Chance, mean: number): number {
  // Beyond 50 the normal is as good for this purpose.
  if (mean > 50) return max(0, round(mean + sqrt(mean) * normal(chance)));
  const limit = exp(-mean);
  let [count, product] = [0, chance()];
  while (product > limit) {
    product *= chance();
    count += 1;
  }
  return count;
}

/** Of mean 1 and the coefficient of variation `cv` (Marsaglia and Tsang 2000). */
function gamma(chance: Chance, cv: number): number {
  if (cv === 0) return 1;
  const shape = 1 / cv ** 2;
  const d = shape - 1 / 3;
  const c = 1 / sqrt(9 * d);
  for (;;) {
    const x = normal(chance);
    const v = (1 + c * x) ** 3;
    if (v > 0 && log(1 - chance()) < 0.5 * x * x + d - d * v + d * log(v)) return (d * v) / shape;
  }
}

export interface Traffic {
  readonly seed: number;
  readonly perDay: number;
  readonly intents: number;
  /** Coefficients of variation: of an intent's day, of its slow drift (keeping 0.85 from day to day), of its month. */
  readonly day: number;
  readonly drift: number;
  readonly month: number;
  /** What the traffic of the second month grows by. */
  readonly growth?: number;
  /** This intent's traffic of the second month is multiplied. */
  readonly shift?: { readonly intent: number; readonly by: number };
}

const holidays: ReadonlySet<number> = new Set([30, 31, 60]);

/** Two months of days, one after the other: Sundays quiet, holidays quieter, each intent with a week of its own. */
export function madeUpDays(traffic: Traffic): { frame: DayFrame; intents: number[][]; totals: number[] } {
  const { seed, perDay, day: ownCv, drift, month, growth = 1, shift } = traffic;
  const chance = seededChance(seed);
  const days = Array.from({ length: 61 }, (_, day) => day);
  const now = days.map((day) => day >= 31);
  const week = [0.6, 1.1, 1.05, 1, 1, 1.1, 0.9];
  const weekday = (day: number) => (day + 4) % 7;
  const stratum = days.map((day) =>
    holidays.has(day) ? 3 : weekday(day) === 0 ? 2 : weekday(day) === 6 ? 1 : 0,
  );
  const expected = days.map(
    (day) =>
      perDay *
      (week[weekday(day)] ?? 1) *
      (holidays.has(day) ? 0.5 : 1) *
      (day >= 31 ? growth : 1) *
      gamma(chance, 0.2),
  );
  const weights = Array.from({ length: traffic.intents }, (_, i) => (i + 1) ** -0.7);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const intents = weights.map((weight, intent) => {
    const months = [normal(chance), normal(chance)];
    const own = week.map(() => exp(0.1 * normal(chance)));
    let slow = normal(chance);
    return days.map((day) => {
      slow = 0.85 * slow + sqrt(1 - 0.85 ** 2) * normal(chance);
      const moved = shift?.intent === intent && day >= 31 ? shift.by : 1;
      const mean =
        (((expected[day] ?? 0) * weight * moved * (own[weekday(day)] ?? 1)) / all) *
        exp(drift * slow + month * (months[day >= 31 ? 1 : 0] ?? 0));
      return poisson(chance, mean * gamma(chance, ownCv));
    });
  });
  const totals = days.map((day) => intents.reduce((sum, counts) => sum + (counts[day] ?? 0), 0));
  return { frame: { now, stratum }, intents, totals };
}
