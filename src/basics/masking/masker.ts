import type { Json } from "../activity.ts";
import { findValues, type Span } from "./find-values.ts";
import { joinSpans, occurrences } from "./spans.ts";
import { mapJson, mark, type Vault } from "./vault.ts";

/** How much one conversation's vault keeps: values, and characters of them. */
export const vaultBounds = { values: 200, characters: 16_384 } as const;

/** Shorter values are replaced only where they are the whole text: "Bo" stands in too many words. */
const shortestWord = 3;
const worthALook = /[\d@‹]/u;
const numbered = /^‹([^:]+):(\d+)›$/u;

/** Numbers of JSON that are times: epoch seconds and milliseconds from 2001 to 2103. */
function isTime(number: number): boolean {
  return (number >= 1e9 && number <= 4.2e9) || (number >= 1e12 && number <= 4.2e12);
}

/** Numbers of nine digits and more may be somebody's; times are not. */
function isNumberOfSomebody(number: number): boolean {
  return Number.isInteger(number) && Math.abs(number) >= 1e8 && !isTime(number);
}

/** Text and other JSON as keys of one map: no text begins with U+0000 in what is stored. */
function keyOf(value: Json): string {
  return typeof value === "string" ? value : `\0${JSON.stringify(value)}`;
}

/**
 * Puts placeholders in the place of personal values and keeps the values in the conversation's vault: the same value
 * gets the same placeholder, however often it comes. Lives for one turn.
 *
 * What must come back (`use`) is always kept. For what is only read later (`record`) the vault keeps so much and no
 * more: beyond its bounds a value is masked as `‹phone:more›` and kept nowhere. When the turn is over the oldest values
 * that it does not use make room; their placeholders stay in the log and are never given again.
 */
export class Masker {
  readonly #before: Vault;
  readonly #kept: Map<string, Json>;
  readonly #placeholders = new Map<string, string>();
  readonly #words: string[] = [];
  /** Highest number given to each type. */
  readonly #highest = new Map<string, number>();
  /** What this turn needs back, or has put into the vault. */
  readonly #inUse = new Set<string>();
  /** Texts masked as needed, as long as no value was added: a reply stands in the outbox and in the record. */
  readonly #done = new Map<string, string>();
  #newCharacters = 0;
  #changed = false;

  constructor(vault: Vault) {
    this.#before = vault;
    this.#kept = new Map(Object.entries(vault));
    for (const [placeholder, value] of this.#kept) {
      const [, type = "", n = "0"] = numbered.exec(placeholder) ?? [];
      this.#highest.set(type, Math.max(this.#highest.get(type) ?? 0, Number(n)));
      this.#note(placeholder, value);
    }
  }

  #note(placeholder: string, value: Json): void {
    this.#placeholders.set(keyOf(value), placeholder);
    if (typeof value === "string") this.#words.push(value);
  }

  /** The vault as this turn leaves it; the same one where nothing changed. */
  get vault(): Vault {
    if (!this.#changed) return this.#before;
    const kept = new Map(this.#kept);
    let characters = 0;
    for (const value of kept.values()) characters += keyOf(value).length;
    for (const [placeholder, value] of this.#kept) {
      if (kept.size <= vaultBounds.values && characters <= vaultBounds.characters) break;
      if (this.#inUse.has(placeholder) || this.#isHighest(placeholder)) continue;
      kept.delete(placeholder);
      characters -= keyOf(value).length;
    }
    return Object.fromEntries(kept);
  }

  /** The highest number of a type stays, so that no number is given twice. */
  #isHighest(placeholder: string): boolean {
    const [, type = "", n] = numbered.exec(placeholder) ?? [];
    return Number(n) === this.#highest.get(type);
  }

  /**
   * A text with each personal value replaced, and every mark of the writer's own doubled.
   * @param find finds values that show by their form; asked only while nothing is known of this customer that could
   * stand in the text
   */
  text(text: string, needed: boolean, find: (text: string) => readonly Span[] = findValues): string {
    if (this.#words.length === 0 && !worthALook.test(text)) return text;
    const done = this.#done.get(text);
    if (done !== undefined) return done;
    const masked = this.#masked(text, this.#spansIn(text, find), needed);
    if (needed) this.#done.set(text, masked);
    return masked;
  }

  #masked(text: string, spans: readonly Span[], needed: boolean): string {
    if (spans.length === 0) return doubled(text);
    let masked = "";
    let at = 0;
    for (const { start, end, type } of spans) {
      masked += doubled(text.slice(at, start)) + this.#placeholderOf(type, text.slice(start, end), needed);
      at = end;
    }
    return masked + doubled(text.slice(at));
  }

  #spansIn(text: string, find: (text: string) => readonly Span[]): Span[] {
    const known = this.#placeholders.get(text);
    if (known !== undefined) return [{ start: 0, end: text.length, type: typeIn(known) }];
    const found = [...(this.#words.length === 0 ? find : findValues)(text)];
    for (const word of this.#words) {
      if (word.length < shortestWord || word.length > text.length) continue;
      for (const start of occurrences(text, word))
        found.push({ start, end: start + word.length, type: typeIn(this.#placeholders.get(word) ?? "") });
    }
    return joinSpans(found);
  }

  /** All of JSON: its texts, and its numbers that may be somebody's. Names of fields stay. */
  json(value: Json, needed: boolean): Json {
    if (typeof value === "string") return this.text(value, needed);
    if (typeof value === "number") return this.#number(value, needed);
    return mapJson(value, (inner) => this.json(inner, needed));
  }

  #number(value: number, needed: boolean): Json {
    const written = String(value);
    const known = written.length < shortestWord ? undefined : this.#placeholders.get(written);
    if (known !== undefined) return this.whole(typeIn(known), value, needed);
    return isNumberOfSomebody(value) ? this.whole("account", value, needed) : value;
  }

  /** A value that is personal as a whole, whatever it looks like. */
  whole(type: string, value: Json, needed: boolean): string {
    if (value === "") return "";
    // Words of several lines may have come as several messages, each with a line.
    if (typeof value === "string" && value.includes("\n"))
      for (const line of value.split("\n"))
        if (line.trim().length >= shortestWord) this.#placeholderOf(type, line.trim(), needed);
    return this.#placeholderOf(type, value, needed);
  }

  #placeholderOf(type: string, value: Json, needed: boolean): string {
    const known = this.#placeholders.get(keyOf(value));
    if (known !== undefined) {
      if (needed) this.#inUse.add(known);
      return known;
    }
    const { length } = keyOf(value);
    const full =
      this.#inUse.size >= vaultBounds.values || this.#newCharacters + length > vaultBounds.characters;
    if (full && !needed) return `${mark}${type}:more›`;
    const n = (this.#highest.get(type) ?? 0) + 1;
    const placeholder = `${mark}${type}:${String(n)}›`;
    this.#highest.set(type, n);
    this.#kept.set(placeholder, value);
    this.#inUse.add(placeholder);
    this.#newCharacters += length;
    this.#changed = true;
    this.#done.clear();
    this.#note(placeholder, value);
    return placeholder;
  }
}

function typeIn(placeholder: string): string {
  return placeholder.slice(mark.length, placeholder.indexOf(":"));
}

function doubled(text: string): string {
  return text.includes(mark) ? text.replaceAll(mark, mark + mark) : text;
}
