import type { Kysely } from "kysely";
import { KumustaError } from "../../basics/errors.ts";
import type {
  Accepted,
  CommitResult,
  ConversationRow,
  Depths,
  DueTimer,
  LeaseKind,
  NewConversation,
  NewIntake,
  PendingIntake,
  Receipt,
  Settlement,
  TakenUp,
  TranscriptLine,
  TurnCommit,
  TurnStore,
} from "../../turn/ports.ts";
import { openState } from "../../turn/masking/map-state.ts";
import { Cases } from "./cases.ts";
import { pendingOf, type ConversationMemory } from "./conversation-memory.ts";
import { Conversations } from "./conversations.ts";
import { DepthGauge } from "./depths.ts";
import type { Leases, SqlDriver } from "./driver.ts";
import { Intake } from "./intake.ts";
import { Outbox } from "./outbox.ts";
import type { RecentTurns } from "./recent-turns.ts";
import { Receipts } from "./receipts.ts";
import type { Schema } from "./schema.ts";
import type { Script, Statement } from "./statement.ts";
import { Timers } from "./timers.ts";
import { Transcript } from "./transcript.ts";
import { Turns } from "./turns.ts";

/** What one engine has and another has not. */
interface OfTheEngine {
  /** Run before a line is appended to a history, where writers don't already stand in one line. */
  readonly transcriptLock?: Statement;
  /** Where this process alone writes the database. Its driver tells it the end of each transaction. */
  readonly memory?: ConversationMemory;
  /** Told of each turn that is durable. */
  readonly recent?: RecentTurns;
}

/** The port of the path of a message, on any engine that drives scripts. */
export class SqlTurnStore implements TurnStore {
  readonly #driver: SqlDriver;
  readonly #leases: Leases;
  readonly #conversations: Conversations;
  readonly #intake: Intake;
  readonly #turns: Turns;
  readonly #outbox: Outbox;
  readonly #receipts: Receipts;
  readonly #timers: Timers;
  readonly #cases: Cases;
  readonly #transcript: Transcript;
  readonly #depths: DepthGauge;
  readonly #memory: ConversationMemory | undefined;
  readonly #recent: RecentTurns | undefined;

  constructor(db: Kysely<Schema>, driver: SqlDriver, leases: Leases, own: OfTheEngine = {}) {
    this.#driver = driver;
    this.#leases = leases;
    this.#conversations = new Conversations(db);
    this.#intake = new Intake(db);
    this.#turns = new Turns(db);
    this.#outbox = new Outbox(db);
    this.#receipts = new Receipts(db);
    this.#timers = new Timers(db);
    this.#cases = new Cases(db);
    this.#transcript = new Transcript(db, own.transcriptLock, own.memory);
    this.#memory = own.memory;
    this.#recent = own.recent;
    this.#depths = new DepthGauge(db);
  }

  findConversation(address: NewConversation["address"]) {
    return this.#memory?.find(address) ?? this.#driver.read(() => this.#find(address));
  }

  *#find(address: NewConversation["address"]): Script<ConversationRow | undefined> {
    const found = yield* this.#conversations.find(address);
    if (found !== undefined) this.#memory?.noteFound(found);
    return found;
  }

  getConversation(conversationId: string) {
    return (
      this.#memory?.rowOf(conversationId) ?? this.#driver.read(() => this.#conversations.get(conversationId))
    );
  }

  openConversation(conversation: NewConversation) {
    return this.#driver.commit(() => this.#conversations.open(conversation));
  }

  get takesUpEarly(): boolean {
    return this.#memory !== undefined;
  }

  accept(intake: NewIntake): Promise<Accepted> {
    const memory = this.#memory;
    const row = memory?.accepting(intake);
    const accepted = this.#driver.commit(() => this.#accept(intake, row));
    // Beside the promise, not around it: an async function here is felt on the message path.
    if (memory !== undefined)
      accepted.catch(() => {
        memory.acceptingEnded(intake);
      });
    return accepted;
  }

  *#accept(intake: NewIntake, row: PendingIntake | undefined): Script<Accepted> {
    // Whoever sends it again finds, or opens, the conversation that stands now.
    if (this.#memory?.isErased(intake.conversationId) === true)
      throw new KumustaError("conversation.unknown");
    const standing = yield* this.#intake.insert(intake);
    this.#memory?.acceptingEnded(intake);
    if (standing !== undefined) return { duplicate: true, id: standing };
    if (row !== undefined) this.#memory?.noteWaiting(intake.conversationId, row);
    if (intake.transcript === undefined) return { duplicate: false, id: intake.id };
    const transcriptSeq = yield* this.#transcript.append(intake.conversationId, intake.id, intake.transcript);
    return { duplicate: false, id: intake.id, transcriptSeq };
  }

  conversationsWithPending(limit: number) {
    return this.#driver.readApart(() => this.#intake.waiting(limit));
  }

  conversationsWithDueOutbox(now: number, limit: number) {
    return this.#driver.readApart(() => this.#outbox.waiting(now, limit));
  }

  lease(kind: LeaseKind, conversationId: string, holder: string, now: number, untilAt: number) {
    return this.#leases.take(kind, conversationId, holder, now, untilAt);
  }

  release(kind: LeaseKind, conversationId: string, holder: string) {
    return this.#leases.release(kind, conversationId, holder);
  }

  async takeUp(conversationId: string): Promise<TakenUp | undefined> {
    const memory = this.#memory;
    if (memory === undefined) return this.#driver.read(() => this.#takeUp(conversationId));
    const known = memory.takeUp(conversationId);
    if (known !== undefined) return known;
    const taken = await this.#driver.read(() => this.#takeUp(conversationId));
    return taken === undefined ? undefined : memory.withAccepting(taken);
  }

  *#takeUp(conversationId: string): Script<TakenUp | undefined> {
    const conversation = yield* this.#conversations.get(conversationId);
    if (conversation === undefined) return undefined;
    const pending = yield* this.#intake.pendingOf(conversationId);
    const taken = { conversation, pending };
    this.#memory?.noteTakenUp(taken);
    return taken;
  }

  /** The version is checked first; a row handled by another turn, found later, rolls everything back. */
  async commitTurn(commit: TurnCommit): Promise<CommitResult> {
    try {
      const result = await this.#driver.commit(() => this.#commitTurn(commit));
      // Erased by the same group of commits: the turn as it was decided still has the customer's name in the log.
      if (result.committed && this.#memory?.isErased(commit.turn.conversationId) !== true)
        this.#recent?.note(commit.turn);
      return result;
    } catch (thrown) {
      if (thrown instanceof KumustaError && thrown.code === "store.conflict")
        return { committed: false, reason: "conflict" };
      throw thrown;
    }
  }

  *#commitTurn(commit: TurnCommit): Script<CommitResult> {
    const { turn } = commit;
    const before = this.#memory?.rowOf(turn.conversationId);
    // A row handled before is met first and costs nothing: nothing was written yet that would have to be undone, and
    // with it the whole group. Providers repeat what they sent as a matter of course.
    const handled = yield* this.#intake.markHandled(turn.conversationId, commit.handled, turn.id);
    if (handled !== "all" || !(yield* this.#conversations.advance(commit))) {
      this.#memory?.forget(turn.conversationId);
      if (handled === "none") return { committed: false, reason: "conflict" };
      throw new KumustaError("store.conflict");
    }
    this.#memory?.noteAdvanced(
      turn.conversationId,
      before === undefined ? undefined : advanced(before, commit),
      commit.handled,
    );
    yield* this.#turns.insert(turn);
    const delivered = yield* this.#fillOutbox(commit);
    yield* this.#timers.apply(turn.conversationId, turn.seq, commit.timers);
    if (commit.cases.length > 0) yield* this.#cases.apply(turn, commit.cases);
    return delivered.length > 0 ? { committed: true, delivered } : { committed: true };
  }

  /** Replies of channels whose history we keep are delivered here, in order: one that waits holds back those behind it. */
  *#fillOutbox({ turn, outbox }: TurnCommit): Script<TranscriptLine[]> {
    const delivered: TranscriptLine[] = [];
    let inLine: boolean | undefined;
    for (const row of outbox) {
      const { transcript } = row;
      inLine ??= transcript !== undefined && !(yield* this.#replyWaits(turn.conversationId));
      if (transcript === undefined || !inLine) {
        yield* this.#outbox.insert(turn, row, "due");
        if (row.body.type === "reply") {
          inLine = false;
          this.#memory?.noteReplyWaits(turn.conversationId, true);
        }
        continue;
      }
      yield* this.#outbox.insert(turn, row, "delivered");
      const seq = yield* this.#transcript.append(turn.conversationId, row.id, transcript);
      delivered.push({ ...transcript, id: row.id, seq });
    }
    return delivered;
  }

  *#replyWaits(conversationId: string): Script<boolean> {
    if (this.#memory?.noReplyWaits(conversationId) === true) return false;
    const waits = yield* this.#outbox.replyWaits(conversationId);
    this.#memory?.noteReplyWaits(conversationId, waits);
    return waits;
  }

  noteAttempt(conversationId: string, externalIds: readonly string[], reason: string) {
    return this.#driver.commit(() => {
      this.#memory?.forget(conversationId);
      return this.#intake.noteAttempt(conversationId, externalIds, reason);
    });
  }

  setAside(conversationId: string, externalIds: readonly string[], reason: string) {
    return this.#driver.commit(() => {
      this.#memory?.forget(conversationId);
      return this.#intake.setAside(conversationId, externalIds, reason);
    });
  }

  unsettledOutbox(conversationId: string) {
    return this.#driver.read(() => this.#outbox.unsettledOf(conversationId));
  }

  markSending(outboxId: string) {
    return this.#driver.commit(() => this.#outbox.markSending(outboxId));
  }

  settle(conversationId: string, outboxId: string, settlement: Settlement, at: number) {
    return this.#driver.commit(() => this.#settle(conversationId, outboxId, settlement, at));
  }

  *#settle(
    conversationId: string,
    outboxId: string,
    settlement: Settlement,
    at: number,
  ): Script<{ transcriptSeq?: number | undefined }> {
    const first = yield* this.#outbox.settle(outboxId, settlement, at);
    if (!first || settlement.status !== "delivered" || settlement.transcript === undefined) return {};
    return { transcriptSeq: yield* this.#transcript.append(conversationId, outboxId, settlement.transcript) };
  }

  noteReceipt(receipt: Receipt) {
    return this.#driver.commit(() => this.#receipts.note(receipt));
  }

  dueTimers(now: number, limit: number) {
    return this.#driver.read(() => this.#timers.due(now, limit));
  }

  fireTimer(timer: DueTimer, intake: NewIntake) {
    return this.#driver.commit(() => this.#fireTimer(timer, intake));
  }

  *#fireTimer(timer: DueTimer, intake: NewIntake): Script<boolean> {
    if (!(yield* this.#timers.take(timer))) return false;
    if ((yield* this.#intake.insert(intake)) === undefined)
      this.#memory?.noteWaiting(intake.conversationId, pendingOf(intake));
    return true;
  }

  depths(now: number): Promise<Depths> {
    return this.#driver.readApart(() => this.#depths.read(now));
  }

  async probe(): Promise<void> {
    await this.#driver.commit(() => this.#intake.probe());
  }
}

/** The conversation as this turn leaves it: the columns hold whole milliseconds. */
function advanced(before: ConversationRow, commit: TurnCommit): ConversationRow {
  const { turn, vault, lastHandledSentAt } = commit;
  const state = openState(commit.state, vault);
  return { ...before, version: turn.seq, state, vault, lastHandledSentAt: Math.floor(lastHandledSentAt) };
}
