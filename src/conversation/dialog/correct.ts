import { phraseWords } from "../../content/phrase-list.ts";
import type { AskStep } from "../../content/content.ts";
import type { Draft } from "../decide/draft.ts";
import type { At } from "./open-step.ts";
import { answerTo } from "./slots.ts";
import { askQuestion } from "./run-flow.ts";
import { take } from "./answer-question.ts";

/** Longer messages tell a story: what looks like a correction in one is part of it. Words. */
const longestCorrection = 12;

/**
 * Takes back an answer given earlier in the open flow: "mali, 104234 pala" puts the new one in its place, "change the
 * number" asks for it again. What else was answered is not asked again. False when the message corrects nothing.
 */
export function correct(draft: Draft, { flow, step: current, open }: At): boolean {
  const { words } = draft.heard;
  if (words.length === 0 || words.length > longestCorrection) return false;
  const answered = flow.steps
    .filter(
      (step): step is AskStep => step.type === "ask" && step !== current && isFilled(open.slots[step.slot]),
    )
    .reverse();
  const given = Object.keys(open.slots).filter((slot) => isFilled(open.slots[slot]));
  const { recognition, now, content } = draft.input;
  for (const step of answered) {
    if (!step.fromOpening || step.photo) continue;
    const value = answerTo(step, draft.heard, recognition?.entities ?? [], now);
    if (value === undefined || value === open.slots[step.slot]) continue;
    take(draft, { flow, step, open: { ...open, given, confirming: undefined } }, value);
    return true;
  }
  if (!content.shared.phrases.correct.isIn(words)) return false;
  const target = answered.find((step) => names(step, words)) ?? answered[0];
  if (target === undefined) return false;
  const { [target.slot]: _taken, ...slots } = open.slots;
  draft.outcome = "answered";
  askQuestion(draft, {
    flow,
    step: target,
    open: {
      ...open,
      slots,
      given: given.filter((slot) => slot !== target.slot),
      confirming: undefined,
      ticket: undefined,
      asked: 1,
    },
  });
  return true;
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Whether the message says a word of what the slot is called. */
function names({ title }: AskStep, words: readonly string[]): boolean {
  if (title === undefined) return false;
  return [title.en, title.fil].some((name) => phraseWords(name).some((word) => words.includes(word)));
}
