import { setTimeout as pause } from "node:timers/promises";
import { KumustaError } from "../basics/errors.ts";
import { maskedReason } from "../basics/masking/masked-reason.ts";
import { nextBurst, type Burst } from "./burst.ts";
import { openState } from "./masking/map-state.ts";
import type { TurnObserver, TurnTimes, TurnWatch } from "./observer.ts";
import type { ConversationRow, PendingIntake, TranscriptLine, TurnCommit, TurnStore } from "./ports.ts";
import { runTurn, type TurnTools } from "./run-turn.ts";
import type { Scheduler } from "./scheduler.ts";

export interface WorkerOptions extends TurnTools {
  readonly store: TurnStore;
  readonly observer: TurnObserver;
  readonly watch?: TurnWatch | undefined;
  /** Names this process among those that share the database. */
  readonly holder: string;
  /** Merge messages that wait together into one turn. */
  readonly mergeBursts: boolean;
  /** A turn that takes longer counts as thrown: a listener that never answers must not hold a customer up for ever. */
  readonly turnTimeoutMs: number;
  /** Tries before a row that makes its turn throw is set aside. */
  readonly tries: number;
  /** Wait before the next try, ms, doubled each time. */
  readonly retryMs: number;
  /** Rows left the backlog. */
  readonly onHandled: (rows: number) => void;
  /** A turn is durable and left replies or actions to send. */
  readonly onOutbox: (conversationId: string) => void;
  /** The commit itself delivered these lines of the history that we keep. */
  readonly onDelivered: (conversation: ConversationRow, lines: readonly TranscriptLine[]) => void;
}

/** How long a worker may hold a conversation without finishing a turn. */
const leaseMs = 60_000;
/** New words before the commit are decided with, twice at the most: a customer who never stops typing gets an answer too. */
const redecisions = 2;

/** What was decided, and the burst it was decided on: wider than the first when more words came. */
interface Decided {
  readonly commit: TurnCommit;
  readonly handled: Burst;
}

type TurnEnd = { readonly next: ConversationRow } | "conflict" | "refused" | "poison";

/** Works one conversation off: takes what waits, burst by burst, and commits a turn for each. */
export class Worker {
  readonly #options: WorkerOptions;
  readonly #arrivals: Pick<Scheduler, "arrivedSince">;

  constructor(options: WorkerOptions, arrivals: Pick<Scheduler, "arrivedSince">) {
    this.#options = options;
    this.#arrivals = arrivals;
  }

  /** Never throws: what fails is noted, and the sweep comes back for it. */
  async work(conversationId: string): Promise<void> {
    const { store, observer, holder, clock } = this.#options;
    try {
      const now = clock.now();
      if (!(await store.lease("turn", conversationId, holder, now, now + leaseMs))) return;
      try {
        await this.#workOff(conversationId);
      } finally {
        await store.release("turn", conversationId, holder);
      }
    } catch (thrown) {
      observer.failed("turn.work", { conversationId }, thrown);
    }
  }

  async #workOff(conversationId: string): Promise<void> {
    const { store, mergeBursts, retryMs } = this.#options;
    let failures = 0;
    let taken = await store.takeUp(conversationId);
    while (taken !== undefined) {
      let { conversation } = taken;
      let pending = taken.pending;
      let again = false;
      for (
        let burst = nextBurst(pending, conversation.lastHandledSentAt, mergeBursts);
        burst !== undefined;
      ) {
        const end = await this.#turn(conversation, burst);
        if (typeof end === "string") {
          // A conflict is settled by reading again; a refusing store or a throwing turn is given a moment.
          if (end !== "conflict") await pause(Math.min(retryMs * 2 ** failures++, 5_000));
          again = failures < 6;
          break;
        }
        failures = 0;
        conversation = end.next;
        pending = without(pending, burst);
        burst = nextBurst(pending, conversation.lastHandledSentAt, mergeBursts);
      }
      if (!again) return;
      taken = await store.takeUp(conversationId);
    }
  }

  async #turn(conversation: ConversationRow, burst: Burst): Promise<TurnEnd> {
    const { clock, store, observer } = this.#options;
    const begun = clock.elapsed();
    let decision: Decided;
    try {
      decision = await this.#decide(conversation, burst);
    } catch (thrown) {
      return this.#failed(conversation, burst, thrown);
    }
    const { commit, handled } = decision;
    const decided = clock.elapsed();
    let delivered: readonly TranscriptLine[] = [];
    try {
      const result = await store.commitTurn(commit);
      if (!result.committed) return "conflict";
      delivered = result.delivered ?? delivered;
    } catch (thrown) {
      if (thrown instanceof KumustaError && thrown.code === "store.refused") return "refused";
      return this.#failed(conversation, handled, thrown);
    }
    this.#options.onHandled(commit.handled.length);
    const times: TurnTimes = {
      acceptedToDecidedMs: Math.max(0, commit.turn.at - commit.turn.acceptedAt),
      decideMs: decided - begun,
      commitMs: clock.elapsed() - decided,
    };
    observer.turned(conversation.address.channel, commit.turn.outcome, times);
    this.#options.watch?.recorded(commit, times);
    if (delivered.length > 0) this.#options.onDelivered(conversation, delivered);
    if (delivered.length < commit.outbox.length) this.#options.onOutbox(conversation.id);
    if (handled !== burst) return "conflict";
    return {
      next: {
        ...conversation,
        version: commit.turn.seq,
        state: openState(commit.state, commit.vault),
        vault: commit.vault,
        lastHandledSentAt: commit.lastHandledSentAt,
      },
    };
  }

  /** Decides; when more words came meanwhile, decides again with them. Deciding writes nothing, so it may be repeated. */
  async #decide(conversation: ConversationRow, burst: Burst): Promise<Decided> {
    const { store, mergeBursts } = this.#options;
    let current = burst;
    let commit = await this.#bounded(runTurn(this.#options, conversation, current));
    for (
      let again = 0;
      again < redecisions && mergeBursts && this.#arrivals.arrivedSince(conversation.id);
      again++
    ) {
      const taken = await store.takeUp(conversation.id);
      const wider =
        taken?.conversation.version === conversation.version
          ? nextBurst(taken.pending, conversation.lastHandledSentAt, true)
          : undefined;
      if (wider === undefined || wider.rows.length <= current.rows.length) break;
      current = wider;
      commit = await this.#bounded(runTurn(this.#options, conversation, current));
    }
    return { commit, handled: current };
  }

  #bounded(turn: Promise<TurnCommit>): Promise<TurnCommit> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new KumustaError("turn.timeout"));
      }, this.#options.turnTimeoutMs);
      turn.then(
        (commit) => {
          clearTimeout(timer);
          resolve(commit);
        },
        (thrown: unknown) => {
          clearTimeout(timer);
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what middleware threw goes on as it is
          reject(thrown);
        },
      );
    });
  }

  /** The turn threw: the try is counted durably; a row that did so too often is set aside with its reason. */
  async #failed(conversation: ConversationRow, burst: Burst, thrown: unknown): Promise<TurnEnd> {
    const { store, observer, tries } = this.#options;
    const externalIds = burst.rows.map(({ externalId }) => externalId);
    observer.failed(
      "turn.threw",
      { conversationId: conversation.id, intakeId: burst.rows[0]?.id ?? "" },
      thrown,
    );
    const spent = burst.rows
      .filter(({ attempts }) => attempts + 1 >= tries)
      .map(({ externalId }) => externalId);
    const reason = maskedReason(thrown);
    await store.noteAttempt(conversation.id, externalIds, reason);
    if (spent.length > 0) {
      await store.setAside(conversation.id, spent, reason);
      this.#options.onHandled(spent.length);
    }
    return "poison";
  }
}

function without(pending: readonly PendingIntake[], burst: Burst): PendingIntake[] {
  return pending.filter((row) => !burst.rows.includes(row));
}
