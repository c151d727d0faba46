import { openCommit } from "../../turn/masking/map-commit.ts";
import type { TurnTimes } from "../../turn/observer.ts";
import type { CommitResult, Settlement, TurnCommit, TurnStore } from "../../turn/ports.ts";

/** A turn as it was committed, its values opened, and where its time went once that is known. */
export interface RehearsedTurn {
  readonly commit: TurnCommit;
  readonly times: TurnTimes | undefined;
}

/** A store that remembers what was committed through it, and counts what has not left yet. */
export class WatchedStore implements TurnStore {
  readonly #store: TurnStore;
  readonly #onTurn: ((turn: RehearsedTurn) => void) | undefined;
  readonly #turns: { commit: TurnCommit; times: TurnTimes | undefined }[] = [];
  readonly #leaving = new Set<string>();

  constructor(store: TurnStore, onTurn?: (turn: RehearsedTurn) => void) {
    this.#store = store;
    this.#onTurn = onTurn;
  }

  /** As the store that stands behind. */
  get takesUpEarly(): boolean {
    return this.#store.takesUpEarly === true;
  }

  /** Rows decided that have found no end yet: replies on their way, actions that were not answered. */
  get leaving(): number {
    return this.#leaving.size;
  }

  /** Where the time of the turn committed last went. */
  timed(times: TurnTimes): void {
    const last = this.#turns.at(-1);
    if (last === undefined) return;
    last.times = times;
    this.#onTurn?.(last);
  }

  /** The turns of a conversation since this was asked last; those of others are forgotten. */
  taken(conversationId: string): readonly RehearsedTurn[] {
    return this.#turns.splice(0).filter(({ commit }) => commit.turn.conversationId === conversationId);
  }

  async commitTurn(commit: TurnCommit): Promise<CommitResult> {
    const result = await this.#store.commitTurn(commit);
    if (!result.committed) return result;
    this.#turns.push({ commit: openCommit(commit), times: undefined });
    const delivered = new Set((result.delivered ?? []).map(({ id }) => id));
    for (const { id } of commit.outbox) if (!delivered.has(id)) this.#leaving.add(id);
    return result;
  }

  async settle(conversationId: string, outboxId: string, settlement: Settlement, at: number) {
    const settled = await this.#store.settle(conversationId, outboxId, settlement, at);
    if (settlement.status !== "due") this.#leaving.delete(outboxId);
    return settled;
  }

  findConversation: TurnStore["findConversation"] = (address) => this.#store.findConversation(address);
  getConversation: TurnStore["getConversation"] = (id) => this.#store.getConversation(id);
  openConversation: TurnStore["openConversation"] = (row) => this.#store.openConversation(row);
  accept: TurnStore["accept"] = (intake) => this.#store.accept(intake);
  conversationsWithPending: TurnStore["conversationsWithPending"] = (limit) =>
    this.#store.conversationsWithPending(limit);
  conversationsWithDueOutbox: TurnStore["conversationsWithDueOutbox"] = (now, limit) =>
    this.#store.conversationsWithDueOutbox(now, limit);
  lease: TurnStore["lease"] = (...lease) => this.#store.lease(...lease);
  release: TurnStore["release"] = (...lease) => this.#store.release(...lease);
  takeUp: TurnStore["takeUp"] = (id) => this.#store.takeUp(id);
  noteAttempt: TurnStore["noteAttempt"] = (...attempt) => this.#store.noteAttempt(...attempt);
  setAside: TurnStore["setAside"] = (...rows) => this.#store.setAside(...rows);
  unsettledOutbox: TurnStore["unsettledOutbox"] = (id) => this.#store.unsettledOutbox(id);
  markSending: TurnStore["markSending"] = (id) => this.#store.markSending(id);
  noteReceipt: TurnStore["noteReceipt"] = (receipt) => this.#store.noteReceipt(receipt);
  dueTimers: TurnStore["dueTimers"] = (now, limit) => this.#store.dueTimers(now, limit);
  fireTimer: TurnStore["fireTimer"] = (timer, intake) => this.#store.fireTimer(timer, intake);
  depths: TurnStore["depths"] = (now) => this.#store.depths(now);
  probe: TurnStore["probe"] = () => this.#store.probe();
}
