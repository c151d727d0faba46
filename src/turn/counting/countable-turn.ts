import type { Source } from "../../basics/activity.ts";
import type { Kind } from "../../content/content.ts";
import type { Lifecycle } from "../../content/ownership.ts";
import type { Outcome } from "../../conversation/outcome.ts";
import type { TurnRecord } from "../ports.ts";

/** What a person said a turn was about. */
export interface CorrectedCategory {
  readonly kind: Kind;
  readonly stage: string | null;
  readonly intent: string | null;
  readonly topic: string | null;
  /** Owner of the corrected touchpoint, as the content named it when it was corrected. */
  readonly team: string | null;
}

/** Of a turn what is counted: nothing that a person wrote. */
export interface CountableTurn extends CorrectedCategory {
  readonly id: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly seq: number;
  /** Epoch ms: decided, and its first message accepted. */
  readonly at: number;
  readonly acceptedAt: number;
  /** The customer wrote or tapped; not a timer, an agent or the result of an action. */
  readonly byCustomer: boolean;
  readonly outcome: Outcome;
  readonly late: boolean;
  readonly channel: string;
  readonly account: string;
  readonly language: string | null;
  readonly source: Source | null;
  readonly lifecycle: Lifecycle;
  readonly visitId: string | null;
  /** The earlier visit that it follows up. */
  readonly followUpOf: string | null;
  readonly handOff: { readonly reason: string; readonly team: string } | null;
  readonly wishedChannel: string | null;
}

/** Members that turns stored by the first versions don't have. */
type Since = "contactId" | "source" | "lifecycle" | "team";
export type StoredTurn = Omit<TurnRecord, Since> & Partial<Pick<TurnRecord, Since>>;

export function countableOf(turn: StoredTurn): CountableTurn {
  const { category } = turn;
  return {
    id: turn.id,
    conversationId: turn.conversationId,
    contactId: turn.contactId ?? turn.conversationId,
    seq: turn.seq,
    at: turn.at,
    acceptedAt: turn.acceptedAt,
    byCustomer: turn.trigger === "message" || turn.trigger === "choice",
    outcome: turn.outcome,
    late: turn.arrivedLate,
    channel: turn.channel,
    account: turn.account,
    language: turn.locale,
    source: turn.source ?? null,
    lifecycle: turn.lifecycle ?? "unknown",
    visitId: turn.visitId,
    kind: category.kind,
    stage: category.stage,
    intent: category.intent,
    topic: category.topic,
    team: turn.team ?? null,
    followUpOf: category.followUpOf?.visit ?? null,
    handOff: turn.handOff,
    wishedChannel: turn.wishedChannel ?? null,
  };
}

/** The turn as its latest correction files it. A follow-up was found by the bot's own intent and goes with it. */
export function corrected(turn: CountableTurn, correction: CorrectedCategory | undefined): CountableTurn {
  if (correction === undefined) return turn;
  const { kind, stage, intent, topic, team } = correction;
  const followUpOf = intent === turn.intent ? turn.followUpOf : null;
  return { ...turn, kind, stage, intent, topic, team, followUpOf };
}
