import type { Json, JsonObject } from "../activity.ts";

/**
 * What the placeholders of one conversation stand for: `‹phone:1›` → the number as it was written. Without it a
 * placeholder says only of what kind a value was. A value is text, or JSON where that was masked as a whole.
 */
export type Vault = Readonly<Record<string, Json>>;

export const emptyVault: Vault = Object.freeze({});

/** Begins each placeholder (U+2039). Where somebody wrote it themselves it is kept doubled. */
export const mark = "‹";

/** A doubled mark, or a placeholder: its type, and its number or `more` where the value was not kept. */
const marked = /‹(?:‹|[a-z][A-Za-z0-9]*:(?:\d+|more)›)/gu;

/** The text with the values in place of their placeholders. One whose value is gone stays as it is. */
export function openText(text: string, vault: Vault): string {
  if (!text.includes(mark)) return text;
  return text.replace(marked, (found) => {
    if (found === mark + mark) return mark;
    const value = vault[found];
    if (value === undefined) return found;
    return typeof value === "string" ? value : JSON.stringify(value);
  });
}

/** The same for JSON; a text that is one placeholder becomes what that stands for, whatever it is. */
export function openJson(value: Json, vault: Vault): Json {
  // Only what begins with the mark is a key of ours: any object has a "constructor".
  if (typeof value === "string")
    return value.startsWith(mark) ? (vault[value] ?? openText(value, vault)) : openText(value, vault);
  return mapJson(value, (inner) => openJson(inner, vault));
}

/** A list or an object with each member mapped; anything else as it is. */
export function mapJson(value: Json, map: (inner: Json) => Json): Json {
  if (typeof value !== "object" || value === null) return value;
  return isList(value) ? mapList(value, map) : mapFields(value, (_name, inner) => map(inner));
}

/** A list with each item mapped; itself where none changed, so that whoever keeps it sees so at once. */
export function mapList<T>(list: readonly T[], map: (item: T) => T): readonly T[] {
  const mapped = list.map(map);
  return mapped.some((item, i) => item !== list[i]) ? mapped : list;
}

/** The same for the fields of an object. */
export function mapFields(object: JsonObject, map: (name: string, value: Json) => Json): JsonObject {
  const mapped = Object.entries(object).map(([name, value]): [string, Json] => [name, map(name, value)]);
  return mapped.some(([name, value]) => value !== object[name]) ? Object.fromEntries(mapped) : object;
}

/** Array.isArray alone does not tell the compiler so of a list that is read-only. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
