import type { Content, Dialog, Flow, Saying } from "../../content/content.ts";
import { waysFrom } from "../../content/flow-ways.ts";
import { sayingsOfDialog, sayingsOfShared } from "../../content/sayings.ts";
import type { Happened } from "./happened.ts";

export const coverageKinds = ["intents", "scripts", "variants", "steps", "transitions"] as const;
export type CoverageKind = (typeof coverageKinds)[number];

/** How much of one kind tests passed, and what none did. */
export interface Covered {
  readonly total: number;
  readonly passed: number;
  readonly missing: readonly string[];
}

export type Coverage = Readonly<Record<CoverageKind, Covered>>;

const way = (flow: string, from: string, to: string) => `${flow}: ${from} → ${to}`;

function waysOf(flow: Flow): string[] {
  return flow.steps.flatMap((step, index) =>
    [...new Set(waysFrom(flow, index))].flatMap((to) => {
      const next = flow.steps[to];
      return next === undefined ? [] : [way(flow.id, step.id, next.id)];
    }),
  );
}

function variantsOf(script: string, saying: Saying): string[] {
  return saying.variants.map(({ id }) => `${script} · ${id}`);
}

/** Id under which a saying is said: a script's own, or the flow's with the step's. */
function scriptsOf(dialog: Dialog): { readonly script: string; readonly saying: Saying }[] {
  if (dialog.type === "script") return [{ script: dialog.id, saying: dialog.say }];
  return sayingsOfDialog(dialog).map(({ saying, path }) => {
    const index = path.find((key) => typeof key === "number");
    const step = typeof index === "number" ? dialog.steps[index] : undefined;
    const field = path.at(-1);
    const part = field === "say" || field === undefined ? "" : `.${String(field)}`;
    return { script: `${dialog.id}.${step?.id ?? ""}${part}`, saying };
  });
}

/** Notes what tests passed, and tells what none did. */
export class CoverageLog {
  readonly #content: Content;
  readonly #passed: Readonly<Record<CoverageKind, Set<string>>> = {
    intents: new Set(),
    scripts: new Set(),
    variants: new Set(),
    steps: new Set(),
    transitions: new Set(),
  };

  constructor(content: Content) {
    this.#content = content;
  }

  note({ turns, before }: Happened): void {
    let open = before.open;
    for (const { commit } of turns) {
      const { category, said, steps } = commit.turn;
      if (category.intent !== null) this.#passed.intents.add(category.intent);
      for (const { script, variant } of said) {
        this.#passed.scripts.add(script);
        this.#passed.variants.add(`${script} · ${variant}`);
      }
      let last = open === undefined ? undefined : { dialog: open.dialog, step: open.step };
      for (const passed of steps) {
        this.#passed.steps.add(`${passed.dialog}.${passed.step}`);
        if (last?.dialog === passed.dialog)
          this.#passed.transitions.add(way(passed.dialog, last.step, passed.step));
        last = passed;
      }
      open = commit.state.open;
    }
  }

  report(): Coverage {
    const { intents, dialogs, shared } = this.#content;
    const flows = [...dialogs.values()].filter((dialog) => dialog.type === "flow");
    const sayings = [
      ...[...dialogs.values()].flatMap(scriptsOf),
      ...sayingsOfShared(shared).map(({ saying, path }) => ({
        script: ["shared", ...path.map((key) => (typeof key === "number" ? key + 1 : String(key)))].join("."),
        saying,
      })),
    ];
    return {
      intents: this.#covered("intents", [...intents.keys()]),
      scripts: this.#covered("scripts", [...new Set(sayings.map(({ script }) => script))]),
      variants: this.#covered(
        "variants",
        sayings.flatMap(({ script, saying }) => variantsOf(script, saying)),
      ),
      steps: this.#covered(
        "steps",
        flows.flatMap(({ id, steps }) => steps.map((step) => `${id}.${step.id}`)),
      ),
      transitions: this.#covered("transitions", flows.flatMap(waysOf)),
    };
  }

  #covered(kind: CoverageKind, all: readonly string[]): Covered {
    const missing = all.filter((one) => !this.#passed[kind].has(one));
    return { total: all.length, passed: all.length - missing.length, missing };
  }
}
