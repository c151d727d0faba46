import type { Kind } from "../../content/content.ts";
import type { Lifecycle } from "../../content/ownership.ts";
import type { Outcome } from "../../conversation/outcome.ts";
import type { BusinessDays } from "./business-day.ts";
import type { CountableTurn } from "./countable-turn.ts";
import { countedSource } from "./counted-source.ts";

/**
 * One matter of one visit, as reports count it: the (visit, intent) pair. Made from the turns of the visit that count
 * for this intent, corrections applied, in the order of their versions; holds nothing that a person wrote.
 */
export interface CountedConcern {
  readonly visitId: string;
  readonly intent: string;
  readonly conversationId: string;
  /** Names the customer in the log; not their number, name or address. */
  readonly contactId: string;
  readonly channel: string;
  readonly account: string;
  readonly language: string | null;
  readonly device: string | null;
  readonly page: string | null;
  readonly referrer: string | null;
  readonly campaign: string | null;
  readonly lifecycle: Lifecycle;
  readonly kind: Kind;
  readonly stage: string | null;
  readonly topic: string | null;
  /** Owner of the touchpoint, of the stage; null where nobody is named for it. */
  readonly team: string | null;
  /** Of its first and last turn, epoch ms. */
  readonly openedAt: number;
  readonly lastAt: number;
  /** Versions of the conversation that its first and last turn made. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Business day of `openedAt`, in the teams' time zone: 2026-11-22. */
  readonly day: string;
  readonly turns: number;
  /** Of its last turn that said something. */
  readonly outcome: Outcome;
  /** Its first handover. */
  readonly handedOffAt: number | null;
  readonly handOffReason: string | null;
  readonly handOffTeam: string | null;
  /** The earlier visit that it follows up. */
  readonly followUpOf: string | null;
  /** Until the same contact opened the same intent again in a later visit, ms; null where they did not (yet). */
  readonly backAfterMs: number | null;
}

/** What became of a concern: the bot settled it, a team took it, or neither. */
export type Fate = "contained" | "handedOff" | "notSolved";

/** Contained: never handed over, and its last turn answered it. */
export function fateOf({ handedOffAt, outcome }: CountedConcern): Fate {
  if (handedOffAt !== null) return "handedOff";
  return outcome === "answered" ? "contained" : "notSolved";
}

/**
 * The concern as this turn leaves it, or undefined where the turn belongs to none: outside any visit, or about nothing
 * known. Turns come in the order of their versions. What the first turn tells counts; the first that tells it fills what
 * was unknown: language, page, lifecycle.
 * @param concern the visit's concern of this turn's intent, if it has one; of a turn that hands over without an intent
 * of its own ("agent"), the one that the visit spoke of last: it is that matter that a person takes
 */
export function applyTurn(
  concern: CountedConcern | undefined,
  turn: CountableTurn,
  days: BusinessDays,
): CountedConcern | undefined {
  const before = concern ?? openedBy(turn, days);
  if (before === undefined) return undefined;
  const { device, page, referrer, campaign } = countedSource(turn.source);
  const first = before.handedOffAt === null ? turn.handOff : null;
  return {
    ...before,
    language: before.language ?? turn.language,
    device: before.device ?? device,
    page: before.page ?? page,
    referrer: before.referrer ?? referrer,
    campaign: before.campaign ?? campaign,
    lifecycle: before.lifecycle === "unknown" ? turn.lifecycle : before.lifecycle,
    lastAt: Math.max(before.lastAt, turn.at),
    lastSeq: turn.seq,
    turns: before.turns + 1,
    outcome: turn.outcome === "silent" ? before.outcome : turn.outcome,
    ...(first === null ? {} : { handedOffAt: turn.at, handOffReason: first.reason, handOffTeam: first.team }),
    followUpOf: before.followUpOf ?? turn.followUpOf,
  };
}

function openedBy(turn: CountableTurn, days: BusinessDays): CountedConcern | undefined {
  const { visitId, intent, at, seq } = turn;
  if (visitId === null || intent === null) return undefined;
  return {
    visitId,
    intent,
    conversationId: turn.conversationId,
    contactId: turn.contactId,
    channel: turn.channel,
    account: turn.account,
    ...{ language: null, device: null, page: null, referrer: null, campaign: null },
    lifecycle: "unknown",
    kind: turn.kind,
    stage: turn.stage,
    topic: turn.topic,
    team: turn.team,
    openedAt: at,
    lastAt: at,
    firstSeq: seq,
    lastSeq: seq,
    day: days.of(at).day,
    turns: 0,
    outcome: "silent",
    ...{ handedOffAt: null, handOffReason: null, handOffTeam: null, followUpOf: null, backAfterMs: null },
  };
}
