import type { Json } from "../../basics/activity.ts";
import type { ChooseStep, Option } from "../../content/content.ts";
import { offerPerson, type Draft } from "../decide/draft.ts";
import { onlySays, saysNo, saysYes } from "../decide/says.ts";
import { handOff } from "../handoff/hand-off.ts";
import type { OpenDialog } from "../state.ts";
import type { Question } from "./open-step.ts";
import { pickedNumber } from "./picked-number.ts";
import { askQuestion, optionPayload, remember, runFrom, stepAfter } from "./run-flow.ts";
import { answerTo, optionSaid } from "./slots.ts";

/** Takes what the customer sent as the answer to the open question. False when it does not fit. */
export function answerQuestion(draft: Draft, question: Question): boolean {
  const { step, open } = question;
  if (step.type === "choose") {
    const option = chosen(draft, question.flow.id, step);
    if (option === undefined) return false;
    pick(draft, question, step, option);
    return true;
  }
  if (open.confirming === true && confirmed(draft, question)) return true;
  const { phrases } = draft.input.content.shared;
  if (step.optional && onlySays(draft, phrases.skip)) {
    skip(draft, question);
    return true;
  }
  const value = answerOf(draft, question);
  if (value === undefined) return false;
  take(draft, question, value);
  return true;
}

/** The value in the customer's message that the question would take. */
export function answerOf(draft: Draft, { step }: Question): Json | undefined {
  const { recognition, now } = draft.input;
  return step.type === "ask" ? answerTo(step, draft.heard, recognition?.entities ?? [], now) : undefined;
}

/** Passes over a question that may be skipped. */
export function skip(draft: Draft, { flow, step, open }: Question): void {
  if (step.type !== "ask") return;
  runFrom(draft, flow, stepAfter(flow, step), { ...open, slots: { ...open.slots, [step.slot]: null } });
}

/** Fills the slot; where the answer must be confirmed, asks for that first. */
export function take(draft: Draft, { flow, step, open }: Question, value: Json): void {
  if (step.type !== "ask") return;
  const filled: OpenDialog = { ...open, slots: { ...open.slots, [step.slot]: value } };
  draft.outcome = "answered";
  if (step.confirm !== undefined) {
    // Whatever is said takes the place of what was to be confirmed, but not without end.
    const asked = open.confirming === true ? open.asked + 1 : 1;
    if (asked > step.tries) {
      draft.state = { ...draft.state, open: filled };
      handOff(draft, "repeatedFallback");
      return;
    }
    askQuestion(draft, { flow, step, open: { ...filled, confirming: true, asked } });
    return;
  }
  remember(draft, step, filled.slots);
  runFrom(draft, flow, stepAfter(flow, step), filled);
}

/** Yes goes on, no asks anew. False for anything else. */
function confirmed(draft: Draft, { flow, step, open }: Question): boolean {
  if (step.type !== "ask") return false;
  if (saysYes(draft)) {
    remember(draft, step, open.slots);
    runFrom(draft, flow, stepAfter(flow, step), open);
    return true;
  }
  if (!saysNo(draft)) return false;
  const { [step.slot]: _refused, ...slots } = open.slots;
  draft.outcome = "answered";
  askQuestion(draft, { flow, step, open: { ...open, slots, confirming: undefined, asked: 1 } });
  return true;
}

/** The option that was tapped, named, or picked by its number. */
function chosen({ heard }: Draft, flow: string, step: ChooseStep): Option | undefined {
  const prefix = `${optionPayload}${flow}:${step.id}:`;
  if (heard.payload !== undefined)
    return heard.payload.startsWith(prefix)
      ? step.options.find(({ id }) => id === heard.payload?.slice(prefix.length))
      : undefined;
  const said = optionSaid(step, heard.words);
  if (said !== undefined) return said;
  const index = pickedNumber(heard.text, step.options.length);
  return index === undefined ? undefined : step.options[index];
}

function pick(draft: Draft, { flow, open }: Question, step: ChooseStep, option: Option): void {
  const slots = step.slot === undefined ? open.slots : { ...open.slots, [step.slot]: option.id };
  runFrom(draft, flow, stepAfter(flow, step, option.next ?? step.next), { ...open, slots });
}

/** The answer did not fit: asks again in other words, and after `tries` a person takes over. */
export function askAgain(draft: Draft, { flow, step, open }: Question): void {
  draft.dialog = { id: flow.id, step: step.id };
  if (open.asked >= step.tries) {
    handOff(draft, "repeatedFallback");
    return;
  }
  const { pickOne } = draft.input.content.shared;
  const confirming = step.type === "ask" && open.confirming === true ? step.confirm : undefined;
  const saying = step.type === "ask" ? (confirming ?? step.retry) : (step.retry ?? pickOne);
  askQuestion(draft, { flow, step, open: { ...open, asked: open.asked + 1 } }, { part: ".retry", saying });
  if (confirming === undefined) offerPerson(draft);
  draft.outcome = "clarified";
}
