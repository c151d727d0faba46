import type { AgentActivity, InboundActivity } from "../basics/activity.ts";
import { newId } from "../basics/ids.ts";
import type { Clock } from "../basics/time.ts";
import type { Content } from "../content/content.ts";
import { namedOwnerOf } from "../content/ownership.ts";
import { decide, needsRecognition } from "../conversation/decide/decide.ts";
import { ladderThresholds } from "../conversation/decide/ladder-thresholds.ts";
import type { Decision } from "../conversation/decision.ts";
import type { Recognition } from "../conversation/recognized.ts";
import type { ConversationState } from "../conversation/state.ts";
import type { RecognitionContext, Recognizer } from "../recognition/recognizer.ts";
import type { Burst } from "./burst.ts";
import type { BotHost } from "./host.ts";
import type { ConversationRow, TurnCommit } from "./ports.ts";
import type { ScriptValues } from "../basics/masking/script-values.ts";
import { maskCommit } from "./masking/mask-commit.ts";
import { commitOf, type FinishedTurn } from "./turn-record.ts";

/** Content and the model trained on it are swapped only together; a turn holds one pair from begin to end. */
export interface ContentAndModel {
  readonly content: Content;
  readonly recognizer: Recognizer;
}

export interface TurnTools {
  readonly clock: Clock;
  readonly host: BotHost;
  /** Of what the bot says, for masking. */
  readonly scripts: ScriptValues;
  readonly pair: () => ContentAndModel;
  readonly entryOf: FinishedTurn["entryOf"];
  readonly channelOf: FinishedTurn["channelOf"];
  /** Ids of turns; by the system's clock unless told otherwise. They sort by time, so a set clock needs its own. */
  readonly newId?: (() => string) | undefined;
}

function recognitionContext(state: ConversationState, content: Content): RecognitionContext {
  const open = state.open === undefined ? undefined : content.dialogs.get(state.open.dialog);
  const step = open?.type === "flow" ? open.steps.find(({ id }) => id === state.open?.step) : undefined;
  const stage = state.lastIntent === undefined ? undefined : content.intents.get(state.lastIntent)?.stage;
  return {
    ...(state.open === undefined ? {} : { openIntent: state.open.intent }),
    ...(step?.type === "ask" ? { expectedSlot: step.slot } : {}),
    ...(state.offered === undefined
      ? {}
      : {
          offeredIntents: state.offered,
          offeredLabels: state.offered.map((id) =>
            Object.values(content.intents.get(id)?.title ?? {}).join(" "),
          ),
        }),
    ...(stage === undefined ? {} : { stage }),
  };
}

/** Middleware ended the turn before the bot saw it: the state stays, what middleware said is still said. */
function undecided(state: ConversationState): Decision {
  return {
    state,
    replies: [],
    actions: [],
    timers: [],
    category: { kind: "other", stage: null, intent: null, topic: null, decidedBy: "bot", confidence: null },
    outcome: "silent",
    visitId: state.visit?.id ?? null,
    concern: null,
    dialog: null,
    said: [],
    steps: [],
    cases: [],
    handOff: null,
    slots: {},
  };
}

/** The channel's law on what a person writes now, asked before it is decided: nobody is told of an answer that stays. */
function agentForbidden(
  { channelOf }: TurnTools,
  conversation: ConversationRow,
  { agent, text = "", key }: AgentActivity,
  at: number,
): string | undefined {
  const reply = { text, agent };
  return channelOf(conversation)?.forbids?.({ outboxId: key, conversation, reply, replyTo: null, at });
}

/** Recognizes and decides one burst of one conversation: everything of a turn up to its commit. Writes nothing. */
export async function runTurn(
  tools: TurnTools,
  conversation: ConversationRow,
  burst: Burst,
): Promise<TurnCommit> {
  const { content, recognizer } = tools.pair();
  const { state } = conversation;
  const turnId = (tools.newId ?? newId)();
  const at = tools.clock.now();
  let recognition: Recognition | undefined;

  const decideOn = async (activity: InboundActivity): Promise<Decision> => {
    recognition = undefined;
    if (activity.type === "message" && needsRecognition(activity, state, content)) {
      const said = recognizer.recognize(activity.text, recognitionContext(state, content));
      recognition = said instanceof Promise ? await said : said;
    }
    return decide({
      conversationId: conversation.id,
      channel: conversation.address.channel,
      web: tools.channelOf(conversation)?.capabilities.web,
      seq: conversation.version + 1,
      now: at,
      activity,
      state,
      content,
      recognition,
      agentForbidden:
        activity.type === "agent" ? agentForbidden(tools, conversation, activity, at) : undefined,
      thresholds: ladderThresholds(recognizer.thresholds),
    });
  };
  const { decision, staged } = await tools.host.run({
    turnId,
    conversation,
    activity: burst.activity,
    decide: decideOn,
  });
  const decided = decision ?? undecided(state);
  const commit = commitOf({
    turnId,
    conversation,
    burst,
    recognition,
    decision: decided,
    team: namedOwnerOf(content, {
      stage: decided.category.stage,
      lifecycle: decided.state.lifecycle,
      channel: conversation.address.channel,
    }),
    staged,
    contentVersion: content.version,
    entryOf: tools.entryOf,
    channelOf: tools.channelOf,
    at,
  });
  return maskCommit(commit, conversation.vault, decided.slots, { content, scripts: tools.scripts });
}
