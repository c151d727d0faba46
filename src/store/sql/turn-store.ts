import type { Kysely } from "kysely";
import { KumustaError } from "../../basics/errors.ts";
import type {
  Accepted,
  CommitResult,
  Depths,
  DueTimer,
  LeaseKind,
  NewConversation,
  NewIntake,
  Receipt,
  Settlement,
  TranscriptLine,
  TurnCommit,
  TurnStore,
} from "../../turn/ports.ts";
import { Cases } from "./cases.ts";
import { Conversations } from "./conversations.ts";
import { DepthGauge } from "./depths.ts";
import type { Leases, SqlDriver } from "./driver.ts";
import { Intake } from "./intake.ts";
import { Outbox } from "./outbox.ts";
import { Receipts } from "./receipts.ts";
import type { Schema } from "./schema.ts";
import type { Script, Statement } from "./statement.ts";
import { Timers } from "./timers.ts";
import { Transcript } from "./transcript.ts";
import { Turns } from "./turns.ts";

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

  constructor(db: Kysely<Schema>, driver: SqlDriver, leases: Leases, transcriptLock?: Statement) {
    this.#driver = driver;
    this.#leases = leases;
    this.#conversations = new Conversations(db);
    this.#intake = new Intake(db);
    this.#turns = new Turns(db);
    this.#outbox = new Outbox(db);
    this.#receipts = new Receipts(db);
    this.#timers = new Timers(db);
    this.#cases = new Cases(db);
    this.#transcript = new Transcript(db, transcriptLock);
    this.#depths = new DepthGauge(db);
  }

  findConversation(address: NewConversation["address"]) {
    return this.#driver.read(() => this.#conversations.find(address));
  }

  getConversation(conversationId: string) {
    return this.#driver.read(() => this.#conversations.get(conversationId));
  }

  openConversation(conversation: NewConversation) {
    return this.#driver.commit(() => this.#conversations.open(conversation));
  }

  accept(intake: NewIntake): Promise<Accepted> {
    return this.#driver.commit(() => this.#accept(intake));
  }

  *#accept(intake: NewIntake): Script<Accepted> {
    const standing = yield* this.#intake.insert(intake);
    if (standing !== undefined) return { duplicate: true, id: standing };
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

  takeUp(conversationId: string) {
    return this.#driver.read(() => this.#takeUp(conversationId));
  }

  *#takeUp(conversationId: string) {
    const conversation = yield* this.#conversations.get(conversationId);
    if (conversation === undefined) return undefined;
    const pending = yield* this.#intake.pendingOf(conversationId);
    return { conversation, pending };
  }

  /** The version is checked first; a row handled by another turn, found later, rolls everything back. */
  async commitTurn(commit: TurnCommit): Promise<CommitResult> {
    try {
      return await this.#driver.commit(() => this.#commitTurn(commit));
    } catch (thrown) {
      if (thrown instanceof KumustaError && thrown.code === "store.conflict")
        return { committed: false, reason: "conflict" };
      throw thrown;
    }
  }

  *#commitTurn(commit: TurnCommit): Script<CommitResult> {
    const { turn } = commit;
    if (!(yield* this.#conversations.advance(commit))) return { committed: false, reason: "conflict" };
    if (!(yield* this.#intake.markHandled(turn.conversationId, commit.handled, turn.id)))
      throw new KumustaError("store.conflict");
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
      inLine ??= transcript !== undefined && !(yield* this.#outbox.replyWaits(turn.conversationId));
      if (transcript === undefined || !inLine) {
        yield* this.#outbox.insert(turn, row, "due");
        if (row.body.type === "reply") inLine = false;
        continue;
      }
      yield* this.#outbox.insert(turn, row, "delivered");
      const seq = yield* this.#transcript.append(turn.conversationId, row.id, transcript);
      delivered.push({ ...transcript, id: row.id, seq });
    }
    return delivered;
  }

  noteAttempt(conversationId: string, externalIds: readonly string[], reason: string) {
    return this.#driver.commit(() => this.#intake.noteAttempt(conversationId, externalIds, reason));
  }

  setAside(conversationId: string, externalIds: readonly string[], reason: string) {
    return this.#driver.commit(() => this.#intake.setAside(conversationId, externalIds, reason));
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
    yield* this.#intake.insert(intake);
    return true;
  }

  depths(now: number): Promise<Depths> {
    return this.#driver.readApart(() => this.#depths.read(now));
  }

  async probe(): Promise<void> {
    await this.#driver.commit(() => this.#intake.probe());
  }
}
