import type { Entity } from "../../conversation/recognized.ts";

/** Finds one type of entity; synchronous and quick, since it runs on every message. */
export type Finder = (text: string) => Entity[];

/** A finder from a regular expression with the flags `g` and `d`: the named group `it`, or the whole match, is the entity. */
export function finderOf(
  type: string,
  pattern: RegExp,
  valueOf: (text: string, match: RegExpExecArray) => string | undefined,
): Finder {
  return (text) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const span = match.indices?.groups?.["it"] ?? [match.index, match.index + match[0].length];
      const found = text.slice(span[0], span[1]);
      const value = valueOf(found, match);
      return value === undefined ? [] : [{ type, text: found, value, start: span[0], end: span[1] }];
    });
}
