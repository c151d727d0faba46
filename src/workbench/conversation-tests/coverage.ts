import type { Content, Dialog, Flow, Saying } from "../../content/content.ts";
import { waysFrom } from "../../content/flow-ways.ts";
import { sayingsOfDialog, sayingsOfShared } from "../../content/sayings.ts";
import { saidIn, type Happened } from "./happened.ts";

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
  if (dialog.type === "script")
    return sayingsOfDialog(dialog).map(({ saying, path: [field] }) => ({
      script: field === "say" ? dialog.id : `${dialog.id}.${String(field)}`,
      saying,
    }));
  return sayingsOfDialog(dialog).map(({ saying, path }) => {
    const index = path.find((key) => typeof key === "number");
    const step = typeof index === "number" ? dialog.steps[index] : undefined;
    const field = path.at(-1);
    const part = field === "say" || field === undefined ? "" : `.${String(field)}`;
    return { script: `${dialog.id}.${step?.id ?? ""}${part}`, saying };
  });
}

/**
 * Sayings that no conversation with this content leads to: what is said when the content changes under an open flow,
 * and what is said where a `call` has no step of its own for failures or missing proof, if every one has.
 */
function neverSaid({ dialogs }: Content): ReadonlySet<string> {
  const calls = [...dialogs.values()]
    .flatMap((dialog) => (dialog.type === "flow" ? dialog.steps : []))
    .filter((step) => step.type === "call");
  const never = new Set(["shared.restarted"]);
  if (calls.every(({ failed }) => failed !== undefined)) never.add("shared.actionFailed");
  if (calls.every(({ needs, unverified }) => needs !== "verified" || unverified !== undefined))
    never.add("shared.notVerified");
  return never;
}

/** Notes what tests passed, and tells what none did. */
export class CoverageLog {
  readonly #content: Content;
  readonly #sayings: readonly { readonly script: string; readonly saying: Saying }[];
  readonly #scripts: ReadonlySet<string>;
  readonly #passed: Readonly<Record<CoverageKind, Set<string>>> = {
    intents: new Set(),
    scripts: new Set(),
    variants: new Set(),
    steps: new Set(),
    transitions: new Set(),
  };

  constructor(content: Content) {
    this.#content = content;
    this.#sayings = [
      ...[...content.dialogs.values()].flatMap(scriptsOf),
      ...sayingsOfShared(content.shared).map(({ saying, path }) => ({
        script: ["shared", ...path.map((key) => (typeof key === "number" ? key + 1 : String(key)))].join("."),
        saying,
      })),
    ].filter(({ script }) => !neverSaid(content).has(script));
    this.#scripts = new Set(this.#sayings.map(({ script }) => script));
  }

  note({ turns, before }: Happened): void {
    for (const said of saidIn({ turns })) {
      const script = this.#asWritten(said.script);
      this.#passed.scripts.add(script);
      this.#passed.variants.add(`${script} · ${said.variant}`);
    }
    let open = before.open;
    for (const { commit } of turns) {
      const { category, steps } = commit.turn;
      if (category.intent !== null) this.#passed.intents.add(category.intent);
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

  /** A choice without words of its own for a second time is asked again with the shared ones. */
  #asWritten(script: string): string {
    return script.endsWith(".retry") && !this.#scripts.has(script) ? "shared.pickOne" : script;
  }

  report(): Coverage {
    const { intents, dialogs } = this.#content;
    const flows = [...dialogs.values()].filter((dialog) => dialog.type === "flow");
    const sayings = this.#sayings;
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
