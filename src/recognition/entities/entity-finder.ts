import type { Entity } from "../../conversation/recognized.ts";
import { dateFinder } from "./dates.ts";
import { nameFinder, findPlaces } from "./names.ts";
import { findPhones } from "./phones.ts";
import { findAmounts, findEmails, findOrderNumbers } from "./simple-entities.ts";

export interface EntityFinderOptions {
  /** Epoch milliseconds that “tomorrow” counts from. */
  readonly now: () => number;
  /** Names of what the business sells. */
  readonly products?: readonly string[];
}

/** Text beyond this is not searched: the time for one message stays bounded. */
const LONGEST = 2_000;
/** Phones, amounts and order numbers hold one: most messages need no look for them. */
const HAS_DIGIT = /\d/;

/**
 * Finds order numbers, amounts, dates, phones, e-mail addresses, places and products, in the order they stand. None
 * overlap: what was found by a surer sign wins.
 */
export function entityFinder({
  now,
  products = [],
}: EntityFinderOptions): (text: string) => readonly Entity[] {
  const inWords = [
    nameFinder(
      "product",
      products.map((name) => [name, name] as const),
    ),
    dateFinder(now),
    findPlaces,
  ];
  const withoutDigits = [findEmails, ...inWords];
  const withDigits = [findEmails, findPhones, findAmounts, findOrderNumbers, ...inWords];
  return (text) => {
    const searched = text.length > LONGEST ? text.slice(0, LONGEST) : text;
    const found: Entity[] = [];
    for (const find of HAS_DIGIT.test(searched) ? withDigits : withoutDigits) {
      for (const entity of find(searched))
        if (!found.some(({ start, end }) => entity.start < end && start < entity.end)) found.push(entity);
    }
    return found.sort((a, b) => a.start - b.start);
  };
}
