import type { Entity } from "../../conversation/recognized.ts";

const DAY_MS = 86_400_000;
const MANILA_MS = 8 * 3_600_000;

/** Days from today. */
const days: Readonly<Record<string, number>> = {
  ngayon: 0,
  "ngayong araw": 0,
  mamaya: 0,
  mamayang: 0,
  kanina: 0,
  kaninang: 0,
  bukas: 1,
  bukang: 1,
  makalawa: 2,
  "sa makalawa": 2,
  samakalawa: 2,
  kahapon: -1,
  kagabi: -1,
  kamakalawa: -2,
};
const weekdays: Readonly<Record<string, number>> = {
  linggo: 0,
  lunes: 1,
  martes: 2,
  miyerkules: 3,
  miyerkoles: 3,
  huwebes: 4,
  biyernes: 5,
  byernes: 5,
  sabado: 6,
};
const hours: Readonly<Record<string, number>> = {
  una: 1,
  dos: 2,
  tres: 3,
  kwatro: 4,
  kuwatro: 4,
  singko: 5,
  sais: 6,
  syete: 7,
  siyete: 7,
  otso: 8,
  nuebe: 9,
  nwebe: 9,
  diyes: 10,
  dyes: 10,
  onse: 11,
  dose: 12,
};
/** Hour that a part of the day stands for when no hour is named. */
const dayParts: Readonly<Record<string, number>> = { umaga: 8, tanghali: 12, hapon: 15, gabi: 19 };

const day = String.raw`(?<day>ngayong araw|ngayon|mamayang?|kaninang?|bukas|sa makalawa|samakalawa|makalawa|kahapon|kagabi|kamakalawa)`;
const week = String.raw`(?<week>(?:sa |ngayong |nitong )?(?<next>darating na |susunod na )?(?<weekday>lunes|martes|mi?yerkules|mi?yerkoles|huwebes|bi?yernes|sabado|linggo))`;
const span = String.raw`(?<span>(?:sa )?(?:susunod na|darating na) (?<unit>linggo|buwan)|(?:noong |nung )(?:isang|nakaraang) (?<lastUnit>linggo|buwan))`;
const part = String.raw`(?: (?:ng |na |nang |sa )?(?<part>umaga|tanghali|hapon|gabi))`;
const clock = String.raw`(?<clock>(?:alas|ala)[ -]?(?<hour>una|dos|tres|ku?watro|singko|sais|si?yete|otso|n[uw]ebe|di?yes|onse|dose|\d{1,2})(?<half> y medya| i medya| medya)?)`;
const FILIPINO_DATE = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(?:${span}|${day}|${week})(?:[ ,]+(?:ng |nang |mga )?${clock})?${part}?|${clock.replaceAll("?<", "?<lone")}${part.replaceAll("?<", "?<lone")}?)(?![\p{L}\p{N}])`,
  "giu",
);
const MAYBE =
  /ngayon|mamaya|kanina|bukas|makalawa|kahapon|kagabi|lunes|martes|yerk[ou]les|huwebes|yernes|sabado|linggo|buwan|alas?[ -]/i;

/** Filipino words for dates and times: “bukas ng hapon”, “sa susunod na linggo”, “sa Lunes”, “alas tres ng hapon”. */
export function findFilipinoDates(text: string, nowMs: number): Entity[] {
  if (!MAYBE.test(text)) return [];
  const today = Math.floor((nowMs + MANILA_MS) / DAY_MS) * DAY_MS;
  return [...text.matchAll(FILIPINO_DATE)].flatMap((match) => {
    const groups = namedGroups(match.groups ?? {});
    // “bukas” is also “open”: “bukas ba kayo”, “bukas po ba”.
    if (
      groups["day"] === "bukas" &&
      /^\s*(?:po |pa |na )*ba\b/i.test(text.slice(match.index + match[0].length))
    )
      return [];
    // “linggo” alone is “week” more often than Sunday.
    if (groups["weekday"] === "linggo" && !/^(?:sa|ngayong|nitong) /i.test(match[0])) return [];
    const date = today + offsetOf(groups, today) * DAY_MS;
    const hour = hourOf(groups);
    const isoDate = new Date(date).toISOString().slice(0, 10);
    const minutes = groups["half"] === undefined ? "00" : "30";
    const value =
      hour === undefined ? isoDate : `${isoDate}T${String(hour).padStart(2, "0")}:${minutes}:00+08:00`;
    return [{ type: "date", text: match[0], value, start: match.index, end: match.index + match[0].length }];
  });
}

type Groups = Readonly<Record<string, string | undefined>>;

/** The groups that took part, lower case; a clock that stands alone has its groups under other names. */
function namedGroups(groups: Groups): Groups {
  return Object.fromEntries(
    Object.entries(groups).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.replace(/^lone/, ""), value.toLowerCase()]],
    ),
  );
}

function offsetOf(groups: Groups, today: number): number {
  const unit = groups["unit"] ?? groups["lastUnit"];
  if (unit !== undefined) return (unit === "linggo" ? 7 : 30) * (groups["unit"] === undefined ? -1 : 1);
  const weekday = weekdays[groups["weekday"] ?? ""];
  if (weekday !== undefined) {
    const ahead = (weekday - new Date(today).getUTCDay() + 7) % 7;
    return ahead === 0 ? 7 : ahead;
  }
  return days[groups["day"] ?? ""] ?? 0;
}

function hourOf(groups: Groups): number | undefined {
  const evening = groups["day"] === "kagabi" ? "gabi" : groups["part"];
  if (groups["hour"] === undefined) return evening === undefined ? undefined : dayParts[evening];
  const hour = hours[groups["hour"]] ?? Number(groups["hour"]);
  if (hour > 23) return undefined;
  if ((evening === "hapon" || evening === "gabi") && hour < 12) return hour + 12;
  if (evening === "tanghali") return hour < 6 ? hour + 12 : hour;
  // Without a part of the day, one to six o'clock is after noon: shops and couriers sleep before.
  return evening === undefined && hour < 7 ? hour + 12 : hour;
}
