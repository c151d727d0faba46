import type { Flow } from "../../content/content.ts";
import type { ContentFiles } from "../../content/content-files.ts";
import type { Fault } from "../../content/fault.ts";
import { filledBy, waysFrom } from "../../content/flow-ways.ts";
import { textsIn, sayingsIn } from "../../content/placed-texts.ts";

type DialogFile = ContentFiles["dialogs"][number];

/** What nobody can come to, and names that are not filled on every way that leads to them. */
export function unreachedFindings(files: ContentFiles): Fault[] {
  const used = usedDialogs(files);
  return files.dialogs.flatMap((file): Fault[] => {
    const { id } = file.value;
    const whole: Fault[] =
      used.has(id) || files.unreadIds.size > 0
        ? []
        : [
            {
              kind: "dialog.unreachable",
              file: file.file,
              line: file.lineOf(["id"]),
              message: `no intent leads to dialog ${id}`,
              mend: `write dialog: ${id} into the intent that it answers, or remove the file`,
            },
          ];
    return file.value.type === "flow" ? [...whole, ...flowFindings(file, file.value, files)] : whole;
  });
}

/** Dialogs that an intent answers with, or that a step of another dialog names. */
function usedDialogs({ intents, dialogs }: ContentFiles): ReadonlySet<string> {
  return new Set([
    ...intents.map(({ value }) => value.dialog),
    ...dialogs.flatMap(({ value }) =>
      value.type === "flow"
        ? value.steps.flatMap((step) => {
            const named: unknown = Reflect.get(step, "dialog");
            return typeof named === "string" ? [named] : [];
          })
        : [],
    ),
  ]);
}

/** The slot that a question's own text may show: said when it is known already, or to be confirmed. */
function ownSlot(step: Flow["steps"][number], field: PropertyKey | undefined): string | undefined {
  return step.type === "ask" && (field === "known" || field === "confirm") ? step.slot : undefined;
}

function flowFindings(file: DialogFile, flow: Flow, files: ContentFiles): Fault[] {
  const gives = (action: string) => files.actions?.value.actions[action]?.gives ?? [];
  const arrivals = filledOnArrival(flow, gives);
  const ever = new Set(flow.steps.flatMap((step) => filledBy(step, gives)));
  const said = sayingsIn({ ...files, dialogs: [file] }).filter(({ dialog }) => dialog === flow);
  return flow.steps.flatMap((step, index): Fault[] => {
    const filled = arrivals[index];
    if (filled === undefined) {
      return [
        {
          kind: "step.unreachable",
          file: file.file,
          line: file.lineOf(["steps", index, "id"]),
          message: `no way leads to step ${step.id}`,
          mend: "name it in next: of the step before it, or remove it",
        },
      ];
    }
    return said
      .filter(({ path }) => path[1] === index)
      .flatMap((placed) => textsIn(placed).map((text) => ({ text, own: ownSlot(step, placed.path[2]) })))
      .flatMap(({ text, own }) => {
        const names = new Set([...text.text.matchAll(/\{(\w+)\}/gu)].map(([, name = ""]) => name));
        return [...names]
          .filter((name) => ever.has(name) && !filled.has(name) && name !== own)
          .map((name) => ({
            kind: "variable.maybeEmpty" as const,
            file: file.file,
            line: text.line(),
            message: `on one way to step ${step.id} nothing has filled {${name}}`,
            mend: `leave {${name}} out here, or let every way pass the step that fills it`,
          }));
      });
  });
}

/**
 * For each step the names filled on every way from the beginning to it; undefined where no way leads. Goes round until
 * nothing changes: sets only shrink, so it ends.
 */
function filledOnArrival(
  flow: Flow,
  gives: (action: string) => readonly string[],
): (ReadonlySet<string> | undefined)[] {
  const arrivals: (ReadonlySet<string> | undefined)[] = flow.steps.map(() => undefined);
  arrivals[0] = new Set();
  const waiting = [0];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const step = flow.steps[index];
    const before = arrivals[index];
    if (step === undefined || before === undefined) continue;
    for (const to of waysFrom(flow, index)) {
      // A call that failed has given nothing.
      const failed = step.type === "call" && flow.steps[to]?.id === step.failed;
      const after = new Set(failed ? before : [...before, ...filledBy(step, gives)]);
      const known = arrivals[to];
      const both = known === undefined ? after : new Set([...known].filter((name) => after.has(name)));
      if (known !== undefined && both.size === known.size) continue;
      arrivals[to] = both;
      waiting.push(to);
    }
  }
  return arrivals;
}
