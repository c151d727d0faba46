import type { Json, JsonObject } from "../basics/activity.ts";
import type { Decision } from "../conversation/decision.ts";
import type { Recognition } from "../conversation/recognized.ts";
import type { Burst } from "./burst.ts";
import type { StagedReply } from "./host.ts";
import type {
  ConversationRow,
  NewOutboxRow,
  OutboxBody,
  TurnCommit,
  OutgoingReply,
  TranscriptEntry,
  TurnRecord,
} from "./ports.ts";

/** Candidates kept in the log: enough to see what nearly won. */
const keptCandidates = 5;

/** More digits say nothing more, and a tenth of the row was digits. */
function sixDecimals(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function recordOfRecognition(recognition: Recognition | undefined): Json {
  if (recognition === undefined) return null;
  const parts = recognition.parts.map((part): JsonObject => ({
    candidates: part.candidates.slice(0, keptCandidates).map(({ intent, score, confidence }) => ({
      intent,
      score: sixDecimals(score),
      confidence: sixDecimals(confidence),
    })),
    outOfScope: sixDecimals(part.outOfScope),
  }));
  return {
    parts,
    language: recognition.language,
    recognizer: recognition.recognizer,
    modelVersion: recognition.modelVersion,
  };
}

export interface FinishedTurn {
  readonly turnId: string;
  readonly conversation: ConversationRow;
  readonly burst: Burst;
  readonly recognition: Recognition | undefined;
  readonly decision: Decision;
  readonly staged: readonly StagedReply[];
  readonly contentVersion: string;
  /** What the history of a channel without a provider shows of a reply; undefined for other channels. */
  readonly entryOf: (outgoing: OutgoingReply) => TranscriptEntry | undefined;
  /** When it was decided, epoch ms. */
  readonly at: number;
}

/** Turns a decision into the one unit that is committed: record, state, outbox, timers, intake done. */
export function commitOf(finished: FinishedTurn): TurnCommit {
  const { turnId, conversation, burst, decision, at } = finished;
  const turn: TurnRecord = {
    id: turnId,
    conversationId: conversation.id,
    seq: conversation.version + 1,
    trigger: burst.activity.type,
    at,
    acceptedAt: burst.rows.reduce((earliest, row) => Math.min(earliest, row.receivedAt), Infinity),
    channel: conversation.address.channel,
    account: conversation.address.account,
    contact: conversation.contact,
    locale: decision.state.language ?? null,
    activities: burst.rows.map(({ externalId, activity }) => ({ externalId, activity })),
    recognition: recordOfRecognition(finished.recognition),
    category: decision.category,
    dialog: decision.dialog,
    said: decision.said,
    steps: decision.steps,
    replies: finished.staged.map(({ reply }) => reply),
    outcome: decision.outcome,
    visitId: decision.visitId,
    concern: decision.concern,
    handOff: decision.handOff,
    contentVersion: finished.contentVersion,
    arrivedLate: burst.arrivedLate,
  };
  return {
    turn,
    state: decision.state,
    lastHandledSentAt: burst.rows.reduce(
      (latest, row) => Math.max(latest, row.activity.sentAt),
      conversation.lastHandledSentAt,
    ),
    handled: burst.rows.map(({ externalId }) => externalId),
    outbox: outboxOf(finished),
    timers: decision.timers,
    cases: decision.cases,
  };
}

function outboxOf({
  turnId,
  conversation,
  burst,
  decision,
  staged,
  at,
  entryOf,
}: FinishedTurn): NewOutboxRow[] {
  const replyTo = burst.rows.at(-1)?.id ?? null;
  const byAgent = burst.activity.type === "agent" ? { byAgent: true as const } : {};
  const unprompted = burst.activity.type === "timer" ? { unprompted: true as const } : {};
  const bodies: { body: OutboxBody; notBefore: number }[] = [
    ...staged.map(({ reply, delayMs }) => ({
      body: { type: "reply" as const, reply, replyTo, ...byAgent, ...unprompted },
      notBefore: at + delayMs,
    })),
    ...decision.actions.map((request) => ({ body: { type: "action" as const, request }, notBefore: at })),
  ];
  return bodies.map(({ body, notBefore }, n) => {
    const id = `${turnId}.${String(n)}`;
    const now = body.type === "reply" && notBefore <= at;
    const transcript = now
      ? entryOf({ outboxId: id, conversation, reply: body.reply, replyTo, at })
      : undefined;
    return { id, n, body, notBefore, transcript };
  });
}
