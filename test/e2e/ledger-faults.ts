import type { Ledger, LedgerTurn } from "./ledger.ts";
import type { HistoryLine, Said } from "./sender.ts";

/** What one customer knows: what they said, and what their client shows. */
export interface Witness {
  readonly conversation: string;
  readonly said: readonly Said[];
  readonly history: readonly HistoryLine[];
}

/** Everything that contradicts the guarantees (docs/guarantees.md), in words; nothing when all of them hold. */
export function faultsOf(ledger: Ledger, witnesses: readonly Witness[]): string[] {
  const faults = new Faults();
  const rowIds = new Map(ledger.conversations.map(({ external_id, id }) => [external_id, id]));
  checkSettled(ledger, faults);
  const turns = Map.groupBy(ledger.turns, ({ conversation_id }) => conversation_id);
  for (const { id, version } of ledger.conversations) {
    const own = turns.get(id) ?? [];
    faults.unless(
      own.length === version && own.every(({ seq }, i) => seq === i + 1),
      `${id}: turns are not numbered 1 to ${String(version)}`,
    );
  }
  checkHandledOnce(ledger, faults);
  checkReplies(ledger, faults);
  checkTimers(ledger, faults);
  for (const witness of witnesses) {
    const id = rowIds.get(witness.conversation);
    if (id === undefined) faults.add(`${witness.conversation}: the conversation is lost`);
    else checkWitness(witness, id, ledger, turns.get(id) ?? [], faults);
  }
  // The first few tell enough.
  return faults.all.slice(0, 25);
}

class Faults {
  readonly all: string[] = [];

  add(fault: string): void {
    this.all.push(fault);
  }

  unless(holds: boolean, fault: string): void {
    if (!holds) this.add(fault);
  }
}

/** Nothing waits, nothing was given up, nothing is in doubt: web chat's delivery is part of our own transaction. */
function checkSettled({ intake, outbox }: Ledger, faults: Faults): void {
  for (const { id, status } of intake) faults.unless(status === "handled", `intake ${id} is ${status}`);
  for (const { id, status } of outbox) faults.unless(status === "delivered", `outbox ${id} is ${status}`);
}

function checkHandledOnce({ intake, turns }: Ledger, faults: Faults): void {
  const handledBy = new Map<string, string>();
  for (const turn of turns) {
    faults.unless(turn.handled.length > 0, `turn ${turn.id} handled nothing`);
    for (const externalId of turn.handled) {
      const key = `${turn.conversation_id} ${externalId}`;
      faults.unless(!handledBy.has(key), `${key} took effect in two turns`);
      handledBy.set(key, turn.id);
    }
  }
  for (const { conversation_id, external_id, turn_id } of intake) {
    const key = `${conversation_id} ${external_id}`;
    faults.unless(
      turn_id !== null && handledBy.get(key) === turn_id,
      `${key} is noted under turn ${String(turn_id)}, but ${handledBy.get(key) ?? "none"} handled it`,
    );
    handledBy.delete(key);
  }
  for (const [key, turn] of handledBy) faults.add(`turn ${turn} handled ${key}, which never came in`);
}

/** Each reply of a turn is one outbox row and one line of the history, after what it answers; and nothing else is. */
function checkReplies({ intake, turns, outbox, transcript }: Ledger, faults: Faults): void {
  const positions = new Map<string, number>();
  for (const [conversation, lines] of Map.groupBy(transcript, ({ conversation_id }) => conversation_id)) {
    faults.unless(
      lines.every(({ seq }, i) => seq === i + 1),
      `${conversation}: the history is not numbered without gaps`,
    );
    for (const { source_id, seq } of lines) {
      faults.unless(!positions.has(source_id), `${source_id} is twice in the history`);
      positions.set(source_id, seq);
    }
  }
  const ofTurn = Map.groupBy(outbox, ({ turn_id }) => turn_id);
  const idOf = new Map(
    intake.map(({ conversation_id, external_id, id }) => [`${conversation_id} ${external_id}`, id]),
  );
  const fromUs = new Set<string>();
  let before: { conversation: string; position: number } | undefined;
  for (const turn of turns) {
    const replies = (ofTurn.get(turn.id) ?? []).filter(({ kind }) => kind === "reply");
    ofTurn.delete(turn.id);
    faults.unless(
      replies.length === turn.replies.length,
      `turn ${turn.id} decided ${String(turn.replies.length)} replies, ${String(replies.length)} were to be sent`,
    );
    const heard = Math.max(
      0,
      ...turn.handled.map(
        (externalId) => positions.get(idOf.get(`${turn.conversation_id} ${externalId}`) ?? "") ?? 0,
      ),
    );
    for (const { id } of replies) {
      fromUs.add(id);
      const position = positions.get(id) ?? 0;
      faults.unless(
        position > heard,
        `reply ${id} is ${position === 0 ? "not in the history" : "before what it answers"}`,
      );
      if (before?.conversation === turn.conversation_id)
        faults.unless(position > before.position, `reply ${id} overtook the one before it`);
      before = { conversation: turn.conversation_id, position };
    }
  }
  for (const [turn] of ofTurn) faults.add(`something was to be sent for turn ${turn}, which is not recorded`);
  const said = new Set(intake.map(({ id }) => id));
  for (const source of positions.keys())
    faults.unless(fromUs.has(source) || said.has(source), `${source} is in the history, but nobody said it`);
}

/** What is said when a promise ran out; the first two give another one. */
const ownedUp = ["shared.stillWaiting", "shared.escalated", "shared.stillWaitingLast"];

/**
 * Each promise to a customer waits, or ran out and was owned up to once, or was overtaken by a newer one, of which
 * then nobody spoke; each action told its result once.
 */
function checkTimers({ turns, outbox, intake, timers }: Ledger, faults: Faults): void {
  const handled = new Map(
    intake.map(({ conversation_id, external_id, status }) => [`${conversation_id} ${external_id}`, status]),
  );
  const waiting = new Set(
    timers.map(
      ({ conversation_id, name, generation }) => `${conversation_id} timer:${name}:${String(generation)}`,
    ),
  );
  const firedBy = new Map(
    turns.flatMap((turn) =>
      turn.handled.map((externalId) => [`${turn.conversation_id} ${externalId}`, turn]),
    ),
  );
  const ownsUp = ({ replies }: LedgerTurn) => replies.some((script) => ownedUp.includes(script ?? ""));
  const promises = turns.filter(
    (turn) => turn.handedOff || (ownsUp(turn) && !turn.replies.includes("shared.stillWaitingLast")),
  );
  const spoken = new Set<LedgerTurn>();
  for (const [i, { conversation_id, seq }] of promises.entries()) {
    const key = `${conversation_id} timer:${promiseTimer}:${String(seq)}`;
    const next = promises[i + 1];
    const overtakenAt = next?.conversation_id === conversation_id ? next.seq : Infinity;
    const fired = firedBy.get(key);
    if (fired === undefined) {
      faults.unless(waiting.has(key) || overtakenAt < Infinity, `${key} neither fired nor waits`);
      continue;
    }
    const current = fired.seq <= overtakenAt;
    faults.unless(
      ownsUp(fired) === current,
      `${key}: a broken promise ${current ? "was not" : "that no longer stood was"} owned up to`,
    );
    spoken.add(fired);
  }
  for (const turn of turns)
    faults.unless(!ownsUp(turn) || spoken.has(turn), `${turn.id} owns up to a promise that nobody gave`);
  for (const { id, conversation_id, kind } of outbox) {
    if (kind === "action")
      faults.unless(
        handled.get(`${conversation_id} action:${id}`) === "handled",
        `action ${id} never told its result`,
      );
  }
}

const promiseTimer = "handOff.promise";

function checkWitness(
  { conversation, said, history }: Witness,
  rowId: string,
  ledger: Ledger,
  turns: readonly LedgerTurn[],
  faults: Faults,
): void {
  const lines = ledger.transcript.filter(({ conversation_id }) => conversation_id === rowId);
  const shown = history.map(({ id }) => id);
  faults.unless(
    shown.length === lines.length &&
      lines.every(({ source_id }, i) => shown[i] === `${conversation}|${source_id}`),
    `${conversation}: the client is shown another history than the one we keep`,
  );
  const shownAs = Map.groupBy(history, (line) => line.channelData?.clientActivityID ?? "");
  const places = new Map<string, number>();
  let place = 0;
  for (const turn of turns) for (const externalId of turn.handled) places.set(externalId, (place += 1));
  for (const { id, activityId, ackedAt } of said) {
    if (ackedAt === undefined) continue;
    const found = shownAs.get(id) ?? [];
    faults.unless(
      found.length === 1 && found[0]?.id === activityId,
      `${conversation} ${id} was acknowledged, and is ${String(found.length)} times in the history`,
    );
    faults.unless(places.has(id), `${conversation} ${id} was acknowledged, and never took effect`);
  }
  const known = new Set(said.map(({ id }) => id));
  for (const [id] of shownAs)
    faults.unless(id === "" || known.has(id), `${conversation} ${id} is in the history, and was never said`);
  checkOrder(conversation, said, places, faults);
}

/** Whatever was acknowledged before something else was sent takes effect before it. */
function checkOrder(
  conversation: string,
  said: readonly Said[],
  places: ReadonlyMap<string, number>,
  faults: Faults,
): void {
  const acked = said.filter(({ ackedAt }) => ackedAt !== undefined);
  const byAck = [...acked].sort((a, b) => (a.ackedAt ?? 0) - (b.ackedAt ?? 0));
  const bySent = [...acked].sort((a, b) => a.sentAt - b.sentAt);
  let latest = { id: "", place: 0 };
  let next = 0;
  for (const { id, sentAt } of bySent) {
    for (
      let earlier = byAck[next];
      earlier?.ackedAt !== undefined && earlier.ackedAt < sentAt;
      earlier = byAck[++next]
    ) {
      const place = places.get(earlier.id) ?? 0;
      if (place > latest.place) latest = { id: earlier.id, place };
    }
    const place = places.get(id) ?? 0;
    faults.unless(
      place > latest.place,
      `${conversation}: ${id} was written after ${latest.id}, and took effect before it`,
    );
  }
}
