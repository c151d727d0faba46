import { isJsonObject, type Json } from "../../basics/activity.ts";
import type { AskStep, CallStep, Flow, Step } from "../../content/content.ts";
import type { OpenDialog } from "../state.ts";
import { cancelTimer, say, setTimer, type Draft } from "../decide/draft.ts";
import { handOff } from "../handoff/hand-off.ts";

/** Fires when an action takes so long that the customer should hear a sentence. */
export const slowActionTimer = "action.slow";

function slotTexts(slots: OpenDialog["slots"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(slots).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

function stepAfter(flow: Flow, step: Step): Step | undefined {
  const next = "next" in step ? step.next : undefined;
  if (next !== undefined) return flow.steps.find(({ id }) => id === next);
  return flow.steps[flow.steps.indexOf(step) + 1];
}

function close(draft: Draft): void {
  draft.state = { ...draft.state, open: undefined };
}

/** Runs steps until one waits for the customer or for an action, or the flow ends. */
function runFrom(draft: Draft, flow: Flow, start: Step | undefined, open: OpenDialog): void {
  let step = start;
  // A flow may loop back by `next`; each step is passed once a turn at the most, so a turn always ends.
  const passed = new Set<Step>();
  while (step !== undefined && !passed.has(step)) {
    passed.add(step);
    draft.dialog = { id: flow.id, step: step.id };
    draft.steps.push({ dialog: flow.id, step: step.id });
    const here: OpenDialog = { ...open, step: step.id };
    switch (step.type) {
      case "say":
        say(draft, `${flow.id}.${step.id}`, step.say, slotTexts(open.slots));
        step = stepAfter(flow, step);
        break;
      case "ask":
        say(draft, `${flow.id}.${step.id}`, step.say, slotTexts(open.slots));
        draft.state = { ...draft.state, open: { ...here, asked: 1 } };
        return;
      case "call":
        call(draft, step, here);
        return;
      case "handOff":
        handOff(draft, "policy", step.team);
        return;
      case "done":
        close(draft);
        return;
    }
  }
  close(draft);
}

function call(draft: Draft, step: CallStep, open: OpenDialog): void {
  if (step.needs === "verified" && !draft.state.verified) {
    handOff(draft, "policy");
    return;
  }
  const input: Record<string, Json> = {};
  for (const slot of step.with) input[slot] = open.slots[slot] ?? null;
  draft.actions.push({ action: step.action, needs: step.needs, input });
  draft.state = { ...draft.state, open };
  setTimer(draft, slowActionTimer, draft.input.now + step.slowAfterMs);
}

export function beginFlow(draft: Draft, flow: Flow, intent: string): void {
  const first = flow.steps[0];
  if (first === undefined) return;
  draft.outcome = "answered";
  runFrom(draft, flow, first, {
    dialog: flow.id,
    intent,
    step: first.id,
    slots: {},
    asked: 0,
    contentVersion: draft.input.content.version,
  });
}

/** The flow and step that are open in this content; absent when the content no longer has them. */
export function openStep(draft: Draft): { flow: Flow; step: Step; open: OpenDialog } | undefined {
  const { open } = draft.state;
  if (open === undefined) return undefined;
  const flow = draft.input.content.dialogs.get(open.dialog);
  if (flow?.type !== "flow") return undefined;
  const step = flow.steps.find(({ id }) => id === open.step);
  return step === undefined ? undefined : { flow, step, open };
}

/** What the customer wrote, taken as the answer to the open question. False when it does not fit. */
export function answerQuestion(
  draft: Draft,
  flow: Flow,
  step: AskStep,
  open: OpenDialog,
  text: string,
): boolean {
  const found = new RegExp(step.pattern, "iu").exec(text);
  if (found === null) return false;
  draft.outcome = "answered";
  runFrom(draft, flow, stepAfter(flow, step), {
    ...open,
    slots: { ...open.slots, [step.slot]: found[1] ?? found[0] },
    asked: 0,
  });
  return true;
}

/** The answer did not fit: asks again, and after `tries` a person takes over. */
export function askAgain(draft: Draft, flow: Flow, step: AskStep, open: OpenDialog): void {
  draft.dialog = { id: flow.id, step: step.id };
  if (open.asked >= step.tries) {
    handOff(draft, "repeatedFallback");
    return;
  }
  say(draft, `${flow.id}.${step.id}.retry`, step.retry, slotTexts(open.slots));
  draft.state = { ...draft.state, open: { ...open, asked: open.asked + 1 } };
  draft.outcome = "clarified";
}

/** An action's result arrived: goes on where the flow waited for it. A late result of an abandoned flow changes nothing. */
export function actionReturned(
  draft: Draft,
  result: { ok: true; value: Json } | { ok: false; reason: string },
): void {
  const at = openStep(draft);
  if (at === undefined || at.step.type !== "call") return;
  cancelTimer(draft, slowActionTimer);
  const { flow, step, open } = at;
  if (result.ok) {
    const values = isJsonObject(result.value) ? result.value : { result: result.value };
    draft.outcome = "answered";
    runFrom(draft, flow, stepAfter(flow, step), { ...open, slots: { ...open.slots, ...values } });
    return;
  }
  const failed = flow.steps.find(({ id }) => id === step.failed);
  if (failed !== undefined) {
    draft.outcome = "answered";
    runFrom(draft, flow, failed, open);
    return;
  }
  say(draft, "shared.actionFailed", draft.input.content.shared.actionFailed);
  handOff(draft, "actionFailed");
}

/** The action is still running: one sentence, so that nobody waits in silence. */
export function actionIsSlow(draft: Draft): void {
  const at = openStep(draft);
  cancelTimer(draft, slowActionTimer);
  if (at === undefined || at.step.type !== "call" || at.step.slow === undefined) return;
  draft.dialog = { id: at.flow.id, step: at.step.id };
  say(draft, `${at.flow.id}.${at.step.id}.slow`, at.step.slow);
  draft.outcome = "answered";
}
