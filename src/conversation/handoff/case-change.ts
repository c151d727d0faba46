import type { Attachment, Json } from "../../basics/activity.ts";
import type { CaseNote, HandOffReason } from "../state.ts";

/** What an agent sees first: what it is about, what was asked and tried, what is known. Written when the case opens. */
export interface ContextCard {
  readonly category: { readonly kind: string; readonly stage: string | null; readonly intent: string | null };
  /** The customer's words that led to the case; empty where it was no message. */
  readonly asked: string;
  /** What the bot did about it before: intents answered or missed, oldest first. */
  readonly tried: readonly string[];
  readonly slots: Readonly<Record<string, Json>>;
  readonly lastCases: readonly Pick<CaseNote, "id" | "intent" | "team" | "status" | "openedAt">[];
  readonly channel: string | null;
  readonly language: string | null;
  /** Pictures, voice notes and files that came with the words. */
  readonly media: readonly Attachment[];
}

/** One thing that happened to a case. Committed with the turn that decided it; the case's row and history follow from it. */
export type CaseChange = { readonly caseId: string } & (
  | {
      readonly type: "opened";
      readonly team: string;
      readonly reason: HandOffReason;
      readonly promisedAt: number;
      readonly card: ContextCard;
    }
  /** The customer asked for a person again: they stand in line again, with the same case. */
  | { readonly type: "rejoined"; readonly reason: HandOffReason; readonly promisedAt: number }
  /** The customer took the bot back and keeps their place in line. */
  | { readonly type: "withBot" }
  /** The customer wrote while a team or a person had the conversation. */
  | { readonly type: "customerWrote" }
  | { readonly type: "promiseBroken"; readonly team: string; readonly promisedAt: number | null }
  /** Nobody answered although somebody had it: it stands in line again. */
  | { readonly type: "requeued"; readonly agent: string; readonly promisedAt: number }
  | { readonly type: "assigned"; readonly agent: string; readonly key: string }
  | { readonly type: "replied"; readonly agent: string; readonly key: string }
  | { readonly type: "returned"; readonly agent: string; readonly key: string }
  /** `agent` is null where nobody wrote for so long that it closed by itself. */
  | { readonly type: "closed"; readonly agent: string | null; readonly key: string | null }
  /**
   * What the bot had asked of the business came back while a team or a person had the conversation: it is theirs to
   * tell.
   */
  | { readonly type: "actionReturned"; readonly action: string; readonly ok: boolean }
  /** An agent's act that does not fit where the case stands: it changed nothing. */
  | {
      readonly type: "refused";
      readonly agent: string;
      readonly key: string;
      readonly why: Refusal;
      /** The channel's own words, where it is the channel that forbids. */
      readonly reason?: string;
    }
);

export type Refusal =
  "channelForbids" | "closed" | "notYours" | "otherCase" | "unknownCase" | "unknownScript";
