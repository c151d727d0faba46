import type { Flow, Intent } from "../../content/content.ts";
import { bareWords } from "../../content/bare-words.ts";
import { beginFlow } from "../dialog/run-flow.ts";
import { handOff } from "../handoff/hand-off.ts";
import { fileUnder, say, type Draft } from "./draft.ts";

export interface Sure {
  readonly intent: Intent;
  readonly confidence: number;
}

/** The intents that the message surely carries, in its order, each once. */
export function sureIntents(draft: Draft): readonly Sure[] {
  const { content, recognition, thresholds } = draft.input;
  const sure: Sure[] = [];
  for (const part of recognition?.parts ?? []) {
    const best = part.candidates[0];
    if (best === undefined || best.confidence < thresholds.accept) continue;
    const intent = content.intents.get(best.intent);
    if (intent !== undefined && isVague(draft, intent)) continue;
    if (intent !== undefined && !sure.some((other) => other.intent === intent))
      sure.push({ intent, confidence: best.confidence });
  }
  return sure;
}

/**
 * One word alone ("account", "rider") names a topic and no wish, however sure the recognizer is of the one intent that
 * it met the word in: the customer is shown choices, unless the content itself teaches that word as a whole message.
 * Greetings and thanks need no second word.
 */
function isVague(draft: Draft, intent: Intent): boolean {
  const { words } = draft.heard;
  const [word] = words;
  if (words.length !== 1 || word === undefined || intent.kind === "other") return false;
  const { en, fil } = intent.utterances;
  const isWhole = (line: string) => bareWords(line) === word;
  return !en.some(isWhole) && !fil.some(isWhole);
}

/** Courtesies, as greetings and thanks, are answered only where nothing else was said. */
export function matters(sure: readonly Sure[]): readonly Sure[] {
  const others = sure.filter(({ intent }) => intent.kind !== "other");
  return others.length > 0 ? others : sure.slice(0, 1);
}

/**
 * Answers what was asked, all in one reply: scripts in the order asked, then flows, whose question must come last to be
 * answered. A second flow waits until the first is over.
 */
export function answerAll(draft: Draft, asked: readonly Sure[]): void {
  const flows: { readonly flow: Flow; readonly intent: Intent }[] = [];
  const said = new Set<string>();
  if (draft.state.misses > 0) draft.state = { ...draft.state, misses: 0 };
  for (const { intent, confidence } of asked) {
    fileUnder(draft, intent, confidence);
    // A thank-you in between changes no matter at hand.
    if (intent.kind !== "other" && intent.id !== draft.state.lastIntent)
      draft.state = { ...draft.state, lastIntent: intent.id };
    if (said.has(intent.dialog)) continue;
    said.add(intent.dialog);
    const dialog = draft.input.content.dialogs.get(intent.dialog);
    if (dialog?.type === "flow") flows.push({ flow: dialog, intent });
    else if (dialog !== undefined) {
      draft.dialog ??= { id: dialog.id, step: null };
      say(draft, dialog.id, dialog.say);
      draft.outcome = "answered";
    }
  }
  for (const { flow, intent } of flows) {
    if (draft.state.owner.type !== "bot") return;
    if (draft.state.open === undefined) beginFlow(draft, flow, intent.id);
    else if (draft.state.suspended === undefined) wait(draft, flow, intent);
  }
  if (asked.some(({ intent }) => !draft.input.content.dialogs.has(intent.dialog))) handOff(draft, "noScript");
}

/** A flow that begins when the open one is over. */
function wait(draft: Draft, flow: Flow, intent: Intent): void {
  const [first] = flow.steps;
  if (first === undefined) return;
  const suspended = {
    dialog: flow.id,
    intent: intent.id,
    step: first.id,
    slots: {},
    asked: 0,
    contentVersion: draft.input.content.version,
  };
  draft.state = { ...draft.state, suspended };
}
