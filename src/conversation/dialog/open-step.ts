import type { AskStep, ChooseStep, Content, Flow, Step } from "../../content/content.ts";
import type { Draft } from "../decide/draft.ts";
import type { OpenDialog } from "../state.ts";

/** Where an open dialog stands in this content. */
export interface At {
  readonly flow: Flow;
  readonly step: Step;
  readonly open: OpenDialog;
}
/** An open dialog that waits for the customer. */
export interface Question extends At {
  readonly step: AskStep | ChooseStep;
}

/** The flow and step of an open dialog; undefined when there is none or the content no longer has them. */
export function placeIn(content: Content, open: OpenDialog | undefined): At | undefined {
  if (open === undefined) return undefined;
  const flow = content.dialogs.get(open.dialog);
  if (flow?.type !== "flow") return undefined;
  const step = flow.steps.find(({ id }) => id === open.step);
  return step === undefined ? undefined : { flow, step, open };
}

export function openStep(draft: Draft): At | undefined {
  return placeIn(draft.input.content, draft.state.open);
}

/** Whether the open question takes free words, so that "2" is an answer to it and no pick among buttons. */
export function waitsForWords(at: At | undefined): boolean {
  return at?.step.type === "ask" && at.open.confirming !== true;
}

export function questionOf(at: At | undefined): Question | undefined {
  if (at === undefined) return undefined;
  const { flow, step, open } = at;
  return step.type === "ask" || step.type === "choose" ? { flow, step, open } : undefined;
}
