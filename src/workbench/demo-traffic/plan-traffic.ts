import type { Content, Intent } from "../../content/content.ts";
import type { DemoDay } from "./demo-days.ts";
import { Draws } from "./draws.ts";
import { shiftFactor, type PlantedShift } from "./planted-shifts.ts";
import type { DayOfMatters, PlannedVisit } from "./planned-visit.ts";
import { plannedVisits } from "./planned-visits.ts";
import {
  holidayFactor,
  intentShares,
  paydayFactor,
  placements,
  placementShare,
  weekdayFactors,
} from "./traffic-mix.ts";

export interface TrafficPlan {
  readonly days: readonly DemoDay[];
  /** In the order of time. */
  readonly visits: readonly PlannedVisit[];
}

export interface TrafficOptions {
  readonly content: Content;
  readonly days: readonly DemoDay[];
  readonly seed: number;
  /** Matters on a day that is like any other. */
  readonly perDay: number;
  /** Begin with the first day of the last month. */
  readonly shifts: readonly PlantedShift[];
}

/** Days vary by more than chance of counting: so much for all traffic, and so much for each intent (shapes of gammas). */
const dayShape = 150;
const intentShape = 25;
/** Slow waves: what an intent's share and all traffic wander by, as standard deviations of their logarithms. */
const intentWave = 0.04;
const trafficWave = 0.03;
/** Of a wave, what is left of it on the next day: it forgets itself within about two weeks. */
const waveKept = 0.93;
/** Matters that are none of ours, of all. */
const missPart = 0.06;

/** A slow wave about 0 of this standard deviation. */
class Wave {
  readonly #draws: Draws;
  readonly #deviation: number;
  #height: number;

  constructor(draws: Draws, deviation: number) {
    this.#draws = draws;
    this.#deviation = deviation;
    this.#height = deviation * draws.normal();
  }

  next(): number {
    const step = this.#deviation * Math.sqrt(1 - waveKept ** 2) * this.#draws.normal();
    this.#height = waveKept * this.#height + step;
    return this.#height;
  }
}

function dayFactor({ weekday, payday, holiday }: DemoDay): number {
  return (weekdayFactors[weekday] ?? 1) * (payday ? paydayFactor : 1) * (holiday ? holidayFactor : 1);
}

/** How many matters of each intent come up each day and where: counts, before anybody is thought of. */
export function drawMatters({ content, days, seed, perDay, shifts }: TrafficOptions): DayOfMatters[] {
  const draws = new Draws(seed, 1);
  const traffic = new Wave(draws, trafficWave);
  const shares = [...intentShares(content)].map(([intent, share]) => ({
    intent,
    share,
    wave: new Wave(draws, intentWave),
  }));
  const lastMonth = days.at(-1)?.month;
  return days.map((day) => {
    const total = perDay * dayFactor(day) * Math.exp(traffic.next()) * draws.gamma(dayShape);
    const matters: { intent: Intent | null; placement: number }[] = [];
    const come = (intent: Intent | null, placement: number, mean: number) => {
      for (let left = draws.poisson(mean); left > 0; left--) matters.push({ intent, placement });
    };
    for (const { intent, share, wave } of shares) {
      const mean = total * share * Math.exp(wave.next()) * draws.gamma(intentShape);
      for (const [index, placement] of placements.entries()) {
        const shift = day.month === lastMonth ? shiftFactor(shifts, intent, placement) : 1;
        come(intent, index, mean * placementShare(intent.stage, index) * shift);
      }
    }
    for (const index of placements.keys()) come(null, index, total * missPart * placementShare("", index));
    return { day, matters };
  });
}

/**
 * Months of made-up traffic: who comes when, from where, with what. Pure: the same options give the same plan. The
 * weekly rhythm, paydays, holidays, slow waves and noise hold no shift; the planted ones do.
 */
export function planTraffic(options: TrafficOptions): TrafficPlan {
  const visits = plannedVisits(drawMatters(options), new Draws(options.seed, 2));
  return { days: options.days, visits: visits.toSorted((one, other) => one.at - other.at) };
}
