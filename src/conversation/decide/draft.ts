import type { Attachment, Json, QuickReply, Reply } from "../../basics/activity.ts";
import type { Button, Intent, Locale, Saying, Variant } from "../../content/content.ts";
import type { ActionRequest, Category, Decision, TimerChange } from "../decision.ts";
import type { Outcome } from "../outcome.ts";
import type { ConversationState, HandOffReason } from "../state.ts";
import type { CaseChange } from "../handoff/case-change.ts";
import type { DecisionInput } from "./decision-input.ts";
import { heardIn, type Heard } from "./heard.ts";

interface Paragraph {
  readonly text: string;
  /** The same in its short form, where it has one. */
  readonly short: string | undefined;
  readonly script: string;
  readonly variant: string;
}

/** A decision in the making. Lives for one call of `decide` and is never shared. */
export interface Draft {
  readonly input: DecisionInput;
  heard: Heard;
  state: ConversationState;
  readonly language: Locale;
  readonly paragraphs: Paragraph[];
  readonly attachments: Attachment[];
  readonly quickReplies: QuickReply[];
  /** The reply leads to the web chat. */
  opensWeb: boolean;
  readonly actions: ActionRequest[];
  readonly timers: TimerChange[];
  category: Category;
  outcome: Outcome;
  dialog: Decision["dialog"];
  /** Intents that the turn talked about, in order. */
  readonly concerned: Set<string>;
  readonly steps: { readonly dialog: string; readonly step: string }[];
  /** What flows knew in this turn. */
  readonly slots: Record<string, Json>;
  readonly cases: CaseChange[];
  /** Sent as they are, before anything of ours: what a person wrote, what a channel's law wants said. */
  readonly agentReplies: Reply[];
  handOff: Decision["handOff"];
}

export const uncategorized: Category = {
  kind: "other",
  stage: null,
  intent: null,
  topic: null,
  decidedBy: "bot",
  confidence: null,
};

/** Mixed lines are answered in Filipino with English terms; unknown ones as before, else as the client's interface. */
function languageOf(input: DecisionInput): Locale {
  const heard = input.recognition?.language;
  if (heard === "en") return "en";
  if (heard === "fil" || heard === "mixed") return "fil";
  return input.state.language ?? (/^(fil|tl)\b/iu.test(input.activity.locale ?? "") ? "fil" : "en");
}

export function newDraft(input: DecisionInput): Draft {
  const language = languageOf(input);
  return {
    input,
    heard: heardIn(input.activity),
    state: input.state.language === language ? input.state : { ...input.state, language },
    language,
    paragraphs: [],
    attachments: [],
    quickReplies: [],
    opensWeb: false,
    actions: [],
    timers: [],
    category: uncategorized,
    outcome: "silent",
    dialog: null,
    concerned: new Set(),
    steps: [],
    slots: {},
    cases: [],
    agentReplies: [],
    handOff: null,
  };
}

/** Files the turn under an intent. The first of several keeps the category. */
export function fileUnder(draft: Draft, intent: Intent, confidence: number): void {
  draft.concerned.add(intent.id);
  if (draft.category.intent !== null) return;
  draft.category = {
    kind: intent.kind,
    stage: intent.stage,
    intent: intent.id,
    topic: intent.topic ?? null,
    decidedBy: "bot",
    confidence,
  };
}

/** FNV-1a, 32 bits (draft-eastlake-fnv, public domain): spreads texts evenly over small numbers; no secret in it. */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The same customer hears the same wording of a script each time; customers are spread evenly over the wordings. */
function chooseVariant(saying: Saying, script: string, conversationId: string): Variant | undefined {
  if (saying.variants.length < 2) return saying.variants[0];
  return saying.variants[spread(`${conversationId}\n${script}`) % saying.variants.length];
}

function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  if (!text.includes("{")) return text;
  return text.replace(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole);
}

/** A saying as this customer reads it; undefined when it has no wording at all. */
export function wordingOf(
  draft: Draft,
  script: string,
  saying: Saying,
  values: Readonly<Record<string, string>> = {},
): Paragraph | undefined {
  const variant = chooseVariant(saying, script, draft.input.conversationId);
  if (variant === undefined) return undefined;
  return {
    text: fillIn(variant.text[draft.language], values),
    short: variant.sms === undefined ? undefined : fillIn(variant.sms[draft.language], values),
    script,
    variant: variant.id,
  };
}

/** Adds one saying to the reply: its wording in the customer's language, and its choices as quick replies. */
export function say(
  draft: Draft,
  script: string,
  saying: Saying,
  values: Readonly<Record<string, string>> = {},
): void {
  const wording = wordingOf(draft, script, saying, values);
  if (wording === undefined) return;
  draft.paragraphs.push(wording);
  draft.attachments.push(...saying.attachments);
  for (const choice of saying.choices) offer(draft, choice.title[draft.language], `intent:${choice.intent}`);
}

export function offer(draft: Draft, title: string, payload: string): void {
  if (!draft.quickReplies.some((other) => other.payload === payload))
    draft.quickReplies.push({ title, payload });
}

/** A button of dialogs/shared.yaml, in the customer's language. */
export function offerButton(draft: Draft, button: Button, payload: string): void {
  offer(draft, draft.input.content.shared.buttons[button][draft.language], payload);
}

export function offerPerson(draft: Draft): void {
  offerButton(draft, "person", "command:person");
}

export function setTimer(draft: Draft, name: string, dueAt: number): void {
  draft.timers.push({ name, dueAt });
  draft.state = { ...draft.state, timers: { ...draft.state.timers, [name]: draft.input.seq } };
}

export function cancelTimer(draft: Draft, name: string): void {
  if (draft.state.timers[name] === undefined) return;
  const { [name]: _cancelled, ...others } = draft.state.timers;
  draft.timers.push({ name, cancel: true });
  draft.state = { ...draft.state, timers: others };
}

export function handOffNoted(draft: Draft, reason: HandOffReason, team: string): void {
  draft.handOff = { reason, team };
  draft.outcome = "handedOff";
}
