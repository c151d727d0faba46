import fc from "fast-check";
import { anyCharacter } from "./any-character.ts";

/** What a field may turn into: other kinds, odd texts, huge and tiny numbers, deep nesting. */
const oddity: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: anyCharacter }),
  fc.constantFrom<unknown>(
    null,
    "",
    0,
    -1,
    1e308,
    Number.MAX_SAFE_INTEGER,
    [],
    {},
    "__proto__",
    "\u0000",
    "\ud800",
    "x".repeat(5_000),
  ),
);

type Change = "replace" | "remove" | "repeat" | "add";
const change = fc.record({
  /** Which of the value's places, as a share of all. */
  place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  how: fc.constantFrom<Change>("replace", "remove", "repeat", "add"),
  oddity,
});

/** Real payloads with one to six things changed somewhere inside: structure-aware, so that most stay nearly right. */
export function mutatedJson(originals: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...originals), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([original, changes]) => {
      const root = { value: structuredClone(original) };
      for (const { place, how, oddity: odd } of changes) {
        const places = placesIn(root);
        const chosen = places[Math.floor(place * places.length)];
        if (chosen !== undefined) mutate(chosen.parent, chosen.key, how, structuredClone(odd));
      }
      return root.value;
    });
}

interface Place {
  readonly parent: object;
  readonly key: string;
}

function placesIn(parent: object): Place[] {
  return Object.entries(parent).flatMap(([key, value]: [string, unknown]) => [
    { parent, key },
    ...(typeof value === "object" && value !== null ? placesIn(value) : []),
  ]);
}

function mutate(parent: object, key: string, how: Change, odd: unknown): void {
  const value: unknown = Reflect.get(parent, key);
  if (how === "remove" && !("value" in parent && Object.keys(parent).length === 1))
    Reflect.deleteProperty(parent, key);
  else if (how === "repeat" && isList(value)) Reflect.set(parent, key, [...value, ...value]);
  else if (how === "add" && typeof value === "object" && value !== null && !Array.isArray(value))
    Reflect.set(value, "extra", odd);
  else Reflect.set(parent, key, odd);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
