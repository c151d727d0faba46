import type { ConversationAddress } from "../../basics/activity.ts";
import type { ConversationRow, NewIntake, PendingIntake, TakenUp } from "../../turn/ports.ts";

/** What is known of one conversation; what is absent was not asked yet, or is not known for certain. */
interface Known {
  row?: ConversationRow;
  /** Everything that waits in it, in arrival order. */
  pending?: readonly PendingIntake[];
  /** Position of the last line of its history. */
  lastSeq?: number;
  /** No reply of it waits to leave. Only ever true: a reply that waits is asked for each time. */
  noReplyWaits?: true;
  /** The customer was erased: what is handed over for it now belongs to nobody. */
  erased?: true;
}

/** Conversations remembered, the one unused for longest forgotten first: about a kilobyte each. */
const mostConversations = 2_000;
/** The store gives no more than this of what waits in one conversation; where more wait, it is asked each time. */
export const mostTakenUp = 200;

/**
 * What the database's only writer knows of its conversations without asking it: the message path then reads nothing.
 *
 * A copy, never the truth: each write states what it expects (the version, the status, the position's unique key), and
 * everything that a transaction touched is forgotten when it, or any unit of its group, was undone. Scripts note what
 * they wrote as they run; nobody reads between that and the end of their transaction, which has no await in it.
 */
export class ConversationMemory {
  readonly #known = new Map<string, Known>();
  /** Which conversation an address is, of those that are known: an address never changes hands. */
  readonly #ids = new Map<string, string>();
  readonly #touched = new Set<string>();
  /** Handed over and not yet in the database, in that order: a turn may be decided on them, to be committed with them. */
  readonly #accepting = new Map<string, PendingIntake[]>();

  #of(conversationId: string): Known {
    let known = this.#known.get(conversationId);
    if (known !== undefined) {
      this.#known.delete(conversationId);
    } else {
      known = {};
      if (this.#known.size >= mostConversations) this.#forgetOldest();
    }
    this.#known.set(conversationId, known);
    return known;
  }

  /** The same within a transaction: undone with it. */
  #touch(conversationId: string): Known {
    this.#touched.add(conversationId);
    return this.#of(conversationId);
  }

  #forgetOldest(): void {
    for (const oldest of this.#known.keys()) {
      this.forget(oldest);
      return;
    }
  }

  forget(conversationId: string): void {
    this.#forgetRow(this.#known.get(conversationId));
    this.#known.delete(conversationId);
  }

  /** The transaction erases the conversation. */
  noteErased(conversationId: string): void {
    this.forget(conversationId);
    this.#touch(conversationId).erased = true;
  }

  isErased(conversationId: string): boolean {
    return this.#known.get(conversationId)?.erased === true;
  }

  #noteRow(known: Known, row: ConversationRow): void {
    known.row = row;
    this.#ids.set(keyOf(row.address), row.id);
  }

  #forgetRow(known: Known | undefined): void {
    if (known?.row === undefined) return;
    this.#ids.delete(keyOf(known.row.address));
    delete known.row;
  }

  /** The transaction is durable: what was noted in it holds. */
  kept(): void {
    this.#touched.clear();
  }

  /** The transaction, or a part of it, was undone: what was noted in it may be wrong. */
  undone(): void {
    for (const conversationId of this.#touched) this.forget(conversationId);
    this.#touched.clear();
  }

  /** The conversation of an address; undefined when the database must be asked. */
  find(address: ConversationAddress): ConversationRow | undefined {
    const id = this.#ids.get(keyOf(address));
    return id === undefined ? undefined : this.rowOf(id);
  }

  /** What the database told of a conversation, outside any transaction. */
  noteFound(row: ConversationRow): void {
    this.#noteRow(this.#of(row.id), row);
  }

  rowOf(conversationId: string): ConversationRow | undefined {
    return this.#known.get(conversationId)?.row;
  }

  /** The snapshot and what waits, what is being accepted included; undefined when the database must be asked. */
  takeUp(conversationId: string): TakenUp | undefined {
    const { row, pending } = this.#known.get(conversationId) ?? {};
    return row === undefined || pending === undefined
      ? undefined
      : this.withAccepting({ conversation: row, pending });
  }

  /** What the database told, outside any transaction. */
  noteTakenUp({ conversation, pending }: TakenUp): void {
    const known = this.#of(conversation.id);
    this.#noteRow(known, conversation);
    if (pending.length < mostTakenUp) known.pending = pending;
  }

  withAccepting(taken: TakenUp): TakenUp {
    const accepting = this.#accepting.get(taken.conversation.id);
    if (accepting === undefined) return taken;
    const standing = new Set(taken.pending.map(({ externalId }) => externalId));
    const more = accepting.filter(({ externalId }) => !standing.has(externalId));
    return { ...taken, pending: [...taken.pending, ...more] };
  }

  /** The row was handed over to be accepted, and is given back as a turn will see it. A repeat of one that waits already adds nothing. */
  accepting(intake: NewIntake): PendingIntake {
    const row = pendingOf(intake);
    const { conversationId } = intake;
    const others = this.#accepting.get(conversationId);
    if (others === undefined) this.#accepting.set(conversationId, [row]);
    else if (!others.some(({ externalId }) => externalId === row.externalId)) others.push(row);
    return row;
  }

  /** It stands in the database, or never will. */
  acceptingEnded({ conversationId, id }: NewIntake): void {
    const others = this.#accepting.get(conversationId);
    const at = others?.findIndex((row) => row.id === id) ?? -1;
    if (others === undefined || at < 0) return;
    if (others.length === 1) this.#accepting.delete(conversationId);
    else others.splice(at, 1);
  }

  /** The row was inserted by this transaction. */
  noteWaiting(conversationId: string, row: PendingIntake): void {
    const known = this.#touch(conversationId);
    if (known.pending === undefined) return;
    const last = known.pending.at(-1);
    // Ids are given in the order of arrival; should it ever be another, the database sorts.
    const inOrder = last === undefined || last.id < row.id;
    if (inOrder && known.pending.length + 1 < mostTakenUp) known.pending = [...known.pending, row];
    else delete known.pending;
  }

  /** The turn moved the conversation on and handled these rows. */
  noteAdvanced(conversationId: string, row: ConversationRow | undefined, handled: readonly string[]): void {
    const known = this.#touch(conversationId);
    if (row === undefined) this.#forgetRow(known);
    else this.#noteRow(known, row);
    const done = handled.map(asStored);
    if (known.pending !== undefined)
      known.pending = known.pending.filter(({ externalId }) => !done.includes(externalId));
  }

  lastSeqOf(conversationId: string): number | undefined {
    return this.#known.get(conversationId)?.lastSeq;
  }

  noteLastSeq(conversationId: string, seq: number): void {
    this.#touch(conversationId).lastSeq = seq;
  }

  noReplyWaits(conversationId: string): boolean {
    return this.#known.get(conversationId)?.noReplyWaits === true;
  }

  noteReplyWaits(conversationId: string, waits: boolean): void {
    const known = this.#touch(conversationId);
    if (waits) delete known.noReplyWaits;
    else known.noReplyWaits = true;
  }
}

/** No part holds a U+0000: providers' ids are checked when they are read, and columns could not keep one. */
function keyOf({ channel, account, conversation }: ConversationAddress): string {
  return `${channel}\0${account}\0${conversation}`;
}

/** As a text column gives it back: see storable in statement.ts. */
function asStored(text: string): string {
  return text.isWellFormed() && !text.includes("\0") ? text : text.replaceAll("\0", "\uFFFD").toWellFormed();
}

/** A row as a turn will see it. */
export function pendingOf({ id, externalId, activity, receivedAt }: NewIntake): PendingIntake {
  return { id, externalId: asStored(externalId), activity, receivedAt, attempts: 0 };
}
