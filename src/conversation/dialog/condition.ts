import type { Json } from "../../basics/activity.ts";
import type { Condition } from "../../content/content.ts";

/** Whether a condition holds for these slots. A slot without a value is not known, is nothing, and is above nothing. */
export function holds(
  condition: Condition,
  slots: Readonly<Record<string, Json>>,
  verified: boolean,
): boolean {
  if (condition.test === "verified") return verified === condition.value;
  const value = slots[condition.slot] ?? null;
  switch (condition.test) {
    case "is":
      return value === condition.value;
    case "isNot":
      return value !== condition.value;
    case "oneOf":
      return condition.values.includes(value);
    case "known":
      return (value !== null) === condition.value;
    case "above":
      return numberOf(value) > condition.value;
    case "below":
      return numberOf(value) < condition.value;
  }
}

/** Not a number for anything that is none, so that every comparison with it fails. */
function numberOf(value: Json): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" ? Number(value) : NaN;
}
