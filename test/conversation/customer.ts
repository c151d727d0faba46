import type { Attachment, InboundActivity, Json } from "../../src/basics/activity.ts";
import type { Content } from "../../src/content/content.ts";
import { decide } from "../../src/conversation/decide/decide.ts";
import type { Decision } from "../../src/conversation/decision.ts";
import type { Entity, Recognition, UtteranceLanguage } from "../../src/conversation/recognized.ts";
import { newConversation, type ConversationState } from "../../src/conversation/state.ts";
import { sampleShop } from "../sample-shop.ts";

export { sampleShop as shop };
/** Monday, 23 November 2026, 10 am in Manila. */
export const monday = Date.UTC(2026, 10, 23, 2);
export const dayMs = 86_400_000;

/** One part of a message: its candidates with confidence. */
export type Meant = Readonly<Record<string, number>>;
export const nothing: Meant = {};

/** What a recognizer would say of a message. */
export function recognized(
  parts: readonly Meant[],
  more: { readonly language?: UtteranceLanguage; readonly entities?: readonly Entity[] } = {},
): Recognition {
  return {
    parts: parts.map((candidates) => ({
      text: "",
      candidates: Object.entries(candidates).map(([intent, confidence]) => ({
        intent,
        score: confidence,
        confidence,
      })),
      outOfScope: 0,
    })),
    entities: more.entities ?? [],
    language: more.language ?? "en",
    recognizer: "test",
    modelVersion: "1",
  };
}

export const dateEntity = (value: string): Entity => ({ type: "date", text: value, value, start: 0, end: 1 });

/** One customer's conversation, turn by turn, on a clock of its own. */
export class Customer {
  state: ConversationState = { ...newConversation, repliedTurns: 1 };
  seq = 0;
  now = monday;
  readonly content: Content;
  language: UtteranceLanguage = "en";
  /** Whether their channel is the web chat or can lead there. */
  web: "here" | "byLink" | undefined;

  constructor(content: Content = sampleShop) {
    this.content = content;
  }

  turn(activity: InboundActivity, recognition?: Recognition): Decision {
    this.seq++;
    const decision = decide({
      conversationId: "c",
      web: this.web,
      seq: this.seq,
      now: this.now,
      activity,
      state: this.state,
      content: this.content,
      recognition,
      thresholds: { accept: 0.6, clarify: 0.3 },
    });
    this.state = decision.state;
    return decision;
  }

  /** Says words that the recognizer takes for these intents, part by part. */
  say(text: string, ...parts: Meant[]): Decision {
    return this.turn(
      { type: "message", text, sentAt: this.now },
      recognized(parts.length > 0 ? parts : [nothing], { language: this.language }),
    );
  }

  sayWith(text: string, entities: readonly Entity[], ...parts: Meant[]): Decision {
    return this.turn(
      { type: "message", text, sentAt: this.now },
      recognized(parts, { language: this.language, entities }),
    );
  }

  send(attachments: readonly Attachment[], text = ""): Decision {
    return this.turn({ type: "message", text, attachments, sentAt: this.now });
  }

  tap(payload: string): Decision {
    return this.turn({ type: "choice", text: "", payload, sentAt: this.now });
  }

  /** Taps the button of the last reply that has this title. */
  tapTitle(title: string): Decision {
    const tap = this.state.choices?.find((other) => other.title === title);
    if (tap === undefined)
      throw new Error(
        `no button ${title}; there are ${JSON.stringify(this.state.choices?.map((t) => t.title))}`,
      );
    return this.tap(tap.payload);
  }

  /** The action that the decision asked for returns. */
  returned(decision: Decision, result: { ok: true; value: Json } | { ok: false; reason: string }): Decision {
    const request = decision.actions[0];
    if (request === undefined) throw new Error("no action was asked for");
    const { action, ticket } = request;
    return this.turn({
      type: "actionResult",
      action,
      outboxId: "o",
      ...(ticket === undefined ? {} : { ticket }),
      result,
      sentAt: this.now,
    });
  }

  timer(name: string): Decision {
    const generation = this.state.timers[name] ?? -1;
    return this.turn({ type: "timer", name, generation, sentAt: this.now });
  }
}

export const textOf = (decision: Decision): string => decision.replies[0]?.text ?? "";
export const tapsOf = (decision: Decision): string[] =>
  decision.replies[0]?.quickReplies?.map(({ payload }) => payload) ?? [];
export const titlesOf = (decision: Decision): string[] =>
  decision.replies[0]?.quickReplies?.map(({ title }) => title) ?? [];

export const orderFound = {
  ok: true,
  value: {
    found: true,
    statusEn: "at the Manila sorting hub",
    statusFil: "Nasa Manila hub",
    arrives: "Nov 25",
  },
} as const;
