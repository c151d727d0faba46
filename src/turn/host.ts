import "./host-loads-later.ts";
import {
  ActivityHandler,
  ActivityTypes,
  type Activity,
  type ConversationReference,
  type Middleware,
  type ResourceResponse,
  type TurnContext,
} from "botbuilder";
import { z } from "zod";
import type { Attachment, InboundActivity, Reply } from "../basics/activity.ts";
import type { Decision } from "../conversation/decision.ts";
import { HostedAdapter, HostedContext } from "./host-context.ts";
import type { ConversationRow } from "./ports.ts";

/* The one door of the Bot Framework SDK. It hosts a turn: middleware runs around the decision, and replies are
 * staged, never sent from here. The SDK was archived at the end of 2025; nothing else knows it exists. */

/** Bot Framework middleware, as businesses write it. */
export type TurnMiddleware = Middleware;

/** One reply that the turn staged, with the delay that middleware asked for before it. */
export interface StagedReply {
  readonly reply: Reply;
  readonly delayMs: number;
}

export interface HostedTurn {
  readonly turnId: string;
  readonly conversation: ConversationRow;
  readonly activity: InboundActivity;
  /** Recognizes and decides; gets the activity as middleware left it. */
  decide(activity: InboundActivity): Promise<Decision>;
}

export interface HostedResult {
  /** Absent when middleware ended the turn before the bot saw it. */
  readonly decision: Decision | undefined;
  readonly staged: readonly StagedReply[];
}

interface Stage {
  readonly turn: HostedTurn;
  readonly replies: StagedReply[];
  delayMs: number;
  decision: Decision | undefined;
}

const stageKey = Symbol("stage");

function stageOf(context: TurnContext): Stage {
  const stage: Stage | undefined = context.turnState.get(stageKey);
  if (stage === undefined) throw new TypeError("A turn context of another adapter reached this one");
  return stage;
}

/** Replies are staged in memory until the turn commits; a throw anywhere discards them all. */
class StagingAdapter extends HostedAdapter {
  host(turn: HostedTurn, logic: (context: TurnContext) => Promise<void>): Promise<HostedResult> {
    const context = new HostedContext(this, toFramework(turn));
    const stage: Stage = { turn, replies: [], delayMs: 0, decision: undefined };
    context.turnState.set(stageKey, stage);
    return this.runMiddleware(context, logic).then(() => ({
      decision: stage.decision,
      staged: stage.replies,
    }));
  }

  override sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const stage = stageOf(context);
    const responses = activities.map((activity) => {
      if (activity.type === "delay" && typeof activity.value === "number")
        stage.delayMs += Math.max(0, activity.value);
      if (activity.type === ActivityTypes.Message) {
        stage.replies.push({ reply: fromFramework(activity), delayMs: stage.delayMs });
      }
      return { id: `${stage.turn.turnId}.${String(stage.replies.length)}` };
    });
    return Promise.resolve(responses);
  }

  override updateActivity(): Promise<undefined> {
    return Promise.reject(
      new TypeError("Replies are staged until the turn commits: send another one instead of updating"),
    );
  }

  override deleteActivity(): Promise<void> {
    return Promise.reject(
      new TypeError("Replies are staged until the turn commits: there is nothing to delete yet"),
    );
  }

  override continueConversation(_reference: Partial<ConversationReference>): Promise<void> {
    return Promise.reject(
      new TypeError("Begin a turn by a durable timer: nothing may speak outside the path of a message"),
    );
  }
}

/**
 * The bot as the Bot Framework sees it: it decides, whatever kind of activity it is. It overrides `run` itself: the
 * framework's events behind it (by type, by dialog) have no listener here, and passing through them cost as much as
 * a whole decision.
 */
class KumustaBot extends ActivityHandler {
  override async run(context: TurnContext): Promise<void> {
    const stage = stageOf(context);
    const heard = stage.turn.activity;
    const text = context.activity.text;
    const changed = (heard.type === "message" || heard.type === "choice") && text !== heard.text;
    stage.decision = await stage.turn.decide(changed ? { ...heard, text } : heard);
    if (stage.decision.replies.length > 0)
      await context.sendActivities(stage.decision.replies.map(replyToFramework));
  }
}

/** Runs turns through Bot Framework middleware. Middleware must tolerate a rerun: a turn may be decided again. */
export class BotHost {
  readonly #adapter = new StagingAdapter();
  readonly #bot = new KumustaBot();

  use(middleware: Middleware): void {
    this.#adapter.use(middleware);
  }

  run(turn: HostedTurn): Promise<HostedResult> {
    return this.#adapter.host(turn, (context) => this.#bot.run(context));
  }
}

const frameworkType: Readonly<Record<InboundActivity["type"], string>> = {
  message: ActivityTypes.Message,
  choice: ActivityTypes.Message,
  event: ActivityTypes.Event,
  timer: ActivityTypes.Event,
  actionResult: ActivityTypes.Event,
  agent: ActivityTypes.Event,
};

function toFramework({ turnId, conversation, activity }: HostedTurn): Partial<Activity> {
  const { channel, account } = conversation.address;
  return {
    type: frameworkType[activity.type],
    id: turnId,
    channelId: channel,
    timestamp: new Date(activity.sentAt),
    from: { id: conversation.contact, name: "" },
    recipient: { id: account, name: "Kumusta" },
    conversation: { id: conversation.id, isGroup: false, conversationType: "", name: "" },
    serviceUrl: "",
    ...(activity.locale === undefined ? {} : { locale: activity.locale }),
    ...wordsOf(activity),
  };
}

function wordsOf(activity: InboundActivity): Partial<Activity> {
  switch (activity.type) {
    case "message":
      return { text: activity.text };
    case "choice":
      return { text: activity.text, value: activity.payload };
    case "event":
      // A copy: the store may hold the activity itself, and middleware may do with this what it likes.
      return { name: activity.name, value: structuredClone(activity.value) };
    case "timer":
      return { name: `timer:${activity.name}` };
    case "actionResult":
      return { name: `action:${activity.action}`, value: structuredClone(activity.result) };
    case "agent":
      return { name: `agent:${activity.op}`, value: activity.caseId };
  }
}

/** Carries our own facts through the framework beside what it knows of. */
const ownData = z
  .object({
    script: z.string(),
    variant: z.string(),
    agent: z.string(),
    opensWeb: z.string(),
    /** The short form, and the text that it is the short form of: middleware may have written another. */
    shortOf: z.object({ text: z.string(), short: z.string() }),
  })
  .partial();

function replyToFramework(reply: Reply): Partial<Activity> {
  const { text, short, script, variant, agent, opensWeb } = reply;
  const own: z.input<typeof ownData> = {
    ...{ script, variant, agent, opensWeb },
    shortOf: short === undefined ? undefined : { text, short },
  };
  return {
    type: ActivityTypes.Message,
    text: reply.text,
    channelData: own,
    ...(reply.language === undefined ? {} : { locale: reply.language }),
    ...(reply.quickReplies === undefined
      ? {}
      : {
          suggestedActions: {
            to: [],
            actions: reply.quickReplies.map(({ title, payload }) => ({
              type: "postBack",
              title,
              value: payload,
            })),
          },
        }),
    ...(reply.attachments === undefined
      ? {}
      : { attachments: reply.attachments.map((attachment) => ({ ...attachment })) }),
    ...(reply.attachmentLayout === undefined ? {} : { attachmentLayout: reply.attachmentLayout }),
  };
}

function fromFramework(activity: Partial<Activity>): Reply {
  // The framework types it as anything; middleware may have written anything.
  const { shortOf, ...own } = ownData.safeParse(activity.channelData).data ?? {};
  const actions = activity.suggestedActions?.actions ?? [];
  return {
    text: activity.text ?? "",
    ...(actions.length > 0
      ? { quickReplies: actions.map(({ title, value }) => ({ title, payload: String(value) })) }
      : {}),
    ...(activity.attachments === undefined
      ? {}
      : { attachments: activity.attachments.map(attachmentFromFramework) }),
    ...(activity.attachmentLayout === "list" || activity.attachmentLayout === "carousel"
      ? { attachmentLayout: activity.attachmentLayout }
      : {}),
    ...(activity.locale === undefined ? {} : { language: activity.locale }),
    ...(shortOf === undefined || shortOf.text !== activity.text ? {} : { short: shortOf.short }),
    ...(own.opensWeb === undefined ? {} : { opensWeb: own.opensWeb }),
    ...(own.script === undefined ? {} : { script: own.script }),
    ...(own.variant === undefined ? {} : { variant: own.variant }),
    ...(own.agent === undefined ? {} : { agent: own.agent }),
  };
}

function attachmentFromFramework({
  contentType,
  contentUrl,
  name,
  content,
}: NonNullable<Activity["attachments"]>[number]): Attachment {
  // The framework types content as anything; only JSON can be kept and sent.
  const json = z.json().safeParse(content);
  return {
    contentType,
    ...(contentUrl === undefined ? {} : { contentUrl }),
    ...(name === undefined ? {} : { name }),
    ...(json.success ? { content: json.data } : {}),
  };
}
