import { isJsonObject, type ActionResultActivity } from "../../basics/activity.ts";
import { cancelTimer, say, type Draft } from "../decide/draft.ts";
import { handOff } from "../handoff/hand-off.ts";
import type { OpenDialog } from "../state.ts";
import { openStep, placeIn, type At } from "./open-step.ts";
import { askOpenQuestion, runFrom, slowActionTimer, stepAfter } from "./run-flow.ts";

/**
 * An action's result arrived: goes on where a flow waits for it, also when another question was opened meanwhile.
 * The result of a request that nobody waits for any more changes nothing.
 */
export function actionReturned(draft: Draft, returned: ActionResultActivity): void {
  const { open, suspended } = draft.state;
  const here = waiting(draft, open, returned);
  if (here !== undefined) {
    goOn(draft, here, returned.result);
    return;
  }
  const aside = waiting(draft, suspended, returned);
  if (aside === undefined) return;
  // Another flow asks something now: this one says its news, and the question of the other is asked again.
  draft.state = { ...draft.state, open: aside.open, suspended: undefined };
  goOn(draft, aside, returned.result);
  if (draft.state.owner.type !== "bot" || open === undefined) return;
  if (draft.state.open === undefined) {
    draft.state = { ...draft.state, open };
    askOpenQuestion(draft);
  } else {
    draft.state = { ...draft.state, suspended: open };
  }
}

function waiting(
  draft: Draft,
  open: OpenDialog | undefined,
  { action, ticket }: ActionResultActivity,
): At | undefined {
  const at = placeIn(draft.input.content, open);
  if (at?.step.type !== "call" || at.step.action !== action) return undefined;
  return ticket === undefined || ticket === at.open.ticket ? at : undefined;
}

function goOn(draft: Draft, { flow, step, open }: At, result: ActionResultActivity["result"]): void {
  cancelTimer(draft, slowActionTimer);
  if (step.type !== "call") return;
  if (result.ok) {
    const values = isJsonObject(result.value) ? result.value : { result: result.value };
    runFrom(draft, flow, stepAfter(flow, step), { ...open, slots: { ...open.slots, ...values } });
    return;
  }
  const failed = flow.steps.find(({ id }) => id === step.failed);
  if (failed !== undefined) {
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
  if (at?.step.type !== "call" || at.step.slow === undefined) return;
  draft.dialog = { id: at.flow.id, step: at.step.id };
  say(draft, `${at.flow.id}.${at.step.id}.slow`, at.step.slow);
  draft.outcome = "answered";
}
