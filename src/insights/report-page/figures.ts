import type { Change, Estimate, Period } from "../report/report.ts";

const grouped = new Intl.NumberFormat("en");
const oneDecimal = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const upToOneDecimal = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const whole = (count: number): string => grouped.format(count);

/** "1 concern", "2,140 concerns". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${whole(count)} ${count === 1 ? one : many}`;

/** Text whose "38 %" and "p = 0.2" stay on one line. */
export const unbroken = (text: string): string =>
  text.replaceAll(/ (?=%)|(?<=\bp [<=]) |(?<=\bp) (?=[<=])/gu, "\u00a0");

/** A share from 0 to 1 as "72.4 %", with a space that does not break. */
export const percent = (share: number): string => unbroken(`${oneDecimal.format(share * 100)} %`);

/** A difference of two shares, in points of a percent: "+1.2", "−0.8". */
export const pointsText = (difference: number): string =>
  `${Math.abs(difference) < 0.0005 ? "±" : difference < 0 ? "−" : "+"}${oneDecimal.format(Math.abs(difference * 100))} pt`;

/** A share that somebody chose, not one that was counted: "5 %". */
export const roundPercent = (share: number): string => unbroken(`${upToOneDecimal.format(share * 100)} %`);

/** Now over before, as people say it: "+38 %", "−20 %", "no change", "3.2 times". */
export function ratioText(ratio: number): string {
  if (ratio >= 3) return `${upToOneDecimal.format(ratio)} times`;
  const points = Math.round((ratio - 1) * 100);
  if (points === 0) return unbroken("±0 %");
  return unbroken(points > 0 ? `+${whole(points)} %` : `−${whole(-points)} %`);
}

/** By how much a count moved. After "rose" or "fell" without a sign: "38 %", "to 3.2 times"; else as `ratioText`. */
export function amountText({ verdict, ratio }: Pick<Change, "verdict" | "ratio">): string {
  if (ratio === null) return "";
  if (verdict !== "rose" && verdict !== "fell") return ratioText(ratio.value);
  if (ratio.value >= 3) return `to ${ratioText(ratio.value)}`;
  return unbroken(`${whole(Math.abs(Math.round((ratio.value - 1) * 100)))} %`);
}

export const ratioRange = ({ low, high }: Estimate): string => `${ratioText(low)} to ${ratioText(high)}`;

export const shareRange = ({ low, high }: Estimate): string => `${percent(low)} to ${percent(high)}`;

/** How likely a difference as large is where nothing changed. */
export const chanceText = (p: number): string =>
  unbroken(p < 0.0001 ? "p < 0.0001" : `p = ${Number(p.toPrecision(2))}`);

const arrows = { rose: "▲ rose", fell: "▼ fell" } as const;

/** The verdict as an arrow and a word; what stayed within chance gets neither, so that nobody reads a trend into it. */
export const verdictText = (verdict: Change["verdict"]): string =>
  verdict === "rose" || verdict === "fell"
    ? arrows[verdict]
    : verdict === "withinNoise"
      ? "within chance"
      : "too few to say";

/** A time as people say it: "850 ms", "1.2 s", "14 min", "2 h 5 min", "1.3 days". */
export function duration(ms: number | null): string {
  if (ms === null) return "–";
  const seconds = ms / 1000;
  const minutes = Math.round(seconds / 60);
  if (ms < 1000) return `${whole(Math.round(ms))} ms`;
  if (seconds < 60) return `${upToOneDecimal.format(seconds)} s`;
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60)
    return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? "" : ` ${minutes % 60} min`}`;
  return `${upToOneDecimal.format(minutes / 1440)} days`;
}

const dayForm = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
const shortDay = dayForm({ day: "numeric", month: "short" });
const longDay = dayForm({ weekday: "long", day: "numeric", month: "long" });
const fullDay = dayForm({ day: "numeric", month: "long", year: "numeric" });

/** A business day ("2026-11-22") has no time of its own: read and written in UTC, it stays the same day. */
const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const written = (form: Intl.DateTimeFormat, day: string): string => {
  const at = midnight(day);
  return Number.isNaN(at) ? day : form.format(at);
};

export const dayText = (day: string): string => written(shortDay, day);
export const longDayText = (day: string): string => written(longDay, day);
export const periodText = ({ from, to }: Pick<Period, "from" | "to">): string =>
  from === to ? written(fullDay, from) : `${written(fullDay, from)} to ${written(fullDay, to)}`;

const dayMs = 86_400_000;

/** The day that lies so many days after another. */
export const dayAfter = (day: string, days: number): string =>
  new Date(midnight(day) + days * dayMs).toISOString().slice(0, 10);

/** From 0 for Monday to 6 for Sunday. */
export const weekday = (day: string): number => (new Date(midnight(day)).getUTCDay() + 6) % 7;

/** All days of a period, both ends included; none where it is no period. */
export function daysOf({ from, to }: Pick<Period, "from" | "to">): readonly string[] {
  const days = Math.round((midnight(to) - midnight(from)) / dayMs) + 1;
  return days > 0 && days < 3700 ? Array.from({ length: days }, (_, i) => dayAfter(from, i)) : [];
}

/** An instant (ISO 8601) in the shop's time zone: "22 Nov 2026, 3:05 pm". */
export function momentText(at: string, timeZone: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return at;
  return new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone, day: "numeric", month: "short", year: "numeric" },
    ...{ hour: "numeric", minute: "2-digit", hour12: true },
  }).format(time);
}
