import type { Reply } from "../../basics/activity.ts";
import type { Decision } from "../decision.ts";
import type { Concern, ConversationState } from "../state.ts";
import { wishedChannelIn } from "../category/wished-channel.ts";
import { say, type Draft } from "./draft.ts";
import { endVisit } from "./visit.ts";

const intentPayload = "intent:";
/** Concerns that are remembered: enough for every follow-up, and the state stays small. */
const mostConcerns = 10;

/** Closes the draft: one turn has at most one reply, and the first reply of all says what we are. */
export function finish(draft: Draft): Decision {
  const reply = replyOf(draft);
  if (reply !== undefined) {
    const taps = reply.quickReplies;
    const offered = (taps ?? []).flatMap(({ payload }) =>
      payload.startsWith(intentPayload) ? [payload.slice(intentPayload.length)] : [],
    );
    draft.state = {
      ...draft.state,
      repliedTurns: draft.state.repliedTurns + 1,
      offered: offered.length > 0 ? offered : undefined,
      choices: taps,
      lastScript: reply.script,
    };
  }
  draft.state = withVisit(draft, reply !== undefined);
  // Whoever takes over begins anew: nothing of ours waits for the customer any more.
  if (draft.state.owner.type !== "bot")
    draft.state = {
      ...draft.state,
      open: undefined,
      suspended: undefined,
      asking: undefined,
      choices: undefined,
      offered: undefined,
    };
  const visitId = draft.state.visit?.id ?? null;
  if (draft.cases.some(({ type }) => type === "closed")) draft.state = endVisit(draft.state);
  const { intent } = draft.category;
  const { activity, content } = draft.input;
  const wishedChannel =
    activity.type === "message" ? wishedChannelIn(draft.heard.words, content.shared.phrases) : undefined;
  return {
    state: draft.state,
    replies: [...draft.agentReplies, ...(reply === undefined ? [] : [reply])],
    actions: draft.actions,
    timers: draft.timers,
    category: draft.category,
    outcome: draft.outcome,
    visitId,
    concern: visitId === null || intent === null ? null : { visit: visitId, intent },
    dialog: draft.dialog,
    said: draft.paragraphs.map(({ script, variant }) => ({ script, variant })),
    steps: draft.steps,
    cases: draft.cases,
    handOff: draft.handOff,
    slots: draft.slots,
    ...(wishedChannel === undefined ? {} : { wishedChannel }),
  };
}

function replyOf(draft: Draft): Reply | undefined {
  const first = draft.paragraphs[0];
  if (first === undefined) return undefined;
  if (draft.state.repliedTurns === 0) say(draft, "shared.disclosure", draft.input.content.shared.disclosure);
  return {
    text: draft.paragraphs.map(({ text }) => text).join("\n\n"),
    ...(draft.paragraphs.some(({ short }) => short !== undefined)
      ? { short: draft.paragraphs.map(({ text, short }) => short ?? text).join("\n\n") }
      : {}),
    ...(draft.attachments.length > 0 ? { attachments: draft.attachments } : {}),
    ...(draft.quickReplies.length > 0 ? { quickReplies: draft.quickReplies } : {}),
    ...(draft.opensWeb ? { opensWeb: draft.input.content.shared.buttons.web[draft.language] } : {}),
    language: draft.language,
    script: first.script,
    variant: first.variant,
  };
}

/** The visit goes on as long as either side speaks; what the turn talked about becomes its newest concerns. */
function withVisit(draft: Draft, replied: boolean): ConversationState {
  const { state, input, outcome, concerned, agentReplies } = draft;
  const { visit } = state;
  const opened = draft.cases.find(({ type }) => type === "opened" || type === "rejoined")?.caseId;
  if (visit === undefined) return state;
  const spoken =
    replied ||
    input.activity.type === "message" ||
    input.activity.type === "choice" ||
    agentReplies.length > 0;
  return {
    ...state,
    visit: spoken ? { ...visit, lastAt: Math.max(visit.lastAt, input.now) } : visit,
    concerns: withConcerns(state, concerned, (intent) => ({
      ...state.concerns?.find((earlier) => earlier.visit === visit.id && earlier.intent === intent),
      intent,
      visit: visit.id,
      at: input.now,
      outcome,
      ...(opened === undefined ? {} : { caseId: opened }),
      ...(state.remembered === undefined ? {} : { slots: state.remembered }),
    })),
  };
}

function withConcerns(
  { concerns = [], visit }: ConversationState,
  intents: ReadonlySet<string>,
  concernOf: (intent: string) => Concern,
): readonly Concern[] {
  if (intents.size === 0) return concerns;
  const others = concerns.filter((earlier) => earlier.visit !== visit?.id || !intents.has(earlier.intent));
  return [...others, ...[...intents].map(concernOf)].slice(-mostConcerns);
}
