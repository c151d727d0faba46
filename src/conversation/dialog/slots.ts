import type { Attachment, Json } from "../../basics/activity.ts";
import { contentTypes, isJsonObject } from "../../basics/activity.ts";
import type { AskStep, ChooseStep, Days, Flow, Locale, Option } from "../../content/content.ts";
import type { Heard } from "../decide/heard.ts";
import type { Entity } from "../recognized.ts";
import type { OpenDialog } from "../state.ts";

type Slots = OpenDialog["slots"];

/** Longest answer that is kept, characters. */
const longestAnswer = 1_000;
/** Longest text in which a pattern is looked for, characters: a pattern written by hand may be slow. */
const longestSearched = 2_000;
/** The Philippines are eight hours ahead of UTC all year (RA 10535, Philippine Standard Time). */
const manilaAheadMs = 8 * 3_600_000;

/** What the answer to a question is, where the customer's message holds one that fits. */
export function answerTo(
  step: AskStep,
  heard: Heard,
  entities: readonly Entity[],
  now: number,
): Json | undefined {
  if (step.photo) {
    const photos = heard.attachments
      .filter(isPicture)
      .map(({ contentUrl, name }) => contentUrl ?? name ?? "");
    if (photos.length > 0) return photos;
  }
  const found = matched(step, heard.text) ?? named(step, entities) ?? located(step, heard.attachments);
  if (found !== undefined) return allowed(step, found, now) ? found : undefined;
  return step.text === undefined ? undefined : freeWords(heard.text, step.text);
}

export function isPicture({ contentType }: Attachment): boolean {
  return contentType.startsWith("image/");
}

/** What people put between the digits of one number. */
const betweenDigits = /(?<=\d)[ .-](?=\d)/gu;

function matched({ pattern }: AskStep, text: string): string | undefined {
  if (pattern === undefined) return undefined;
  const searched = text.slice(0, longestSearched);
  const form = new RegExp(pattern, "iu");
  // "TND 104 233", as a number is read off a receipt.
  const found = form.exec(searched) ?? form.exec(searched.replace(betweenDigits, ""));
  return found === null ? undefined : (found[1] ?? found[0]);
}

function named({ entity, pattern }: AskStep, entities: readonly Entity[]): string | undefined {
  // With a pattern the answer has the pattern's form: what recognition takes for an order number may be another shop's.
  if (entity === undefined || pattern !== undefined) return undefined;
  return entities.find(({ type }) => type === entity)?.value;
}

function located({ entity, text }: AskStep, attachments: readonly Attachment[]): string | undefined {
  if (entity !== "place" && text === undefined) return undefined;
  const place = attachments.find(({ contentType }) => contentType === contentTypes.location);
  return place === undefined ? undefined : placeName(place);
}

/** The name of a sent location, else its latitude and longitude. */
function placeName({ name, content }: Attachment): string | undefined {
  if (name !== undefined && name.trim() !== "") return name;
  if (content === undefined || !isJsonObject(content)) return undefined;
  const geometry = content["geometry"] ?? content;
  const coordinates = isJsonObject(geometry) ? geometry["coordinates"] : undefined;
  const [longitude, latitude] = listOf(coordinates);
  return typeof longitude === "number" && typeof latitude === "number"
    ? `${String(latitude)}, ${String(longitude)}`
    : undefined;
}

function listOf(value: Json | undefined): readonly Json[] {
  // Of all JSON only a list can be spread; isArray alone would make its items untyped.
  return typeof value === "object" && value !== null && Symbol.iterator in value ? [...value] : [];
}

function allowed({ days, least, most, entity }: AskStep, value: string, now: number): boolean {
  if (days !== undefined && !dayFits(days, value, now)) return false;
  if (least === undefined && most === undefined) return true;
  const number = Number(value);
  return (
    !(entity === "date" || Number.isNaN(number)) &&
    number >= (least ?? -Infinity) &&
    number <= (most ?? Infinity)
  );
}

/** ISO 8601 days compare as text. */
function dayFits(days: Days, value: string, now: number): boolean {
  const today = new Date(now + manilaAheadMs).toISOString().slice(0, 10);
  const day = value.slice(0, 10);
  if (days === "past") return day <= today;
  return days === "future" ? day > today : day >= today;
}

function freeWords(text: string, fewest: number): string | undefined {
  const words = text.trim();
  return words.length >= fewest && /\p{L}/u.test(words) ? words.slice(0, longestAnswer) : undefined;
}

/** The option whose title or words the message says; undefined when it says none or several. */
export function optionSaid({ options }: ChooseStep, words: readonly string[]): Option | undefined {
  const whole = options.find((option) => option.words.is(words));
  if (whole !== undefined) return whole;
  const said = options.filter((option) => option.words.isIn(words));
  return said.length === 1 ? said[0] : undefined;
}

/** Slots that a message names before their question comes. What answered one question answers no second. */
export function slotsIn(
  flow: Flow,
  heard: Heard,
  entities: readonly Entity[],
  now: number,
): Record<string, Json> {
  const slots: Record<string, Json> = {};
  const taken = new Set<string>();
  for (const step of flow.steps) {
    if (step.type === "ask" && step.fromOpening && slots[step.slot] === undefined) {
      const value = answerTo(step, heard, entities, now);
      if (value === undefined || taken.has(JSON.stringify(value))) continue;
      taken.add(JSON.stringify(value));
      slots[step.slot] = value;
    }
    if (step.type === "choose" && step.slot !== undefined) {
      const option = optionSaid(step, heard.words);
      if (option !== undefined) slots[step.slot] = option.id;
    }
  }
  return slots;
}

const shownDay = new Intl.DateTimeFormat("en-PH", {
  weekday: "long",
  month: "long",
  day: "numeric",
  timeZone: "UTC",
});

/** Slots as texts show them: an option by its title, a day by its name, an action's text in the customer's language. */
export function slotTexts(flow: Flow, slots: Slots, language: Locale): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(slots)) texts[name] = textOf(value, language);
  for (const step of flow.steps) {
    if (step.type === "choose" && step.slot !== undefined) {
      const option = step.options.find(({ id }) => id === slots[step.slot ?? ""]);
      if (option !== undefined) texts[step.slot] = option.title[language];
    }
    if (step.type === "ask" && step.entity === "date") {
      const day = slots[step.slot];
      const at = typeof day === "string" ? Date.parse(`${day.slice(0, 10)}T00:00:00Z`) : NaN;
      if (!Number.isNaN(at)) texts[step.slot] = shownDay.format(at);
    }
  }
  return texts;
}

function textOf(value: Json, language: Locale): string {
  if (typeof value === "string") return value;
  if (isJsonObject(value)) {
    const local = value[language];
    if (typeof local === "string") return local;
  }
  return value === null ? "" : JSON.stringify(value);
}
