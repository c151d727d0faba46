/* What /api/cases answers and takes. Times are ISO 8601 in UTC. The command line and the console read these. */

export interface CaseSummary {
  readonly id: string;
  /** Short form of the id, for people to type. */
  readonly ref: string;
  readonly status: "queued" | "assigned" | "returned" | "closed";
  readonly team: string;
  readonly agent: string | null;
  readonly reason: string;
  readonly kind: string;
  readonly stage: string | null;
  readonly intent: string | null;
  readonly channel: string;
  /** The customer as their channel knows them; null once they were erased. */
  readonly contact: string | null;
  /** The words that led to it. */
  readonly asked: string;
  readonly openedAt: string;
  /** When the promise given to the customer runs out; null where none stands. */
  readonly promisedAt: string | null;
  /** Promises broken so far. */
  readonly broken: number;
  /** Since when the customer waits for words of a person. */
  readonly waitingSince: string | null;
  readonly firstRepliedAt: string | null;
  readonly closedAt: string | null;
}

export interface CaseList {
  readonly cases: readonly CaseSummary[];
  /** Value of `after` for the next page; null on the last one. */
  readonly next: string | null;
  /** Time zone of the business. */
  readonly timeZone: string;
}

export interface CardView {
  /** The customer's last words up to the handover, oldest first. */
  readonly asked: readonly string[];
  readonly tried: readonly string[];
  readonly slots: Readonly<Record<string, unknown>>;
  readonly lastCases: readonly {
    readonly id: string;
    readonly intent: string | null;
    readonly team: string;
    readonly status: string;
    readonly openedAt: string;
  }[];
  readonly language: string | null;
}

export interface MediaView {
  readonly contentType: string;
  readonly contentUrl: string | null;
  readonly name: string | null;
}

/** One line of what was said. */
export interface SaidLine {
  /** The turn that it is of: what a correction names. */
  readonly turnId: string;
  readonly at: string;
  readonly from: "customer" | "bot" | "agent";
  /** Name of the agent. */
  readonly name: string | null;
  readonly text: string;
  /** The customer tapped it instead of typing. */
  readonly tapped: boolean;
  readonly media: readonly MediaView[];
  /** Why it did not leave, or not all of it: the channel's law, as a window that had closed. Absent: nothing forbade it. */
  readonly withheld?: string;
}

export interface HistoryLine {
  readonly at: string;
  readonly type: string;
  readonly agent: string | null;
  readonly key: string | null;
  readonly more: Readonly<Record<string, unknown>>;
}

export interface CaseDetail {
  readonly case: CaseSummary;
  readonly card: CardView;
  /** When the customer last wrote: channels let us write back for so long only. */
  readonly customerWroteAt: string | null;
  /** All media that came with the conversation as shown. */
  readonly media: readonly MediaView[];
  readonly history: readonly HistoryLine[];
  readonly transcript: readonly SaidLine[];
  readonly timeZone: string;
}

/** The answer to an act: accepted durably; `handled` when the conversation has taken it up already. */
export interface ActAnswer {
  readonly key: string;
  readonly duplicate: boolean;
  readonly handled: boolean;
  readonly case: CaseSummary;
}

/** What a turn is filed under. */
export interface FiledUnder {
  readonly kind: string;
  readonly stage: string | null;
  readonly intent: string | null;
  readonly topic: string | null;
  /** The team named for it; null where nobody is. */
  readonly team: string | null;
}

/** The answer to a correction: reports count the turn as `now` from here on. */
export interface CorrectionAnswer {
  readonly id: string;
  readonly turnId: string;
  readonly before: FiledUnder;
  readonly now: FiledUnder;
}
