import type { Json } from "../../basics/activity.ts";
import type { AskStep, CallStep, ChooseStep, Flow, Option, Step } from "../../content/content.ts";
import { fileUnder, offer, offerButton, say, setTimer, type Draft } from "../decide/draft.ts";
import { handOff } from "../handoff/hand-off.ts";
import type { OpenDialog } from "../state.ts";
import { holds } from "./condition.ts";
import { openStep, placeIn, questionOf, type Question } from "./open-step.ts";
import { slotsIn, slotTexts } from "./slots.ts";

/** Fires when an action takes so long that the customer should hear a sentence. */
export const slowActionTimer = "action.slow";
export const optionPayload = "option:";

/** The step named `next`, else the one below. */
export function stepAfter(
  flow: Flow,
  step: Step,
  next = "next" in step ? step.next : undefined,
): Step | undefined {
  if (next !== undefined) return flow.steps.find(({ id }) => id === next);
  return flow.steps[flow.steps.indexOf(step) + 1];
}

/** The turn passed a step: it stands in the record, once where it is passed and asked. */
function passBy(draft: Draft, flow: Flow, step: string): void {
  draft.dialog = { id: flow.id, step };
  const last = draft.steps.at(-1);
  if (last?.dialog !== flow.id || last.step !== step) draft.steps.push({ dialog: flow.id, step });
}

/** Begins a flow. Slots that the visit remembers, that are given, or that the message names are not asked again. */
export function beginFlow(
  draft: Draft,
  flow: Flow,
  intent: string,
  given: Readonly<Record<string, Json>> = {},
): void {
  const first = flow.steps[0];
  if (first === undefined) return;
  const { content, recognition, now } = draft.input;
  const remembered = { ...draft.state.remembered, ...given };
  const slots: Record<string, Json> = {};
  for (const step of flow.steps) {
    const value = step.type === "ask" ? remembered[step.slot] : undefined;
    if (step.type === "ask" && value !== undefined) slots[step.slot] = value;
  }
  Object.assign(slots, slotsIn(flow, draft.heard, recognition?.entities ?? [], now));
  draft.outcome = "answered";
  runFrom(draft, flow, first, {
    dialog: flow.id,
    intent,
    step: first.id,
    slots,
    asked: 0,
    given: Object.keys(slots),
    contentVersion: content.version,
  });
}

/** Runs steps until one waits for the customer or for an action, or the flow ends. */
export function runFrom(draft: Draft, flow: Flow, start: Step | undefined, from: OpenDialog): void {
  let step = start;
  let open: OpenDialog = { ...from, confirming: undefined, asked: 0 };
  Object.assign(draft.slots, from.slots);
  // A flow may loop back by `next`; each step is passed once a turn at the most, so a turn always ends.
  const passed = new Set<Step>();
  const intent = draft.input.content.intents.get(open.intent);
  if (intent !== undefined) fileUnder(draft, intent, 1);
  draft.outcome = "answered";
  while (step !== undefined && !passed.has(step)) {
    passed.add(step);
    passBy(draft, flow, step.id);
    open = { ...open, step: step.id };
    switch (step.type) {
      case "say":
        say(draft, `${flow.id}.${step.id}`, step.say, slotTexts(flow, open.slots, draft.language));
        step = stepAfter(flow, step);
        break;
      case "ask": {
        const known = open.given?.includes(step.slot) === true;
        if (!known || step.confirm !== undefined) {
          askQuestion(draft, {
            flow,
            step,
            open: { ...open, asked: 1, ...(known ? { confirming: true } : {}) },
          });
          return;
        }
        open = passedOver(open, step.slot);
        if (step.known !== undefined)
          say(draft, `${flow.id}.${step.id}.known`, step.known, slotTexts(flow, open.slots, draft.language));
        remember(draft, step, open.slots);
        step = stepAfter(flow, step);
        break;
      }
      case "choose": {
        const option = givenOption(step, open);
        if (option === undefined) {
          askQuestion(draft, { flow, step, open: { ...open, asked: 1 } });
          return;
        }
        open = passedOver(open, step.slot);
        step = stepAfter(flow, step, option.next ?? step.next);
        break;
      }
      case "when":
        step = stepAfter(
          flow,
          step,
          holds(step.condition, open.slots, draft.state.verified) ? step.then : step.else,
        );
        break;
      case "call":
        if (step.needs === "verified" && !draft.state.verified) {
          if (step.unverified === undefined) {
            say(draft, "shared.notVerified", draft.input.content.shared.notVerified);
            leave(draft, open);
            return;
          }
          step = stepAfter(flow, step, step.unverified);
          break;
        }
        call(draft, step, open);
        return;
      case "handOff":
        leave(draft, open, step.team);
        return;
      case "done":
        step = undefined;
        break;
    }
  }
  endFlow(draft);
}

/** Gives the matter to a person, with what is known of it. */
function leave(draft: Draft, open: OpenDialog, team?: string): void {
  draft.state = { ...draft.state, open };
  handOff(draft, "policy", team);
}

/** A slot given before its question counts for one question: a flow that comes back to it asks. */
function passedOver(open: OpenDialog, slot: string | undefined): OpenDialog {
  return { ...open, given: open.given?.filter((name) => name !== slot) };
}

function givenOption({ slot, options }: ChooseStep, open: OpenDialog): Option | undefined {
  if (slot === undefined || open.given?.includes(slot) !== true) return undefined;
  return options.find(({ id }) => id === open.slots[slot]);
}

/** Later flows of the visit take the answer as given, where the content says so of the slot. */
export function remember(draft: Draft, step: AskStep, slots: OpenDialog["slots"]): void {
  const value = slots[step.slot];
  if (value === undefined || !draft.input.content.shared.rememberedSlots.has(step.slot)) return;
  draft.state = { ...draft.state, remembered: { ...draft.state.remembered, [step.slot]: value } };
}

/** The flow is over; one that it had interrupted goes on. */
function endFlow(draft: Draft): void {
  const { suspended } = draft.state;
  draft.state = { ...draft.state, open: undefined, suspended: undefined };
  if (suspended === undefined || draft.state.owner.type !== "bot") return;
  resume(draft, suspended);
}

/** Goes back to a flow: asks its open question again. One that the content no longer has is forgotten. */
export function resume(draft: Draft, suspended: OpenDialog): void {
  const at = placeIn(draft.input.content, suspended);
  if (at === undefined) return;
  // Interrupted before its first question: it begins now, with what was learnt meanwhile.
  if (suspended.asked === 0 && at.step === at.flow.steps[0]) {
    draft.state = { ...draft.state, suspended: undefined };
    beginFlow(draft, at.flow, suspended.intent, suspended.slots);
    return;
  }
  draft.state = { ...draft.state, open: suspended, suspended: undefined };
  const question = questionOf(at);
  if (question !== undefined) askQuestion(draft, question);
  // Interrupted before its first step was taken.
  else if (at.step.type !== "call") runFrom(draft, at.flow, at.step, suspended);
}

/** Says the open question, with its buttons, and waits. Buttons of answers given before it make room. */
export function askQuestion(draft: Draft, { flow, step, open }: Question, words = wordsOf(step, open)): void {
  const texts = slotTexts(flow, open.slots, draft.language);
  draft.quickReplies.splice(0, Infinity, ...draft.quickReplies.filter(isOurs));
  say(draft, `${flow.id}.${step.id}${words.part}`, words.saying, texts);
  if (step.type === "choose") {
    for (const option of step.options)
      offer(draft, option.title[draft.language], `${optionPayload}${flow.id}:${step.id}:${option.id}`);
  } else if (open.confirming === true) {
    offerButton(draft, "yes", "command:yes");
    offerButton(draft, "no", "command:no");
  } else if (step.optional) offerButton(draft, "skip", "command:skip");
  passBy(draft, flow, step.id);
  draft.state = { ...draft.state, open: { ...open, step: step.id } };
}

function isOurs({ payload }: { readonly payload: string }): boolean {
  return payload === "command:person";
}

function wordsOf(step: AskStep | ChooseStep, open: OpenDialog) {
  return step.type === "ask" && open.confirming === true && step.confirm !== undefined
    ? { part: ".confirm", saying: step.confirm }
    : { part: "", saying: step.say };
}

function call(draft: Draft, step: CallStep, open: OpenDialog): void {
  const input: Record<string, Json> = {};
  for (const slot of step.with) input[slot] = open.slots[slot] ?? null;
  const ticket = `${String(draft.input.seq)}.${String(draft.actions.length)}`;
  draft.actions.push({ action: step.action, needs: step.needs, ticket, input });
  draft.state = { ...draft.state, open: { ...open, ticket } };
  setTimer(draft, slowActionTimer, draft.input.now + step.slowAfterMs);
}

/** Asks the question that is open, again, after something else was answered. */
export function askOpenQuestion(draft: Draft): void {
  const question = questionOf(openStep(draft));
  if (question !== undefined) askQuestion(draft, question);
}
