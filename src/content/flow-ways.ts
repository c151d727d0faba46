import type { Flow, Step } from "./content.ts";

/** A step that another one names, and where it is named. */
export interface Jump {
  /** Path within the step. */
  readonly path: readonly PropertyKey[];
  readonly to: string;
}

/** Fields of steps, at any depth, that name a step to go on with. */
const jumpFields: ReadonlySet<string> = new Set(["next", "failed", "then", "else", "unverified"]);
/** Fields whose inside is text, never a way. */
const sayingFields: ReadonlySet<string> = new Set(["say", "retry", "known", "slow", "confirm"]);

/** Every step that this one names. */
export function jumpsOf(step: Step): Jump[] {
  const jumps: Jump[] = [];
  const walk = (value: unknown, path: readonly PropertyKey[]): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      const key = Array.isArray(value) ? Number(name) : name;
      if (typeof inner === "string" && jumpFields.has(name)) jumps.push({ path: [...path, key], to: inner });
      else if (!sayingFields.has(name)) walk(inner, [...path, key]);
    }
  };
  walk(step, []);
  return jumps;
}

/** True when the step below is the next one, unless something else is named. */
function goesOn(step: Step): boolean {
  if (step.type === "handOff" || step.type === "done") return false;
  if (step.type === "when") return step.else === undefined;
  // Options that all name their step leave no way to the step below.
  if (step.type === "choose" && step.options.every(({ next }) => next !== undefined)) return false;
  return !("next" in step) || step.next === undefined;
}

/** Places in the list of steps that may follow the one at `index`. */
export function waysFrom(flow: Flow, index: number): number[] {
  const step = flow.steps[index];
  if (step === undefined) return [];
  const named = jumpsOf(step).map(({ to }) => flow.steps.findIndex(({ id }) => id === to));
  return [...(goesOn(step) ? [index + 1] : []), ...named].filter((to) => to >= 0 && to < flow.steps.length);
}

/** Names that a step fills for the texts after it. `gives` tells the fields of an action's result. */
export function filledBy(step: Step, gives: (action: string) => readonly string[]): string[] {
  if (step.type === "call") return [...gives(step.action)];
  return "slot" in step && step.slot !== undefined ? [step.slot] : [];
}
