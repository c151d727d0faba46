import type { Entity } from "../../conversation/recognized.ts";

/** What kind of thing a slot's name asks for, in the words that content's writers use in names; the first that fits counts. */
const kinds: readonly (readonly [RegExp, readonly string[]])[] = [
  [/order|tracking|reference|receipt|invoice/i, ["orderNumber"]],
  [/date|day|time|when|schedule/i, ["date"]],
  [/phone|mobile|contact/i, ["phone"]],
  [/mail/i, ["email"]],
  [/amount|price|total|paid|budget/i, ["amount"]],
  [/address|city|province|place|location|branch/i, ["place"]],
  [/product|item|model/i, ["product"]],
];
const COUNT_SLOT = /quantity|count|pieces|number|size|age/i;

/** Words around a value that add nothing to it: “yung order number ko po ay 123456”. */
const AROUND = new Set(
  "po opo ho yung ung ang eto ito heto ay is it its it's the my ko number no num order # here this sa on at around mga siguro maybe sana for please pls date na lang nalang lng yes oo ok sige pcs piraso pieces".split(
    " ",
  ),
);

/**
 * How a message answers the question for `slot`: "whole" when it is a value and nothing else, "partly" when it names one
 * among other words, "no" otherwise.
 */
export function slotAnswer(
  text: string,
  slot: string,
  entities: readonly Entity[],
): "whole" | "partly" | "no" {
  const types = kinds.find(([name]) => name.test(slot))?.[1];
  let rest = text;
  let named = false;
  for (const entity of [...entities].sort((a, b) => b.start - a.start)) {
    if (types?.includes(entity.type) !== true) continue;
    named = true;
    rest = `${rest.slice(0, entity.start)} ${rest.slice(entity.end)}`;
  }
  // A placeholder of a masked value, or bare digits where a number was asked for.
  if (
    types?.[0] === "orderNumber" ||
    types?.[0] === "phone" ||
    types?.[0] === "amount" ||
    COUNT_SLOT.test(slot)
  ) {
    const bare = rest.replace(/‹[a-z]+:\d+›|\b[a-z]{0,3}[- ]?\d[\d-]*\b/giu, " ");
    named ||= bare !== rest;
    rest = bare;
  }
  if (!named) return "no";
  const others = (rest.toLowerCase().match(/[\p{L}\p{N}#']+/gu) ?? []).filter((word) => !AROUND.has(word));
  return others.length === 0 ? "whole" : "partly";
}
