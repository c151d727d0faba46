import type { Kind } from "../../content/content.ts";
import type { Lifecycle } from "../../content/ownership.ts";
import type { Outcome } from "../../conversation/outcome.ts";

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
