import type { InboundActivity, MessageActivity } from "../basics/activity.ts";
import type { PendingIntake } from "./ports.ts";

/** When an activity may be taken up: words wait for more words, everything else is urgent. */
export interface BurstWindow {
  /** How long to wait for more words, ms; 0 turns bursts off: each message is a turn of its own. */
  readonly quietMs: number;
  /** The longest that the first of a burst waits, ms. */
  readonly mostMs: number;
}

export function quietTimeOf(
  activity: InboundActivity,
  window: BurstWindow,
  isCommand: (text: string) => boolean,
): number {
  return activity.type === "message" && !isCommand(activity.text) ? window.quietMs : 0;
}

/** What one turn handles: one activity, or several messages that came as a burst. */
export interface Burst {
  readonly rows: readonly PendingIntake[];
  /** Its words joined, in the order in which they were written. */
  readonly activity: InboundActivity;
  /** Written before something that was handled already. */
  readonly arrivedLate: boolean;
}

/** By the sender's time, then the sender's counter, then arrival. */
function byTimeWritten(a: PendingIntake, b: PendingIntake): number {
  return (
    a.activity.sentAt - b.activity.sentAt ||
    (a.activity.sequence ?? 0) - (b.activity.sequence ?? 0) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/** Arrival times that go back by more than this show that the machine's clock was set back between them, ms. */
const clockSetBackMs = 1_000;

/** What came before the clock was set back: the times of what came after cannot be compared with it. */
function beforeClockJump(pending: readonly PendingIntake[]): readonly PendingIntake[] {
  let latest = -Infinity;
  for (const [i, { receivedAt }] of pending.entries()) {
    if (receivedAt < latest - clockSetBackMs) return pending.slice(0, i);
    latest = receivedAt;
  }
  return pending;
}

function joined(messages: readonly MessageActivity[], last: MessageActivity): MessageActivity {
  if (messages.length === 1) return last;
  const attachments = messages.flatMap((message) => message.attachments ?? []);
  const text = messages
    .map((message) => message.text)
    .filter((part) => part.trim() !== "")
    .join("\n");
  return { ...last, text, ...(attachments.length > 0 ? { attachments } : {}) };
}

/**
 * The next turn's share of what waits, or undefined when nothing does. Messages written one after the other are
 * one burst; a tap, a timer or a result stands alone. A row that failed before stands alone too, so that one
 * poison message cannot take its neighbours with it.
 * @param pending in arrival order
 */
export function nextBurst(
  pending: readonly PendingIntake[],
  lastHandledSentAt: number,
  merge: boolean,
): Burst | undefined {
  const [first, ...others] = [...beforeClockJump(pending)].sort(byTimeWritten);
  if (first === undefined) return undefined;
  const arrivedLate = first.activity.sentAt < lastHandledSentAt;
  if (first.activity.type !== "message") return { rows: [first], activity: first.activity, arrivedLate };
  const rows = [first];
  const messages = [first.activity];
  let last = first.activity;
  if (merge && first.attempts === 0) {
    for (const row of others) {
      const { activity } = row;
      const sameLateness = activity.sentAt < lastHandledSentAt === arrivedLate;
      if (activity.type !== "message" || row.attempts > 0 || !sameLateness) break;
      rows.push(row);
      messages.push(activity);
      last = activity;
    }
  }
  return { rows, activity: joined(messages, last), arrivedLate };
}
